/**
 * Requests in memory, for tests.
 *
 * @module
 */

import type { RightsRequest, RightsStore } from '../rights/rights-store.js'
import { allOrNothing, type MemoryTransaction, takingTurns } from './memory-transactions.js'

/**
 * Makes an empty store of requests for one tenant. It forgets everything when the process ends.
 *
 * @returns The store; transactions run one after the other.
 */
export function memoryRightsStore(): RightsStore<MemoryTransaction> {
  let requests: ReadonlyMap<string, RightsRequest> = new Map()
  const inTurn = takingTurns()

  const all = (): RightsRequest[] => [...requests.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const now: RightsStore<MemoryTransaction> = {
    async add(request) {
      requests = new Map(requests).set(request.id, request)
    },
    find: async (id) => requests.get(id) ?? null,
    async ofPerson(person) {
      return all()
        .filter((request) => request.person === person)
        .sort((a, b) => a.receivedAt - b.receivedAt)
    },
    async open(limit) {
      return all()
        .filter(({ closedAt }) => closedAt === null)
        .sort((a, b) => (a.lastDay < b.lastDay ? -1 : a.lastDay > b.lastDay ? 1 : 0))
        .slice(0, limit)
    },
    async advance(request) {
      if (requests.get(request.id)?.steps.length !== request.steps.length - 1) return false
      requests = new Map(requests).set(request.id, request)
      return true
    },
    async separate(id, person) {
      const request = requests.get(id)
      if (request !== undefined) requests = new Map(requests).set(id, { ...request, person })
      return request !== undefined
    },
    async purge(closedBefore) {
      const kept = all().filter(({ closedAt }) => closedAt === null || closedAt >= closedBefore)
      const purged = requests.size - kept.length
      requests = new Map(kept.map((request) => [request.id, request]))
      return purged
    },
    async transaction(run) {
      const before = requests
      return allOrNothing(
        (tx) => run(now, tx),
        () => {
          requests = before
        },
      )
    },
  }

  return {
    add: (request) => inTurn(() => now.add(request)),
    find: (id) => inTurn(() => now.find(id)),
    ofPerson: (person) => inTurn(() => now.ofPerson(person)),
    open: (limit) => inTurn(() => now.open(limit)),
    advance: (request) => inTurn(() => now.advance(request)),
    separate: (id, person) => inTurn(() => now.separate(id, person)),
    purge: (closedBefore) => inTurn(() => now.purge(closedBefore)),
    transaction: (run) => inTurn(() => now.transaction(run)),
  }
}
