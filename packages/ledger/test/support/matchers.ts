/** The code of what `run` throws, or `null` when it does not throw. */
export function codeOf(run: () => unknown): unknown {
  try {
    run()
    return null
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

/** Like {@link codeOf}, for promises. */
export function rejectionCodeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => (error as { code?: unknown }).code,
  )
}

/** Entry number `index` of a log of different entries, as a leaf. */
export function leafOf(index: number): Uint8Array {
  const leaf = new Uint8Array(32).fill(7)
  new DataView(leaf.buffer).setFloat64(0, index)
  return leaf
}

export function leavesOf(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => leafOf(index))
}
