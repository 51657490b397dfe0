/**
 * From a keyring secret to the key of one scope: docs/formats/sealed-link.md and jwe-link.md, "Key derivation".
 *
 * @module
 */

import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Scope } from '../scope.js'
import { textArgument } from './text.js'

/** The only version of the format. */
export const FORMAT_VERSION = 1

/** A format with keys of its own. */
export type LinkFormat = 'sealed' | 'jwe'

/** Different labels and algorithms make different keys: no byte of one is a byte of another. */
const FORMATS: Record<LinkFormat, { readonly label: string; readonly algorithm: string; readonly keyLength: number }> =
  {
    sealed: { label: 'SurveySeal sealed link', algorithm: 'AEAD_AES_SIV_CMAC_512', keyLength: 64 },
    jwe: { label: 'SurveySeal JWE link', algorithm: 'A256GCM', keyLength: 32 },
  }
const MAX_SCOPE_BYTES = 128

/** A scope as UTF-8, checked. */
export interface ScopeBytes {
  readonly tenant: Uint8Array
  readonly survey: Uint8Array
  readonly purpose: Uint8Array
}

/** Checks the parts of a scope and encodes them. */
export function scopeArgument(scope: Scope): ScopeBytes {
  return {
    tenant: textArgument(scope.tenant, 'tenant', MAX_SCOPE_BYTES),
    survey: textArgument(scope.survey, 'survey', MAX_SCOPE_BYTES),
    purpose: textArgument(scope.purpose, 'purpose', MAX_SCOPE_BYTES),
  }
}

/** Everything a link is bound to, in the order of the format. */
export function bindings(
  keyId: number,
  { tenant, survey, purpose }: ScopeBytes,
  format: LinkFormat = 'sealed',
): Uint8Array[] {
  const ascii = new TextEncoder()
  return [
    ascii.encode(FORMATS[format].label),
    ascii.encode(FORMATS[format].algorithm),
    Uint8Array.of(FORMAT_VERSION),
    Uint8Array.of(keyId),
    tenant,
    survey,
    purpose,
  ]
}

/** Derives the key of a format (RFC 5869, no salt). */
export function deriveKey(secret: Uint8Array, info: readonly Uint8Array[], format: LinkFormat = 'sealed'): Uint8Array {
  return hkdf(sha256, secret, undefined, lengthPrefixed(info), FORMATS[format].keyLength)
}

/** Joins parts, each after its byte count as two big-endian bytes, so that no two lists give the same bytes. */
export function lengthPrefixed(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + 2 + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined[at] = part.length >> 8
    joined[at + 1] = part.length & 0xff
    joined.set(part, at + 2)
    at += 2 + part.length
  }
  return joined
}
