/**
 * The ids of opaque links: 128 random bits, spelled in one of two ways.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { IdSpelling } from '../link-service/options.js'
import { decodeBase64url, encodeBase64url } from './base64url.js'
import { decodeCrockford, encodeCrockford } from './crockford.js'

const BYTES = 16
const BASE64URL_CHARACTERS = 22

/** Writes an id, or gives `null` for the few that a spelling has no text for. */
const SPELLINGS = {
  base64url: encodeBase64url,
  crockford: encodeCrockford,
} as const satisfies Record<IdSpelling, (id: Uint8Array) => string | null>

/** An id and its text. */
export interface OpaqueId {
  readonly id: Uint8Array
  readonly token: string
}

/** Makes 128 random bits. */
export function generateOpaqueId(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(BYTES))
}

/** Makes an id with a text; those without one are drawn again. */
export function drawOpaqueId(spelling: IdSpelling): OpaqueId {
  for (;;) {
    const id = generateOpaqueId()
    const token = SPELLINGS[spelling](id)
    if (token !== null) return { id, token }
  }
}

/** Checks the name of a spelling. */
export function spellingArgument(spelling: IdSpelling): IdSpelling {
  if (!Object.hasOwn(SPELLINGS, spelling)) throw invalidArgumentValue('ids', "'base64url' or 'crockford'")
  return spelling
}

/**
 * Reads an id in either spelling; `null` for every other text. Sealed tokens begin with `A` and have 32 characters and
 * more: neither 22 characters nor, since its first digit is below 8, the Crockford spelling of anything.
 */
export function parseOpaqueId(text: string): Uint8Array | null {
  return text.length === BASE64URL_CHARACTERS ? decodeBase64url(text) : decodeCrockford(text)
}
