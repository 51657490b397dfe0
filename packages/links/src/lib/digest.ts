/**
 * What a store keeps instead of a link: docs/formats/sealed-link.md, "Stored digests".
 *
 * @module
 */

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { Pepper, PepperRing } from '../link-service.js'
import { encodeBase64url } from './base64url.js'
import { lengthPrefixed, type ScopeBytes } from './derive.js'
import type { EncodedRespondent } from './respondent-codec.js'

const OPAQUE_LABEL = 'SurveySeal opaque link'
const IDENTITY_LABEL = 'SurveySeal sealed link identity'
const PEPPER_ID = /^[!-~]{1,64}$/
const MIN_SECRET_BYTES = 32

/** Digest of an opaque id. */
export function opaqueDigest(pepper: Pepper, scope: ScopeBytes, id: Uint8Array): string {
  return digest(pepper, OPAQUE_LABEL, scope, [id])
}

/** Digest of what makes a sealed link the same one: never its key, its expiry or its text. */
export function identityDigest(
  pepper: Pepper,
  scope: ScopeBytes,
  respondent: EncodedRespondent,
  serial: number,
): string {
  const serialBytes = new Uint8Array(4)
  new DataView(serialBytes.buffer).setUint32(0, serial)
  return digest(pepper, IDENTITY_LABEL, scope, [Uint8Array.of(respondent.type), respondent.bytes, serialBytes])
}

/** Checks a ring and copies it, the pepper for new digests first. */
export function pepperArgument(ring: PepperRing): readonly [Pepper, ...Pepper[]] {
  const [current, ...others] = [ring.current, ...(ring.others ?? [])].map(({ id, secret }): Pepper => {
    if (typeof id !== 'string' || !PEPPER_ID.test(id)) {
      throw invalidArgumentValue('peppers', 'ids of 1 to 64 printable ASCII characters')
    }
    if (!(secret instanceof Uint8Array)) throw invalidArgumentType('peppers', 'secrets that are Uint8Array', secret)
    if (secret.length < MIN_SECRET_BYTES) throw invalidArgumentValue('peppers', 'secrets of at least 32 bytes')
    return { id, secret: Uint8Array.from(secret) }
  })
  const peppers = [current as Pepper, ...others] as const
  if (new Set(peppers.map(({ id }) => id)).size < peppers.length) {
    throw invalidArgumentValue('peppers', 'ids that differ')
  }
  return peppers
}

function digest({ secret }: Pepper, label: string, scope: ScopeBytes, parts: readonly Uint8Array[]): string {
  const { tenant, survey, purpose } = scope
  const message = lengthPrefixed([new TextEncoder().encode(label), tenant, survey, purpose, ...parts])
  return encodeBase64url(hmac(sha256, secret, message))
}
