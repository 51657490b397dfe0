/**
 * The token of a sealed link: docs/formats/sealed-link.md, "Token".
 *
 * @module
 */

import { LinkError } from '../errors.js'
import { decodeBase64urlInto } from './base64url.js'
import { BLOCK } from './block.js'
import { FORMAT_VERSION } from './derive.js'

/** Bytes before the synthetic IV: version and key id. */
export const TOKEN_HEADER = 2
/** Where the text begins. */
export const TOKEN_TEXT: number = TOKEN_HEADER + BLOCK
/** 24 bytes: version, key id, 16 of SIV, 5 of header and a one-byte respondent. */
const MIN_LENGTH = 32
/** Besides, 4 of not-before, 4 of serial, 36 of language and a respondent of 64. */
export const MAX_TOKEN_BYTES = 131
const MAX_LENGTH = 175

/** Begins a token. */
export function writeTokenHeader(target: Uint8Array, start: number, keyId: number): void {
  target[start] = FORMAT_VERSION
  target[start + 1] = keyId
}

/**
 * Decodes a token into `target`, nothing of it authenticated yet, and gives its end; `ERR_LINK_MALFORMED` for what no
 * sealing could have made.
 */
export function readToken(target: Uint8Array, text: string): number {
  const end = text.length >= MIN_LENGTH && text.length <= MAX_LENGTH ? decodeBase64urlInto(target, text) : -1
  if (end === -1 || target[0] !== FORMAT_VERSION || target[1] === 0) throw malformedLink()
  return end
}

/** The refusal of everything that is no link of this format. */
export function malformedLink(): LinkError {
  return new LinkError('ERR_LINK_MALFORMED', 'the link is not one of this format')
}
