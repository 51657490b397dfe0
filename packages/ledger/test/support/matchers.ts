/** Entry number `index` of a log of different entries, as a leaf. */
export function leafOf(index: number): Uint8Array {
  const leaf = new Uint8Array(32).fill(7)
  new DataView(leaf.buffer).setFloat64(0, index)
  return leaf
}

export function leavesOf(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => leafOf(index))
}
