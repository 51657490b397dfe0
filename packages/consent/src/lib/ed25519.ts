/**
 * Verifying Ed25519 (RFC 8032, RFC 8037). `#ed25519` of package.json picks `ed25519-node.ts` where `node:crypto` is at hand and
 * `ed25519-portable.ts`, which stands on WebCrypto, everywhere else; both give the same answers.
 *
 * @module
 */

import { decodeBase64url } from './bytes.js'

/** A public Ed25519 key: 32 bytes as base64url. */
export interface PublicKeyEd25519 {
  readonly x: string
}

/** What `#ed25519` exports. */
export interface Ed25519 {
  /**
   * @param key - One that {@link isBindingKey} lets pass; one that is no point verifies nothing.
   * @param signed - What was signed: ASCII, so one byte a character.
   * @param signature - R || S; of any other length than 64 bytes it verifies nothing.
   */
  verifyEd25519(key: PublicKeyEd25519, signed: string, signature: Uint8Array): Promise<boolean>
}

/** 2^255 - 19: the coordinates' field. */
const FIELD = 2n ** 255n - 19n

/** The y coordinate of a point of order 8; its negative is another's. */
const ORDER_8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n

/** The y coordinates of the eight points of small order: under such a key one signature fits many messages. */
const SMALL_ORDER: ReadonlySet<bigint> = new Set([0n, 1n, FIELD - 1n, ORDER_8, FIELD - ORDER_8])

/** Whether a key is in its canonical spelling and binds its owner to what it signs. */
export function isBindingKey({ x }: PublicKeyEd25519): boolean {
  const bytes = decodeBase64url(x)
  if (bytes?.length !== 32) return false
  const y = bytes.reduceRight((sum, byte, index) => sum * 256n + BigInt(index === 31 ? byte & 0x7f : byte), 0n)
  return y < FIELD && !SMALL_ORDER.has(y)
}
