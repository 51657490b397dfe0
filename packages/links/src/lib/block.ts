/**
 * Blocks of AES, for both backends.
 *
 * @module
 */

/** Bytes of a block, and of the synthetic IV. */
export const BLOCK = 16

/**
 * RFC 5297 §2.4 up to the last component: D = AES-CMAC(K, <zero>); for each Si: D = dbl(D) xor AES-CMAC(K, Si).
 *
 * It is the same for every message.
 */
export function chain(associatedData: readonly Uint8Array[], cmac: (message: Uint8Array) => Uint8Array): Uint8Array {
  return associatedData.reduce((d, si) => xor(double(d), cmac(si)), cmac(new Uint8Array(BLOCK)))
}

/** RFC 5297 §2.3: doubling in GF(2^128). */
export function double(block: Uint8Array): Uint8Array {
  const doubled = Uint8Array.from(block, (byte, at) => (byte << 1) | ((block[at + 1] ?? 0) >> 7))
  const carry = (block[0] ?? 0) >> 7
  doubled[BLOCK - 1] = (doubled[BLOCK - 1] ?? 0) ^ (carry * 0x87)
  return doubled
}

/** Compares the 16 bytes at `at` and at `otherAt`, in the same time wherever they differ. */
export function equalBlocks(bytes: Uint8Array, at: number, other: Uint8Array, otherAt: number): boolean {
  let difference = 0
  for (let index = 0; index < BLOCK; index++) difference |= (bytes[at + index] ?? 0) ^ (other[otherAt + index] ?? 0)
  return difference === 0
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.from(a, (byte, at) => byte ^ (b[at] ?? 0))
}
