/**
 * The ids of opaque links: 128 random bits as 22 characters of base64url.
 *
 * @module
 */

import { decodeBase64url } from './base64url.js'

const BYTES = 16
const CHARACTERS = 22

/** Makes an id. */
export function generateOpaqueId(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(BYTES))
}

/** Reads an id; `null` for every other text, sealed tokens (32 characters and more) among them. */
export function parseOpaqueId(text: string): Uint8Array | null {
  return text.length === CHARACTERS ? decodeBase64url(text) : null
}
