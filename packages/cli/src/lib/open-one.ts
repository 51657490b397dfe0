/**
 * Opening one link, and showing what it turned out to be.
 *
 * @module
 */

import type { LinkContext, LinkErrorCode, LinkService, LinkState, ResolvedLink } from '@surveyseal/links'
import { LinkError } from '@surveyseal/links'
import type { CliErrorCode } from '../errors.js'
import { printable } from './printable.js'

/** What a link turned out to be. A stored link has no key; it may have no expiry. */
export type Opened =
  | { ok: true; respondent: string; survey: string; keyId: number; expiresAt: string }
  | { ok: true; respondent: string; survey: string; cohort: string | null; serial: number; expiresAt: string | null }
  | { ok: false; code: string }

/** Opens whatever stands where a link should be. */
export type OpenOne = (url: unknown) => Promise<Opened>

/** Why a stored link is refused. */
const REFUSALS: Readonly<Record<Exclude<LinkState['state'], 'usable'>, CliErrorCode | LinkErrorCode>> = {
  unknown: 'ERR_CLI_LINK_UNKNOWN',
  revoked: 'ERR_CLI_LINK_REVOKED',
  used: 'ERR_CLI_LINK_USED',
  expired: 'ERR_LINK_EXPIRED',
  'not-yet-valid': 'ERR_LINK_NOT_YET_VALID',
}

/** Opens a sealed link. */
export function openSealed(context: LinkContext, url: unknown, now: Date): Opened {
  try {
    const { respondent, survey, keyId, expiresAt } = context.open(String(url ?? ''), { now })
    return { ok: true, respondent: textOf(respondent), survey, keyId, expiresAt: expiresAt.toISOString() }
  } catch (error) {
    if (error instanceof LinkError) return { ok: false, code: error.code }
    throw error
  }
}

/** Opens a link that a database knows; `sealed` is what it says by itself. */
export async function openStored(
  { links, survey }: { readonly links: Pick<LinkService<unknown>, 'open'>; readonly survey: string },
  url: unknown,
  sealed: Opened | null,
): Promise<Opened> {
  const found = await links.open(typeof url === 'string' ? url : '')
  if (found.state !== 'usable') return { ok: false, code: REFUSALS[found.state] }
  return sealed?.ok ? sealed : stored(found.link, survey)
}

/** Chooses how links are shown. */
export function showOpened(json: boolean): (opened: Opened) => string {
  return json ? (opened) => `${JSON.stringify(opened)}\n` : line
}

function stored({ respondent, serial, cohort, expiresAt }: ResolvedLink, survey: string): Opened {
  const ends = expiresAt?.toISOString() ?? null
  return { ok: true, respondent: textOf(respondent), survey, serial, cohort, expiresAt: ends }
}

/** A reference of bytes is shown as base64url. */
function textOf(respondent: string | Uint8Array): string {
  return typeof respondent === 'string' ? respondent : Buffer.from(respondent).toString('base64url')
}

function line(opened: Opened): string {
  if (!opened.ok) return `refused: ${opened.code}\n`
  const { respondent, survey, expiresAt } = opened
  const what = 'keyId' in opened ? `key ${opened.keyId}` : `serial ${opened.serial}${cohort(opened.cohort)}`
  return `respondent ${printable(respondent)}, survey ${survey}, ${what}, expires ${expiresAt ?? 'never'}\n`
}

function cohort(name: string | null): string {
  return name === null ? '' : `, cohort ${printable(name)}`
}
