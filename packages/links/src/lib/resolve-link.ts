/**
 * From what a URL tells to how its link stands.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import type { OpenedLink } from '../link-context.js'
import type { LegacyLink } from '../link-service/legacy-links.js'
import type { LinkState, Obstacle, ResolvedLink } from '../link-service/link-state.js'
import type { LinkRecord, LinkStore } from '../link-store.js'
import { instantArgument, serialArgument } from './arguments.js'
import type { PepperedKey, PepperedKeys } from './link-keys.js'
import { fromReference } from './reference.js'

/** What a link may be, as its URL tells it, before any store is asked. */
export interface LinkReference {
  readonly kind: ResolvedLink['kind']
  readonly keys: PepperedKeys
  /** What only a holder of the link has: an opaque id, or the token. */
  readonly secret: Uint8Array
  /** What a link says by itself; such a link has no row before it is drafted, spent or revoked. */
  readonly says: ResolvedLink | null
}

/** A link and its row. */
export interface Resolution {
  readonly reference: LinkReference
  readonly key: PepperedKey
  readonly link: ResolvedLink
  readonly record: LinkRecord | null
}

interface StoredRow {
  readonly key: PepperedKey
  readonly record: LinkRecord
}

/** Finds the first of these that is known, under any pepper; `null` when nothing is known of any. */
export async function resolveLink(
  store: Pick<LinkStore<unknown>, 'find'>,
  references: readonly LinkReference[],
): Promise<Resolution | null> {
  for (const reference of references) {
    const { keys, kind, says } = reference
    const row = await rowOf(store, reference)
    if (row !== null) {
      const { key, record } = row
      return { reference, key, link: says ?? storedLink(record, kind), record }
    }
    if (says !== null) return { reference, key: keys[0], link: says, record: null }
  }
  return null
}

/** Judges a link at an instant. */
export function stateOf(
  resolution: Resolution | null,
  { at, suppressed }: { at: number; suppressed: boolean },
): LinkState {
  if (resolution === null) return { state: 'unknown' }
  const { link, record } = resolution
  const obstacle = suppressed ? 'revoked' : obstacleOf(link, record, at)
  return obstacle === null ? { state: 'usable', link } : { state: obstacle, link }
}

/** What a sealed link says; the cohort is for the host to tell. */
export function sealedLink({ respondent, serial, language, notBefore, expiresAt }: OpenedLink): ResolvedLink {
  return { kind: 'sealed', respondent, serial, cohort: null, language, notBefore, expiresAt }
}

/** What a link of another system says: a serial out of range would be that of another link, a date that is none no end. */
export function legacyLink({ respondent, serial = 0, notBefore = null, expiresAt = null }: LegacyLink): ResolvedLink {
  if (typeof respondent !== 'string' && !(respondent instanceof Uint8Array)) {
    throw invalidArgumentType('respondent', 'string or Uint8Array', respondent)
  }
  serialArgument(serial)
  if (notBefore !== null) instantArgument(notBefore, 'notBefore')
  if (expiresAt !== null) instantArgument(expiresAt, 'expiresAt')
  return { kind: 'imported', respondent, serial, cohort: null, language: null, notBefore, expiresAt }
}

/** Processes with different peppers may each have made a row: what one of them spent or revoked counts. */
async function rowOf(
  store: Pick<LinkStore<unknown>, 'find'>,
  { keys, says }: LinkReference,
): Promise<StoredRow | null> {
  let first: StoredRow | null = null
  for (const key of keys) {
    const record = await store.find(key)
    if (record === null) continue
    if (says === null || record.usesLeft < 1 || record.revokedAt !== null) return { key, record }
    first ??= { key, record }
  }
  return first
}

function obstacleOf({ notBefore, expiresAt }: ResolvedLink, record: LinkRecord | null, at: number): Obstacle | null {
  if (record !== null && record.revokedAt !== null) return 'revoked'
  if (record !== null && record.usesLeft < 1) return 'used'
  if (expiresAt !== null && at >= expiresAt.getTime()) return 'expired'
  if (notBefore !== null && at < notBefore.getTime()) return 'not-yet-valid'
  return null
}

function storedLink(record: LinkRecord, kind: ResolvedLink['kind']): ResolvedLink {
  const { respondent, serial, cohort, validFrom, validUntil } = record
  return {
    kind,
    respondent: fromReference(respondent),
    serial,
    cohort,
    language: null,
    notBefore: validFrom === null ? null : new Date(validFrom),
    expiresAt: validUntil === null ? null : new Date(validUntil),
  }
}
