/**
 * Tokens that look as if we had made them.
 *
 * @module
 */

/** 16 bytes in base64url, of which the last character holds two bits: docs/formats/opaque-link.md. */
const OPAQUE = /^[\w-]{21}[AQgw]$/
/** Version 1, a key id, a synthetic IV and a ciphertext: docs/formats/sealed-link.md. */
const SEALED = /^A[Q-Za-f][\w-]{30,}$/
/** Random letters change between small and capital about seven times in an opaque id; few words that are put together do. */
const FEWEST_CHANGES = 2

/**
 * Whether a token has the form of an opaque id or a sealed link, and letters in disorder. Of ten million random tokens a few hold
 * a piece that reads as an address or a national identifier; nobody meant it.
 */
export function isOwnToken(token: string): boolean {
  if (token.length !== 22 && token.length < 32) return false
  return (OPAQUE.test(token) || SEALED.test(token)) && changesOfCase(token) >= FEWEST_CHANGES
}

function changesOfCase(token: string): number {
  return token.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0
}
