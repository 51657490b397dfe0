/**
 * The token of a JWE link before any key is used: docs/formats/jwe-link.md, "Token".
 *
 * @module
 */

import { decodeBase64url } from './base64url.js'
import { parseObject } from './jwe-claims.js'
import { malformedLink } from './token.js'

/** The content encryption algorithm; with `dir` there is no other one. */
export const ENCRYPTION = 'A256GCM'
const TYPE = 'surveyseal-link-v1+jwt'
/** The longest content takes fewer than 800, every character of the respondent escaped. */
const MAX_CHARACTERS = 1024
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_ID = /^[1-9][0-9]{0,2}$/

/** The protected header, complete: a reader refuses any other member. */
export interface JweHeader {
  readonly alg: 'dir'
  readonly enc: typeof ENCRYPTION
  readonly kid: string
  readonly typ: typeof TYPE
}

/** The header of a link sealed under a key. */
export function headerOf(keyId: number): JweHeader {
  return { alg: 'dir', enc: ENCRYPTION, kid: String(keyId), typ: TYPE }
}

/** Reads the key id of a token, nothing of it authenticated yet; `ERR_LINK_MALFORMED` for what is no JWE link. */
export function readKeyId(token: string): number {
  const parts = token.length <= MAX_CHARACTERS ? token.split('.') : []
  const [header, key, iv, text, tag] = parts.map(decodeBase64url)
  if (parts.length !== 5 || !header || key?.length !== 0 || !text?.length) throw malformedLink()
  if (iv?.length !== IV_BYTES || tag?.length !== TAG_BYTES) throw malformedLink()
  const keyId = keyIdOf(header)
  if (keyId === null) throw malformedLink()
  return keyId
}

function keyIdOf(bytes: Uint8Array): number | null {
  const header = parseObject(bytes)
  const kid = header?.['kid']
  if (header === null || typeof kid !== 'string' || !KEY_ID.test(kid) || Number(kid) > 255) return null
  const expected = Object.entries(headerOf(Number(kid)))
  const exact =
    Object.keys(header).length === expected.length && expected.every(([name, value]) => header[name] === value)
  return exact ? Number(kid) : null
}
