/**
 * What a runtime does best itself. `#backend` of package.json picks `backend-node.ts` where `node:crypto` is at hand
 * and `backend-portable.ts` everywhere else; both give the same bytes.
 *
 * @module
 */

/**
 * AES-SIV (RFC 5297) for many short messages under one key and one list of associated data. It works in place: a
 * message is a range of an array, 16 bytes for the synthetic IV and then the text.
 */
export interface Siv {
  /** Turns plaintext into ciphertext and puts the synthetic IV before it. */
  seal(bytes: Uint8Array, start: number, end: number): void
  /** Seals many ranges of one array, `[start, end, start, end, …]`. */
  sealAll(bytes: Uint8Array, ranges: readonly number[]): void
  /** Turns ciphertext into plaintext; `false` when it is not authentic, and the range is wiped then. */
  open(bytes: Uint8Array, start: number, end: number): boolean
  /** Overwrites the keys as far as the runtime allows; nothing can be sealed or opened afterwards. */
  dispose(): void
}

/** What `#backend` exports. */
export interface Backend {
  /**
   * @param key - 32, 48 or 64 bytes: half for CMAC, half for CTR.
   * @param associatedData - The components of S2V before the plaintext.
   */
  bindSiv(key: Uint8Array, associatedData: readonly Uint8Array[]): Siv
  /**
   * HMAC-SHA-256 (RFC 2104) under one key, of messages that all begin alike.
   *
   * @returns From the rest of a message to its digest as base64url without padding.
   */
  bindHmac(key: Uint8Array, beginning: Uint8Array): (rest: Uint8Array) => string
  /** Makes an array of zeros of the kind that {@link Backend.base64urlOf} reads fastest. */
  allocate(length: number): Uint8Array
  /** Encodes a range of bytes as base64url without padding. */
  base64urlOf(bytes: Uint8Array, start: number, end: number): string
}
