/**
 * What a runtime does best itself. `#crypto` of package.json picks `crypto-node.ts` where `node:crypto` is at hand and
 * `crypto-portable.ts` everywhere else; both give the same bytes.
 *
 * @module
 */

/** What `#crypto` exports. */
export interface Crypto {
  /** SHA-256 of a whole array, written into another. */
  sha256Into(input: Uint8Array, target: Uint8Array, at: number): void
}
