/**
 * Four characters at a time, to pass over what most of a text is.
 *
 * Each byte is compared by what an addition carries into its highest bit, which ASCII leaves free: adding 0x1f does so from
 * "a" (0x61) on, adding 0x05 from "\{" (0x7b) on.
 *
 * @module
 */

const HIGHEST = 0x80808080 | 0
const SPACES = 0x20202020
const FROM_A = 0x1f1f1f1f
const BEYOND_Z = 0x05050505
const UNLESS_ZERO = 0x7f7f7f7f
const LETTERS_M = 0x6d6d6d6d

/** Whether four characters are letters of ASCII and spaces. */
export function areLettersOrSpaces(quad: number): boolean {
  const lower = quad | SPACES
  const letters = (lower + FROM_A) & ~(lower + BEYOND_Z)
  return ((letters | spacesIn(quad)) & ~quad & HIGHEST) === HIGHEST
}

/** Whether four characters are lower-case letters of ASCII but for "m", and spaces. */
export function areLowerOrSpaces(quad: number): boolean {
  const letters = (quad + FROM_A) & ~(quad + BEYOND_Z) & ((quad ^ LETTERS_M) + UNLESS_ZERO)
  return ((letters | spacesIn(quad)) & ~quad & HIGHEST) === HIGHEST
}

function spacesIn(quad: number): number {
  return ~((quad ^ SPACES) + UNLESS_ZERO)
}
