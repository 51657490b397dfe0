/**
 * Four characters at a time, to pass over what most of a text is.
 *
 * Each byte is compared by what an addition carries into its highest bit, which ASCII leaves free: adding 0x1f does so from
 * "a" (0x61) on, adding 0x05 from "\{" (0x7b) on. The numbers stand where they are used: a bundle makes variables of constants, which
 * would be loaded for every four.
 *
 * @module
 */

/** Whether four characters are letters of ASCII and spaces. */
export function areLettersOrSpaces(quad: number): boolean {
  const lower = quad | 0x20202020
  const letters = (lower + 0x1f1f1f1f) & ~(lower + 0x05050505)
  return isHighestOfAll((letters | spacesIn(quad)) & ~quad)
}

/** Whether four characters are lower-case letters of ASCII but for "m" (0x6d), and spaces. */
export function areLowerOrSpaces(quad: number): boolean {
  const letters = (quad + 0x1f1f1f1f) & ~(quad + 0x05050505) & ((quad ^ 0x6d6d6d6d) + 0x7f7f7f7f)
  return isHighestOfAll((letters | spacesIn(quad)) & ~quad)
}

/** 0x20 becomes zero, and nothing but zero does not carry. */
function spacesIn(quad: number): number {
  return ~((quad ^ 0x20202020) + 0x7f7f7f7f)
}

/** Whether the highest bit of each byte is set: 0x80808080 as engines keep it, in 32 bits with a sign. */
function isHighestOfAll(quad: number): boolean {
  return (quad & -0x7f7f7f80) === -0x7f7f7f80
}
