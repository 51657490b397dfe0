import type { ErasureMessage, ErasureOutbox, ErasureTarget, RecordStore, StoredRecord } from '@surveyseal/core/erase'

/** Records in memory; reads and writes copies, as a database does. */
export function memoryRecords(records: Map<string, StoredRecord>): RecordStore {
  return {
    async *scan() {
      const all = [...records].map(([id, record]) => [id, copy(record)] as const)
      for (let at = 0; at < all.length; at += 3) yield all.slice(at, at + 3)
    },
    async replace(id, change) {
      const record = records.get(id)
      if (record === undefined) return
      const after = await change(copy(record), 'transaction')
      if (after !== null) records.set(id, copy(after))
    },
  }
}

/** Something that hangs on references, as links do. */
export function memoryDependents(live: Set<string>): ErasureTarget {
  return {
    name: 'links',
    find: async ({ references }) =>
      references
        .filter((reference) => live.has(reference))
        .map((reference) => ({
          id: reference,
          relation: 'dependent' as const,
          before: reference,
          after: null,
          changes: [],
          warnings: [],
          references: [reference],
          notices: [],
        })),
    erase: async ({ id }) => void live.delete(id),
  }
}

export function memoryOutbox(): ErasureOutbox & { readonly messages: ErasureMessage[] } {
  const messages: ErasureMessage[] = []
  return { messages, put: async (more) => void messages.push(...more) }
}

function copy(record: StoredRecord): StoredRecord {
  return JSON.parse(JSON.stringify(record)) as StoredRecord
}

/** The `code` of what a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  )
}
