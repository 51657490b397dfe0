import { createHash } from 'node:crypto'

// RFC 9162 §2.1 word for word, from all leaves each time: slow, and too simple to be wrong.

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return Uint8Array.from(hash.digest())
}

/** MTH(D_n). */
export function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [leaf] = leaves
  if (leaf === undefined) return sha256()
  if (leaves.length === 1) return sha256(Uint8Array.of(0), leaf)
  const k = split(leaves.length)
  return sha256(Uint8Array.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)))
}

/** PATH(m, D_n). */
export function naivePath(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length <= 1) return []
  const k = split(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return m < k ? [...naivePath(m, left), naiveRoot(right)] : [...naivePath(m - k, right), naiveRoot(left)]
}

/** PROOF(m, D_n). */
export function naiveProof(m: number, leaves: readonly Uint8Array[], isOldRoot = true): Uint8Array[] {
  if (m === leaves.length) return isOldRoot ? [] : [naiveRoot(leaves)]
  const k = split(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return m <= k
    ? [...naiveProof(m, left, isOldRoot), naiveRoot(right)]
    : [...naiveProof(m - k, right, false), naiveRoot(left)]
}

/** The largest power of two smaller than n. */
function split(n: number): number {
  return 2 ** Math.ceil(Math.log2(n) - 1)
}
