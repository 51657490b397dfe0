/**
 * From what a URL tells to how its link stands.
 *
 * @module
 */

import type { OpenedLink } from '../link-context.js'
import type { LinkState, Obstacle, ResolvedLink } from '../link-service.js'
import type { LinkRecord, LinkStore } from '../link-store.js'
import type { PepperedKey, PepperedKeys } from './link-keys.js'
import { fromReference } from './reference.js'

/** A link as its URL tells it, before any store is asked. */
export interface LinkReference {
  readonly keys: PepperedKeys
  /** What a sealed link says by itself. */
  readonly sealed: OpenedLink | null
}

/** A link and its row; a sealed link has none before it is spent or revoked. */
export interface Resolution {
  readonly key: PepperedKey
  readonly link: ResolvedLink
  readonly record: LinkRecord | null
}

/** Finds the row of a link under any pepper; `null` when nothing is known of it. */
export async function resolveLink(
  store: Pick<LinkStore<unknown>, 'find'>,
  { keys, sealed }: LinkReference,
): Promise<Resolution | null> {
  for (const key of keys) {
    const record = await store.find(key)
    if (record !== null) return { key, link: sealed === null ? opaqueLink(record) : sealedLink(sealed), record }
  }
  return sealed === null ? null : { key: keys[0], link: sealedLink(sealed), record: null }
}

/** Judges a link at an instant. */
export function stateOf(resolution: Resolution | null, at: number): LinkState {
  if (resolution === null) return { state: 'unknown' }
  const { link, record } = resolution
  const obstacle = obstacleOf(link, record, at)
  return obstacle === null ? { state: 'usable', link } : { state: obstacle, link }
}

function obstacleOf({ notBefore, expiresAt }: ResolvedLink, record: LinkRecord | null, at: number): Obstacle | null {
  if (record !== null && record.revokedAt !== null) return 'revoked'
  if (record !== null && record.usesLeft < 1) return 'used'
  if (expiresAt !== null && at >= expiresAt.getTime()) return 'expired'
  if (notBefore !== null && at < notBefore.getTime()) return 'not-yet-valid'
  return null
}

function sealedLink({ respondent, serial, language, notBefore, expiresAt }: OpenedLink): ResolvedLink {
  return { kind: 'sealed', respondent, serial, cohort: null, language, notBefore, expiresAt }
}

function opaqueLink({ respondent, serial, cohort, validFrom, validUntil }: LinkRecord): ResolvedLink {
  return {
    kind: 'opaque',
    respondent: fromReference(respondent),
    serial,
    cohort,
    language: null,
    notBefore: validFrom === null ? null : new Date(validFrom),
    expiresAt: validUntil === null ? null : new Date(validUntil),
  }
}
