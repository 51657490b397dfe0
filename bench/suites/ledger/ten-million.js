// Builds a log of so many entries, every hash of it computed, proves entries and growth out of it, verifies the proofs and
// prints the most reads one of them took: node ten-million.js COUNT
import { createLedger, generateLedgerKeys, loadSigner } from '@surveyseal/ledger'
import { hashLeaf, parseCheckpoint, verifyConsistency, verifyInclusion } from '@surveyseal/ledger/verify'

const leaves = Number(process.argv[2])
const BATCH = 1 << 16

/** Levels of the tree in arrays; commitments are their places, and a read is one hash. */
function arrayStore() {
  const levels = []
  let head = { size: 0, frontier: new Uint8Array() }
  const store = {
    reads: 0,
    head: async () => head,
    async commitments(_log, indices) {
      store.reads += indices.length
      return indices.map(commitmentAt)
    },
    async nodes(_log, ids) {
      store.reads += ids.length
      return ids.map(({ level, index }) => levels[level]?.subarray(index * 32, index * 32 + 32) ?? null)
    },
    grow(grow, count) {
      const fresh = Array.from({ length: count }, (_, at) => ({ commitment: commitmentAt(head.size + at) }))
      const growth = grow(head, fresh)
      for (const { level, index, hash } of growth.nodes) {
        levels[level] ??= new Uint8Array(Math.ceil(leaves / 2 ** level) * 32)
        levels[level].set(hash, index * 32)
      }
      head = { size: growth.size, frontier: growth.frontier }
    },
    append: async (_log, entries, grow) => {
      store.growth = grow
      return entries.map((_, at) => at)
    },
    newestCheckpoint: async () => null,
    saveCheckpoint: async () => undefined,
  }
  return store
}

function commitmentAt(index) {
  const commitment = new Uint8Array(32)
  new DataView(commitment.buffer).setUint32(0, index)
  return commitment
}

const store = arrayStore()
const signer = await loadSigner((await generateLedgerKeys('bench.example/log')).signerKey)
const log = createLedger({ store, signer })
await log.append({ bytes: new Uint8Array() })
for (let from = 0; from < leaves; from += BATCH) store.grow(store.growth, Math.min(BATCH, leaves - from))
const { root } = parseCheckpoint(await log.checkpoint())

/** The most reads of any of many proofs: the ends, powers of two and their neighbours, and places all over. */
async function mostReads(prove) {
  const edges = Array.from({ length: 23 }, (_, bit) => 2 ** bit).flatMap((power) => [power - 1, power, power + 1])
  const spread = Array.from({ length: 400 }, (_, at) => Math.floor((at * leaves) / 400) + (at % 7))
  let most = 0
  for (const place of [0, leaves - 1, ...edges, ...spread].filter((each) => each < leaves)) {
    store.reads = 0
    await prove(place)
    most = Math.max(most, store.reads)
  }
  return most
}

const inclusion = await mostReads(async (index) => {
  const proof = await log.prove(index)
  verifyInclusion(proof, { leafHash: hashLeaf(commitmentAt(index)), root })
})
const consistency = await mostReads(async (place) => {
  const proof = await log.proveConsistency(place + 1, leaves)
  const { reads } = store
  verifyConsistency(proof, { fromRoot: await rootAt(place + 1), toRoot: root })
  store.reads = reads
})

/** The root of an older tree, as a checkpoint signed then would say. */
async function rootAt(size) {
  const older = createLedger({ store: { ...store, head: async () => ({ size }) }, signer })
  return parseCheckpoint(await older.checkpoint()).root
}

process.stdout.write(JSON.stringify({ leaves: await log.size(), inclusion, consistency }))
