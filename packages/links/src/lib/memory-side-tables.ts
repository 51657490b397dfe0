/**
 * Suppressions and drafts in memory.
 *
 * @module
 */

import type { DraftStore } from '../draft-store.js'
import type {
  Suppression,
  SuppressionCount,
  SuppressionKind,
  SuppressionSelector,
  SuppressionStore,
} from '../suppression-store.js'
import { type Memory, nameOf } from './memory.js'

/** The operations of the suppression list. */
export function suppressionOperations({ suppressions }: Memory): SuppressionStore {
  return {
    suppress: async (rows) => {
      for (const row of rows) if (!suppressions.has(row.digest)) suppressions.set(row.digest, { ...row })
    },
    suppressed: async (digests) => [...suppressions.values()].filter(({ digest }) => digests.includes(digest)),
    // Transactions in memory exclude each other.
    withhold: async (digests) => digests.filter((digest) => suppressions.has(digest)),
    countSuppressions: async (pepperIds) => count([...suppressions.values()], pepperIds),
    unsuppress: async (selector) => {
      const rows = [...suppressions.values()]
      const entries = new Set(rows.filter((row) => isChosen(row, selector)).map(({ entry }) => entry))
      for (const { digest, entry } of rows) if (entries.has(entry)) suppressions.delete(digest)
      return entries.size
    },
  }
}

/** The operations of drafts. */
export function draftOperations({ links, drafts }: Memory): DraftStore {
  return {
    saveDraft: async (key, draft) => {
      const record = links.get(nameOf(key))?.record
      if (record === undefined || record.usesLeft < 1 || record.revokedAt !== null) return false
      drafts.set(nameOf(key), structuredClone(draft))
      return true
    },
    findDraft: async (key) => structuredClone(drafts.get(nameOf(key)) ?? null),
    dropDraft: async (key) => void drafts.delete(nameOf(key)),
  }
}

function count(rows: readonly Suppression[], pepperIds: readonly string[]): readonly SuppressionCount[] {
  const reachable = new Set(rows.filter(({ pepperId }) => pepperIds.includes(pepperId)).map(({ entry }) => entry))
  const kinds = new Map<SuppressionKind, Set<string>>()
  for (const { kind, entry } of rows) kinds.set(kind, (kinds.get(kind) ?? new Set()).add(entry))
  return Array.from(kinds, ([kind, entries]) => ({
    kind,
    entries: entries.size,
    unreachable: [...entries].filter((entry) => !reachable.has(entry)).length,
  }))
}

function isChosen(row: Suppression, selector: SuppressionSelector): boolean {
  if ('digests' in selector) return selector.digests.includes(row.digest)
  return row.kind === selector.kind && row.addedAt < selector.addedBefore
}
