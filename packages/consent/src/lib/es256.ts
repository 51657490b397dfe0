/**
 * Verifying ES256 (RFC 7518 section 3.4). `#es256` of package.json picks `es256-node.ts` where `node:crypto` is at hand and
 * `es256-portable.ts`, which stands on WebCrypto, everywhere else; both give the same answers.
 *
 * @module
 */

/** A public P-256 key: its coordinates, each 32 bytes as base64url. */
export interface PublicKeyP256 {
  readonly x: string
  readonly y: string
}

/** What `#es256` exports. */
export interface Es256 {
  /**
   * @param key - Untrusted: a point that is not on the curve verifies nothing.
   * @param signed - What was signed: ASCII, so one byte a character.
   * @param signature - r || s; of any other length than 64 bytes it verifies nothing.
   */
  verifyEs256(key: PublicKeyP256, signed: string, signature: Uint8Array): Promise<boolean>
}
