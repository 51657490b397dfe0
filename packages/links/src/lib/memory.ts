/**
 * What a link store in memory holds.
 *
 * @module
 */

import type { Draft } from '../draft-store.js'
import type { LinkKey, LinkRecord } from '../link-store.js'
import type { Suppression } from '../suppression-store.js'

/** A link and the idempotency keys of its accepted spends. */
export interface LinkRow {
  readonly record: LinkRecord
  readonly accepted: ReadonlySet<string>
}

/** Rows by key. They are replaced, never changed. */
export interface Memory {
  readonly links: Map<string, LinkRow>
  readonly suppressions: Map<string, Suppression>
  readonly drafts: Map<string, Draft>
}

/** Makes an empty one. */
export function emptyMemory(): Memory {
  return { links: new Map(), suppressions: new Map(), drafts: new Map() }
}

/** The key of a row. */
export function nameOf({ survey, purpose, digest }: LinkKey): string {
  return JSON.stringify([survey, purpose, digest])
}
