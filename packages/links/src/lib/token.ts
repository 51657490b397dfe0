/**
 * The token of a sealed link: docs/formats/sealed-link.md, "Token".
 *
 * @module
 */

import { LinkError } from '../errors.js'
import { decodeBase64url, encodeBase64url } from './base64url.js'
import { FORMAT_VERSION } from './derive.js'

/** A token taken apart, nothing of it authenticated yet. */
export interface Token {
  readonly keyId: number
  /** The synthetic IV followed by the ciphertext. */
  readonly sealed: Uint8Array
}

/** 24 bytes: version, key id, 16 of SIV, 5 of header and a one-byte respondent. */
const MIN_LENGTH = 32
/** 131 bytes: besides, 4 of not-before, 4 of serial, 36 of language and a respondent of 64. */
const MAX_LENGTH = 175

/** Makes the token. */
export function encodeToken({ keyId, sealed }: Token): string {
  const bytes = new Uint8Array(2 + sealed.length)
  bytes.set([FORMAT_VERSION, keyId])
  bytes.set(sealed, 2)
  return encodeBase64url(bytes)
}

/** Takes a token apart; throws `ERR_LINK_MALFORMED` for whatever sealing could not have produced. */
export function parseToken(text: string): Token {
  const bytes = text.length >= MIN_LENGTH && text.length <= MAX_LENGTH ? decodeBase64url(text) : null
  const [version, keyId = 0] = bytes ?? []
  if (bytes === null || version !== FORMAT_VERSION || keyId === 0) throw malformedLink()
  return { keyId, sealed: bytes.subarray(2) }
}

/** The refusal of everything that is no link of this format. */
export function malformedLink(): LinkError {
  return new LinkError('ERR_LINK_MALFORMED', 'the link is not one of this format')
}
