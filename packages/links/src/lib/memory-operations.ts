/**
 * The operations of a link store on what is in memory.
 *
 * @module
 */

import type {
  Invitee,
  LinkKey,
  LinkRecord,
  LinkSelector,
  LinkStore,
  PurgeCount,
  Spend,
  SpendOutcome,
  SpendQuery,
  SpentLink,
} from '../link-store.js'
import { type LinkRow, type Memory, nameOf } from './memory.js'
import { draftOperations, suppressionOperations } from './memory-side-tables.js'

/** Every operation but the transaction that they are part of. */
export function memoryOperations(memory: Memory): Omit<LinkStore<never>, 'transaction'> {
  const { links, suppressions } = memory
  return {
    register: async (records) => register(memory, records),
    issue: async (records, at) => {
      for (const record of records) if (!links.has(nameOf(record))) issueOne(memory, record, at)
    },
    find: async (key) => structuredClone(links.get(nameOf(key))?.record ?? null),
    issued: async (invitees) => structuredClone(rowsOf(memory, invitees).map(({ record }) => record)),
    spend: async (key, spend) => spendOnce(memory, key, spend),
    spends: async (query) => spendsOf(memory, query),
    revoke: async (selector, at) => revoke(memory, (record) => matches(record, selector), at),
    erase: async (respondent) => erase(memory, respondent),
    holds: async (respondent) => [...links.values()].some(({ record }) => matches(record, { respondent })),
    pepperIds: async () => [
      ...new Set([...[...links.values()].map(({ record }) => record), ...suppressions.values()].map(pepperIdOf)),
    ],
    purge: async (before) => purge(memory, before),
    ...suppressionOperations(memory),
    ...draftOperations(memory),
  }
}

function pepperIdOf({ pepperId }: { readonly pepperId: string }): string {
  return pepperId
}

function register({ links }: Memory, records: readonly LinkRecord[]): void {
  for (const record of records) {
    const name = nameOf(record)
    if (!links.has(name)) links.set(name, { record: structuredClone(record), accepted: new Set() })
  }
}

function issueOne(memory: Memory, record: LinkRecord, at: number): void {
  const spent = rowsOf(memory, [record]).reduce((sum, { accepted }) => sum + accepted.size, 0)
  revoke(memory, (present) => isOf(present, record), at)
  register(memory, [{ ...record, usesLeft: Math.max(0, record.usesLeft - spent) }])
}

function rowsOf({ links }: Memory, invitees: readonly Invitee[]): readonly LinkRow[] {
  return [...links.values()].filter(({ record }) => invitees.some((invitee) => isOf(record, invitee)))
}

function spendOnce({ links }: Memory, key: LinkKey, { idempotencyKey, at }: Spend): SpendOutcome {
  const row = links.get(nameOf(key))
  if (row === undefined) return 'refused'
  if (row.accepted.has(idempotencyKey)) return 'repeated'
  const { usesLeft, revokedAt, validFrom, validUntil } = row.record
  const usable = usesLeft > 0 && revokedAt === null && at >= (validFrom ?? -Infinity) && at < (validUntil ?? Infinity)
  if (!usable) return 'refused'
  const record = { ...row.record, usesLeft: usesLeft - 1 }
  links.set(nameOf(key), { record, accepted: new Set([...row.accepted, idempotencyKey]) })
  return 'spent'
}

function spendsOf({ links }: Memory, { survey, purpose, idempotencyKeys }: SpendQuery): readonly SpentLink[] {
  const ofScope = [...links.values()].filter(({ record }) => matches(record, { survey, purpose }))
  return ofScope.flatMap(({ record, accepted }) =>
    [...new Set(idempotencyKeys)]
      .filter((key) => accepted.has(key))
      .map((idempotencyKey) => ({ idempotencyKey, record: structuredClone(record) })),
  )
}

function revoke({ links, drafts }: Memory, selects: (record: LinkRecord) => boolean, at: number): number {
  const selected = [...links].filter(([, { record }]) => selects(record))
  for (const [name] of selected) drafts.delete(name)
  const chosen = selected.filter(([, { record }]) => record.revokedAt === null)
  for (const [name, { record, accepted }] of chosen) links.set(name, { record: { ...record, revokedAt: at }, accepted })
  return chosen.length
}

function erase({ links, drafts }: Memory, respondent: string): number {
  const gone = [...links].filter(([, { record }]) => matches(record, { respondent }))
  for (const [name] of gone) {
    drafts.delete(name)
    links.delete(name)
  }
  return gone.length
}

function purge(memory: Memory, before: number): PurgeCount {
  const { links, drafts } = memory
  const old = [...drafts].filter(([, { savedAt }]) => savedAt < before)
  for (const [name] of old) drafts.delete(name)
  const expired = ({ validUntil }: LinkRecord) => validUntil !== null && validUntil < before
  const gone = [...links].filter(
    ([, { record }]) =>
      expired(record) &&
      rowsOf(memory, [record]).every(({ record: other }) => expired(other) || other.revokedAt !== null),
  )
  for (const [name] of gone) links.delete(name)
  return { links: gone.length, drafts: old.length }
}

function matches(record: LinkRecord, selector: LinkSelector): boolean {
  const { survey, purpose, digest, respondent, cohort } = record
  const values: Partial<Record<string, string | null>> = { survey, purpose, digest, respondent, cohort }
  return Object.entries(selector).every(([name, value]) => values[name] === value)
}

function isOf(present: LinkRecord, { survey, purpose, respondent, serial }: Invitee): boolean {
  return matches(present, { survey, purpose, respondent }) && present.serial === serial
}
