/**
 * Text from a file, as a terminal may be shown it.
 *
 * @module
 */

/** Writes control and direction characters as `\u{…}`: they move cursors, set titles and make a reader see another order. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
