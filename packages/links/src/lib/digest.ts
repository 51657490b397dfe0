/**
 * What a store keeps instead of a link: docs/formats/opaque-link.md, "Stored digests".
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { bindHmac } from '#backend'
import type { Pepper, PepperRing } from '../link-service/pepper-ring.js'
import { lengthPrefixed } from './derive.js'
import type { EncodedRespondent } from './respondent-codec.js'

/** The first part of every digest: what kind it is. */
export const DIGEST_LABELS = {
  opaque: 'SurveySeal opaque link',
  identity: 'SurveySeal sealed link identity',
  imported: 'SurveySeal imported link',
  suppression: 'SurveySeal suppression',
} as const

const PEPPER_ID = /^[!-~]{1,64}$/
const MIN_SECRET_BYTES = 32

/** What makes digests of one kind under one pepper; everything that is the same for all of them is hashed once. */
export type Digester = (parts: readonly Uint8Array[]) => string

/** Binds a pepper to a label and to what the digests of one kind have in common. */
export function bindDigest({ secret }: Pepper, label: string, common: readonly Uint8Array[]): Digester {
  const hmac = bindHmac(secret, lengthPrefixed([new TextEncoder().encode(label), ...common]))
  return (parts) => hmac(lengthPrefixed(parts))
}

/** What makes a sealed link the same one: never its key, its expiry or its text. */
export function identityParts({ type, bytes }: EncodedRespondent, serial: number): readonly Uint8Array[] {
  const serialBytes = new Uint8Array(4)
  new DataView(serialBytes.buffer).setUint32(0, serial)
  return [Uint8Array.of(type), bytes, serialBytes]
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
  // Digests are compared, for HMAC takes a secret with zeros behind it for the same one.
  if (new Set(peppers.map((pepper) => bindDigest(pepper, '', [])([]))).size < peppers.length) {
    throw invalidArgumentValue('peppers', 'secrets that differ')
  }
  return peppers
}
