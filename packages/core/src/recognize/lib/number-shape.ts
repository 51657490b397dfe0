/**
 * The shape of a number: how its digits are grouped.
 *
 * @module
 */

/** What is known of a number while it is read. */
export interface NumberShape {
  /** How many groups of digits. */
  runs: number
  /** The lengths of the last eight of them, four bits each. */
  shape: number
  digits: number
  /** How many single full stops stand between them. */
  dots: number
  /** How many digits there are since anything but a hyphen. */
  joined: number
  /** Whether some of it is grouped like a date. */
  isDate: boolean
  /** Whether some of it is an identifier where a word before it says so. */
  canBeCued: boolean
}

/** Of no number yet. */
export function createShape(): NumberShape {
  return { runs: 0, shape: 0, digits: 0, dots: 0, joined: 0, isDate: false, canBeCued: false }
}

/** Adds a group of so many digits. */
export function addRun(number: NumberShape, size: number): void {
  number.runs++
  number.digits += size
  number.joined += size
  number.shape = (number.shape << 4) | (size > 15 ? 0 : size)
  if (size === 8 || isDateShape(number.shape)) number.isDate = true
  if (number.joined >= 6 || isCuedShape(number.shape)) number.canBeCued = true
}

/** Groups of a British or German identifier or an Australian one, which need a word before them. */
function isCuedShape(shape: number): boolean {
  return (shape & 0xfff) === 0x334 || (shape & 0xffff) === 0x2333 || (shape & 0xfff) === 0x333
}

/** Year, month and day in any order, grouped. */
function isDateShape(shape: number): boolean {
  const first = (shape >> 8) & 15
  const second = (shape >> 4) & 15
  const third = shape & 15
  if (first === 0 || second === 0 || second > 2) return false
  return first === 4 ? third <= 2 : first <= 2 && third >= 2 && third <= 4
}
