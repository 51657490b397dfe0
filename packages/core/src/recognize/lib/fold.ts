/**
 * One spelling for characters that look or mean the same, without moving any of them.
 *
 * @module
 */

const DASHES = /[\u00ad\u2010-\u2015\u2212]/
const APOSTROPHES = /[\u2018\u2019\u02bc]/

/**
 * Folds full-width forms, other scripts' digits, spaces, dashes, apostrophes and accented letters to ASCII.
 *
 * @param text - Any text.
 * @returns A text of the same length in UTF-16 units, so that offsets hold in both.
 */
export function foldText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the class is "not ASCII"
  return /[^\x00-\x7f]/.test(text) ? text.replace(/[^\x00-\x7f]/g, foldCharacter) : text
}

function foldCharacter(char: string): string {
  if (DASHES.test(char)) return '-'
  if (APOSTROPHES.test(char)) return "'"
  if (char === '\u3002' || char === '\uff61') return '.'
  const code = char.charCodeAt(0)
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660)
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0)
  const [base = char, ...rest] = char.normalize('NFKD')
  return base.length === 1 && rest.every((mark) => /\p{M}/u.test(mark)) ? base : char
}
