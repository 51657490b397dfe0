/**
 * A store in memory, for tests.
 *
 * @module
 */

import type {
  AppendOutcome,
  ChainKey,
  ConsentStore,
  EventRecord,
  RequestRecord,
  SummaryRecord,
} from '../consent-store.js'
import { allOrNothing, type MemoryTransaction, takingTurns } from './memory-transactions.js'

interface Contents {
  readonly requests: ReadonlyMap<string, RequestRecord>
  /** In the order they were appended. */
  readonly events: readonly EventRecord[]
  readonly summaries: ReadonlyMap<string, SummaryRecord>
}

/**
 * Makes an empty store for one tenant. It forgets everything when the process ends.
 *
 * @returns The store; transactions run one after the other.
 */
export function memoryConsentStore(): ConsentStore<MemoryTransaction> {
  let contents: Contents = { requests: new Map(), events: [], summaries: new Map() }
  const inTurn = takingTurns()

  const now: ConsentStore<MemoryTransaction> = {
    async saveRequest(request) {
      contents = { ...contents, requests: new Map(contents.requests).set(request.nonce, request) }
    },
    async findRequest(nonce) {
      return contents.requests.get(nonce) ?? null
    },
    async purgeRequests(before) {
      const kept = [...contents.requests].filter(([, { expiresAt }]) => expiresAt > before)
      const purged = contents.requests.size - kept.length
      contents = { ...contents, requests: new Map(kept) }
      return purged
    },
    async append(record) {
      const outcome = outcomeOf(contents, record)
      if (outcome === 'appended') contents = { ...contents, events: [...contents.events, record] }
      return outcome
    },
    async head(chain) {
      const newest = chainOf(contents, chain).at(-1)
      return newest === undefined ? null : { seq: newest.seq, hash: newest.hash }
    },
    async events(chain) {
      return chainOf(contents, chain)
    },
    async surveys() {
      return [...new Set([...contents.events, ...contents.requests.values()].map(({ survey }) => survey))]
    },
    async holds(chain) {
      return [...contents.events, ...contents.requests.values()].some((row) => isOf(row, chain))
    },
    async reduce(chain, { head, summaries }) {
      if ((chainOf(contents, chain).at(-1)?.hash ?? null) !== (head?.hash ?? null)) return false
      contents = {
        requests: new Map([...contents.requests].filter(([, request]) => !isOf(request, chain))),
        events: contents.events.filter((event) => !isOf(event, chain)),
        summaries: new Map([...contents.summaries, ...summaries.map((one) => [one.hash, one] as const)]),
      }
      return true
    },
    async summary(hash) {
      return contents.summaries.get(hash)?.summary ?? null
    },
    async purgeSummaries(month) {
      const kept = [...contents.summaries].filter(([, { keepUntil }]) => keepUntil >= month)
      const purged = contents.summaries.size - kept.length
      contents = { ...contents, summaries: new Map(kept) }
      return purged
    },
    async transaction(run) {
      const before = contents
      return allOrNothing(
        (tx) => run(now, tx),
        () => {
          contents = before
        },
      )
    },
  }

  return {
    saveRequest: (request) => inTurn(() => now.saveRequest(request)),
    findRequest: (nonce) => inTurn(() => now.findRequest(nonce)),
    purgeRequests: (before) => inTurn(() => now.purgeRequests(before)),
    append: (record) => inTurn(() => now.append(record)),
    head: (chain) => inTurn(() => now.head(chain)),
    events: (chain) => inTurn(() => now.events(chain)),
    surveys: () => inTurn(() => now.surveys()),
    holds: (chain) => inTurn(() => now.holds(chain)),
    reduce: (chain, to) => inTurn(() => now.reduce(chain, to)),
    summary: (hash) => inTurn(() => now.summary(hash)),
    purgeSummaries: (month) => inTurn(() => now.purgeSummaries(month)),
    transaction: (run) => inTurn(() => now.transaction(run)),
  }
}

function outcomeOf(contents: Contents, record: EventRecord): AppendOutcome {
  const chain = chainOf(contents, record)
  if (chain.some(({ digest }) => digest === record.digest)) return 'repeated'
  if (record.nonce !== null && !isUnspent(contents, record.nonce)) return 'nonce-spent'
  const head = chain.at(-1)
  const continues = record.seq === (head?.seq ?? 0) + 1 && record.prev === (head?.hash ?? null)
  return continues ? 'appended' : 'head-moved'
}

function isUnspent({ requests, events }: Contents, nonce: string): boolean {
  return requests.has(nonce) && !events.some((event) => event.nonce === nonce)
}

function chainOf({ events }: Contents, chain: ChainKey): EventRecord[] {
  return events.filter((event) => isOf(event, chain))
}

function isOf(row: ChainKey, { subject, survey }: ChainKey): boolean {
  return row.subject === subject && row.survey === survey
}
