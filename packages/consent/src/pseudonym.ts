/**
 * Pseudonyms: how a consent chain names a person without the host's reference to them.
 *
 * @module
 */

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { base64url } from 'jose'
import { assertIdentifier } from './lib/arguments.js'

/** What a pseudonym is derived under. */
export interface PseudonymOptions {
  /** The controller's secret, 32 bytes or more. Whoever holds it can link a pseudonym to a reference they know. */
  readonly secret: Uint8Array
  /** The survey: the same person has unrelated pseudonyms in two surveys. */
  readonly survey: string
}

/**
 * Derives the pseudonym of a respondent in one survey: HMAC-SHA-256 under the controller's secret.
 *
 * The reference itself appears in no request, event or receipt, and without the secret nobody can tell whether two
 * surveys saw the same person. The result is pseudonymous, not anonymous: the controller can derive it again from the
 * reference at any time, and events remain personal data.
 *
 * @example
 * The subject of a consent request.
 *
 * ```ts
 * import { pseudonymize } from '@surveyseal/consent'
 *
 * export function subjectOf(customer: string, secret: Uint8Array): string {
 *   return pseudonymize(customer, { secret, survey: 'spring-2026' })
 * }
 * ```
 *
 * @param respondent - The host's own reference, in the host's own spelling: `a` and `A` are two people.
 * @param options - See {@link PseudonymOptions}.
 * @returns 32 bytes as base64url, 43 characters.
 */
export function pseudonymize(respondent: string, options: PseudonymOptions): string {
  if (typeof respondent !== 'string') throw invalidArgumentType('respondent', 'string', respondent)
  if (respondent === '' || LONE_SURROGATE.test(respondent)) {
    throw invalidArgumentValue('respondent', 'well-formed text that is not empty')
  }
  assertIdentifier('options.survey', options.survey)
  assertSecret(options.secret)
  const input = concatBytes(LABEL, prefixed(options.survey), prefixed(respondent))
  return base64url.encode(hmac(sha256, options.secret, input))
}

/** Sets this use of the secret apart from every other. */
const LABEL: Uint8Array = utf8ToBytes('surveyseal consent pseudonym v1\n')

/** Two different references would become the same UTF-8. */
const LONE_SURROGATE = /\p{Cs}/u

/** A 4-byte big-endian length before the text: no survey and respondent join to the bytes of another pair. */
function prefixed(text: string): Uint8Array {
  const bytes = utf8ToBytes(text)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return concatBytes(length, bytes)
}

function assertSecret(secret: unknown): void {
  if (!(secret instanceof Uint8Array)) throw invalidArgumentType('options.secret', 'Uint8Array', secret)
  if (secret.length < 32) throw invalidArgumentValue('options.secret', '32 bytes or more')
}
