/** Whether a text is what JavaScript writes for a number. */
export function isCanonicalNumber(text: string): boolean {
  return String(Number(text)) === text && Number.isFinite(Number(text))
}
