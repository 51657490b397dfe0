// A store that keeps the tree's edge of the last call and nothing else, so that what is measured is the ledger's own work.

/** @returns {import('@surveyseal/ledger').LedgerStore<null> & { last: { grow: Function, fresh: readonly object[] } }} */
export function unkeptStore() {
  const none = async () => []
  const store = {
    last: { grow: () => undefined, fresh: [] },
    growth: { size: 0, frontier: new Uint8Array() },
    head: async () => store.growth,
    entries: none,
    commitments: none,
    checkpoints: none,
    nodes: async (_log, ids) => ids.map((id) => find(store.growth.nodes, id)),
    async append(_log, fresh, grow) {
      store.last = { grow, fresh }
      store.growth = grow({ size: 0, frontier: new Uint8Array() }, fresh)
      return fresh.map((_, at) => at)
    },
    find: async () => null,
    erase: async () => false,
    scrub: async () => true,
    saveCheckpoint: async () => undefined,
    newestCheckpoint: async () => null,
    transaction: (run) => run(store, null),
  }
  return store
}

function find(nodes, { level, index }) {
  return nodes.find((node) => node.level === level && node.index === index)?.hash ?? null
}
