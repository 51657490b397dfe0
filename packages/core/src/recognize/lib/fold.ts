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

/** Digits of every script stand in tens that begin at a multiple of sixteen, or six after one. */
function digitOf(code: number): string {
  const base = code & ~15
  return String(/\p{Nd}/u.test(String.fromCharCode(base)) ? code - base : code - base - 6)
}

function foldCharacter(char: string): string {
  if (DASHES.test(char)) return '-'
  if (APOSTROPHES.test(char)) return "'"
  if (char === '\u3002' || char === '\uff61') return '.'
  const code = char.charCodeAt(0)
  if (/\p{Nd}/u.test(char)) return digitOf(code)
  const [base = char, ...rest] = char.normalize('NFKD')
  return base.length === 1 && rest.every((mark) => /\p{M}/u.test(mark)) ? base : char
}
