/**
 * An outbox in memory, for tests.
 *
 * @module
 */

import type { LeasedRecord, OutboxStore } from '../outbox/outbox-store.js'
import type { MemoryTransaction } from './memory-transactions.js'

/**
 * Makes an empty outbox for one tenant. It forgets everything when the process ends.
 *
 * @returns The store; it takes part in the transactions of `memoryConsentStore`.
 */
export function memoryOutboxStore(): OutboxStore<MemoryTransaction> {
  const rows = new Map<string, Row>()
  const sorted = (by: (row: Row) => number): Row[] =>
    [...rows.values()].sort((a, b) => by(a) - by(b) || (a.id < b.id ? -1 : 1))

  function change({ id, attempt }: Pick<LeasedRecord, 'id' | 'attempt'>, changes: Partial<Row>): boolean {
    const row = rows.get(id)
    if (row?.attempt !== attempt || row.buriedAt !== null) return false
    rows.set(id, { ...row, ...changes })
    return true
  }

  return {
    async enqueue(tx, records) {
      tx.onCommit(() => {
        for (const { id, type, occurredAt, body } of records) {
          if (!rows.has(id)) rows.set(id, { id, type, occurredAt, body, attempt: 0, dueAt: null, buriedAt: null })
        }
      })
    },
    async lease({ types, at, until, limit }) {
      const due = sorted(({ occurredAt }) => occurredAt).filter(
        ({ type, dueAt, buriedAt }) => types.includes(type) && buriedAt === null && (dueAt ?? at) <= at,
      )
      return due.slice(0, limit).map((row) => {
        const { id, type, occurredAt, body } = row
        const attempt = row.attempt + 1
        rows.set(id, { ...row, attempt, dueAt: until })
        return { id, type, occurredAt, body, attempt }
      })
    },
    async remove(ids) {
      for (const id of ids) rows.delete(id)
    },
    async removeAbout(tx, text) {
      tx.onCommit(() => {
        for (const { id, body } of rows.values()) if (body.includes(text)) rows.delete(id)
      })
    },
    postpone: async (record, dueAt) => change(record, { dueAt }),
    bury: async (record, at) => change(record, { buriedAt: at }),
    async buried(limit) {
      return sorted(({ buriedAt }) => buriedAt ?? 0)
        .flatMap(({ id, type, occurredAt, body, attempt, buriedAt }) =>
          buriedAt === null ? [] : [{ id, type, occurredAt, body, attempt, buriedAt }],
        )
        .slice(0, limit)
    },
    async revive(ids) {
      const found = ids.filter((id) => (rows.get(id)?.buriedAt ?? null) !== null)
      for (const id of found) rows.set(id, { ...(rows.get(id) as Row), attempt: 0, dueAt: null, buriedAt: null })
      return found.length
    },
  }
}

interface Row extends LeasedRecord {
  /** Null: at once, whatever the clock says. */
  readonly dueAt: number | null
  readonly buriedAt: number | null
}
