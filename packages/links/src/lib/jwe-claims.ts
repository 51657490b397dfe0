/**
 * The claims of a JWE link: docs/formats/jwe-link.md, "Claims".
 *
 * @module
 */

import type { Respondent } from '../respondent.js'
import { decodeBase64url, encodeBase64url } from './base64url.js'
import { parseJson, repeatsMember } from './json.js'
import { isObject } from './keyring-document.js'
import type { LinkContent } from './link-fields.js'
import { isLanguageTag, MAX_EXPIRY, MAX_UINT32, type Payload } from './payload.js'
import { encodeRespondent } from './respondent-codec.js'

const CLAIMS: ReadonlySet<string> = new Set(['sub', 'sub_b64u', 'exp', 'nbf', 'serial', 'locale'])

/** Writes the claims of a link whose content was checked. */
export function encodeClaims(respondent: Respondent, content: Omit<LinkContent, 'respondent'>): Uint8Array {
  const { expiresAt, notBefore, serial, language } = content
  const claims = {
    ...(typeof respondent === 'string' ? { sub: respondent } : { sub_b64u: encodeBase64url(respondent) }),
    exp: expiresAt,
    ...(notBefore !== null && { nbf: notBefore }),
    ...(serial !== 0 && { serial }),
    ...(language !== null && { locale: language }),
  }
  return new TextEncoder().encode(JSON.stringify(claims))
}

/** Reads claims; `null` for a claim that is missing, unknown, named twice or out of range. */
export function decodeClaims(bytes: Uint8Array): Payload | null {
  const claims = parseObject(bytes)
  if (claims === null || !Object.keys(claims).every((name) => CLAIMS.has(name))) return null
  const respondent = respondentOf(claims)
  const { exp, nbf = null, serial = 0, locale = null } = claims
  if (respondent === null || !isInteger(exp, 0, MAX_EXPIRY)) return null
  if (nbf !== null && !isInteger(nbf, Math.max(0, exp - MAX_UINT32), exp - 1)) return null
  if (!isInteger(serial, 'serial' in claims ? 1 : 0, MAX_UINT32)) return null
  if (locale !== null && !(typeof locale === 'string' && isLanguageTag(locale))) return null
  // Absent is not null: one content has one set of claims.
  if (Object.values(claims).includes(null)) return null
  return { respondent, expiresAt: exp, notBefore: nbf, serial, language: locale }
}

/** Parses a JSON object of UTF-8 that names no member twice; `null` for everything else. */
export function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  const text = textOf(bytes)
  const value = text === null ? undefined : parseJson(text)
  return text !== null && isObject(value) && !Array.isArray(value) && !repeatsMember(text) ? value : null
}

/** Text is `sub`, bytes are `sub_b64u`, and there is exactly one of them. */
function respondentOf({ sub, sub_b64u: encoded }: Readonly<Record<string, unknown>>): Respondent | null {
  if ((sub === undefined) === (encoded === undefined)) return null
  const given = typeof encoded === 'string' ? decodeBase64url(encoded) : sub
  const respondent = typeof given === 'string' || given instanceof Uint8Array ? given : null
  return respondent !== null && encodeRespondent(respondent) !== null ? respondent : null
}

function isInteger(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function textOf(bytes: Uint8Array): string | null {
  try {
    // ignoreBOM keeps a leading U+FEFF, which is no JSON.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
