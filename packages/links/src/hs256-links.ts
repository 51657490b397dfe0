/**
 * Links that another system made of HS256 JWTs.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { decodeBase64url } from './lib/base64url.js'
import { parseObject } from './lib/jwe-claims.js'
import type { LegacyLink } from './link-service/legacy-links.js'

/** What {@link hs256Links} needs. */
export interface Hs256Options {
  /** The key the other system signed with: 32 bytes or more (RFC 7518 §3.2). */
  readonly secret: Uint8Array
  /**
   * Finds the invitee in the claims of an authentic token, `null` when they name nobody. Systems that encrypt the
   * reference under a key of their own (Formbricks' `contactId`) have it decrypted here. It must give the same answer for
   * the same person every time: single use goes by it.
   */
  readonly respondentOf: (
    claims: Readonly<Record<string, unknown>>,
  ) => Pick<LegacyLink, 'respondent' | 'serial'> | null | Promise<Pick<LegacyLink, 'respondent' | 'serial'> | null>
}

const MIN_SECRET_BYTES = 32
const MAX_LENGTH = 8192

/**
 * Reads links that are HS256 JWTs, for the `legacy` option of {@link createLinkService}.
 *
 * The algorithm is pinned, `exp` and `nbf` are honoured, `crit`, every other algorithm and JSON that names a member twice
 * are refused; issuer and audience are for `respondentOf` to look at. A token that is refused is no link, for whatever
 * reason.
 *
 * @example
 * Personal links that Formbricks sent, for as long as people may still find them in their mail.
 *
 * ```ts
 * import { hs256Links, type LegacyLinks } from '@surveyseal/links'
 *
 * export function formbricksLinks(secret: Uint8Array, decrypt: (text: string) => string): LegacyLinks {
 *   return {
 *     until: new Date('2027-03-31T00:00:00Z'),
 *     read: hs256Links({
 *       secret,
 *       respondentOf: ({ contactId }) => (typeof contactId === 'string' ? { respondent: decrypt(contactId) } : null),
 *     }),
 *   }
 * }
 * ```
 *
 * @param options - See {@link Hs256Options}.
 * @returns What reads a token; an error of `respondentOf` passes through.
 * @see RFC 7515, RFC 7519
 */
export function hs256Links(options: Hs256Options): (token: string) => Promise<LegacyLink | null> {
  const { respondentOf } = options
  if (!(options.secret instanceof Uint8Array)) throw invalidArgumentType('secret', 'Uint8Array', options.secret)
  if (options.secret.length < MIN_SECRET_BYTES) throw invalidArgumentValue('secret', 'at least 32 bytes')
  const secret = Uint8Array.from(options.secret)
  return async (token) => {
    const claims = await claimsOf(token, secret)
    if (claims === null) return null
    const [expiresAt, notBefore] = [instantOf(claims['exp']), instantOf(claims['nbf'])]
    if (expiresAt === undefined || notBefore === undefined) return null
    const invitee = await respondentOf(claims)
    return invitee && { ...invitee, expiresAt, notBefore }
  }
}

async function claimsOf(
  token: string,
  secret: Uint8Array<ArrayBuffer>,
): Promise<Readonly<Record<string, unknown>> | null> {
  const parts = token.length > MAX_LENGTH ? [] : token.split('.', 4)
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3 || !isPinned(objectIn(decodeBase64url(header)))) return null
  const mac = decodeBase64url(signature)
  if (mac === null) return null
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${header}.${payload}`)
  const authentic = await crypto.subtle.verify('HMAC', key, Uint8Array.from(mac), signed)
  return authentic ? objectIn(decodeBase64url(payload)) : null
}

function isPinned(header: Readonly<Record<string, unknown>> | null): boolean {
  if (header === null || header['alg'] !== 'HS256' || 'crit' in header || 'b64' in header) return false
  const { typ } = header
  return typ === undefined || (typeof typ === 'string' && typ.toUpperCase() === 'JWT')
}

/** JSON that names a member twice is refused: readers differ in which one counts. */
function objectIn(bytes: Uint8Array | null): Readonly<Record<string, unknown>> | null {
  return bytes === null ? null : parseObject(bytes)
}

/** A NumericDate; `null` when there is none, `undefined` for what is none. */
function instantOf(claim: unknown): Date | null | undefined {
  if (claim === undefined) return null
  if (typeof claim !== 'number') return undefined
  const instant = new Date(claim * 1000)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}
