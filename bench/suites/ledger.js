// The Merkle log: adding entries, proofs out of a log of ten million, records verified through one checkpoint.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash, hash, randomFillSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createLedger, generateLedgerKeys, loadSigner } from '@surveyseal/ledger'
import { verifyCheckpoint, verifyRange } from '@surveyseal/ledger/verify'
import { pooledRandom } from '../pooled-random.js'
import { unkeptStore } from './ledger/unkept-store.js'

const BATCH = 4096
const RECORD = 284
const LEAVES = 10_000_000

/** @type {import('../harness.js').Suite} */
export const ledger = {
  name: 'ledger',
  unit: 'entries/s',
  async prepare() {
    const records = Array.from({ length: BATCH }, () => randomFillSync(new Uint8Array(RECORD)))
    return [...(await appending(records)), ...(await verifying(records))]
  },
  async once() {
    const script = fileURLToPath(new URL('ledger/ten-million.js', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(LEAVES)])
    const { leaves, inclusion, consistency } = JSON.parse(stdout)
    assert.equal(leaves, LEAVES)
    const row = (label, value) => ({ case: label, unit: 'reads at most', value })
    return [{ ...row('proof', inclusion), limit: { of: 'value', atMost: 64 } }, row('proof-consistency', consistency)]
  },
}

async function appending(records) {
  const store = unkeptStore()
  const log = createLedger({ store, signer: await newSigner(), randomBytes: pooledRandom(32) })
  const entries = records.map((bytes) => ({ bytes }))
  await log.appendAll(entries)
  const { grow, fresh } = store.last
  const byHand = handTree()
  for (const { commitment } of fresh) byHand.add(commitment)
  assert.deepEqual(Buffer.from(grow({ size: 0, frontier: new Uint8Array() }, fresh).frontier), byHand.root())

  const empty = { size: 0, frontier: new Uint8Array() }
  const salted = handSalted(pooledRandom(32))
  return [
    {
      name: 'crypto.hash by hand',
      operations: BATCH,
      run: times((byHandTree) => {
        for (const { commitment } of fresh) byHandTree.add(commitment)
      }, handTree),
    },
    {
      name: 'append',
      reference: 'crypto.hash by hand',
      limit: { of: 'ratio', atLeast: 0.8 },
      operations: BATCH,
      run: times(() => grow(empty, fresh)),
    },
    {
      name: 'salted by hand',
      operations: BATCH,
      run: times((tree) => {
        for (const bytes of records) tree.add(salted(bytes))
      }, handTree),
    },
    {
      name: 'append-record',
      reference: 'salted by hand',
      operations: BATCH,
      async run(count) {
        for (let index = 0; index < count; index++) await log.appendAll(entries)
      },
    },
  ]
}

/** Every record is committed to anew from its salt and bytes; the checkpoint's signature is verified once for all of them. */
async function verifying(records) {
  const signer = await newSigner()
  const policy = { log: signer.verifierKey }
  const store = unkeptStore()
  const log = createLedger({ store, signer })
  const entries = await log.appendAll(records.map((bytes) => ({ bytes })))
  const note = await log.checkpoint()
  const proof = await log.proveRange({ from: 0, to: BATCH })
  const verify = async () => {
    const { root } = await verifyCheckpoint(note, policy)
    verifyRange(proof, { entries, root })
  }
  await verify()
  await assert.rejects(async () => {
    const { root } = await verifyCheckpoint(note, policy)
    verifyRange(proof, { entries: entries.toReversed(), root })
  })
  return [
    {
      name: 'createHash by hand',
      operations: BATCH,
      run: times((tree) => {
        for (const { salt, bytes } of entries) tree.add(createHash('sha256').update(salt).update(bytes).digest())
      }, handTree),
    },
    {
      name: 'verify-batch',
      reference: 'createHash by hand',
      limit: { of: 'value', atLeast: 500_000 },
      operations: BATCH,
      async run(count) {
        for (let index = 0; index < count; index++) await verify()
      },
    },
  ]
}

/** One hash per leaf and the nodes it completes, digests as text into buffers that are kept: nothing is checked, kept or given. */
function handTree() {
  const leaf = Buffer.alloc(33)
  const slots = Array.from({ length: 32 }, () => Buffer.alloc(65, 1))
  let size = 0
  return {
    add(commitment) {
      leaf.set(commitment, 1)
      let rest = size++
      let digest = hash('sha256', leaf, 'binary')
      let level = 0
      for (; rest & 1; rest >>= 1, level++) {
        slots[level].write(digest, 33, 32, 'latin1')
        digest = hash('sha256', slots[level], 'binary')
      }
      slots[level].write(digest, 1, 32, 'latin1')
    },
    root: () => slots[Math.log2(size)].subarray(1, 33),
  }
}

function handSalted(randomBytes) {
  const input = Buffer.alloc(32 + RECORD)
  return (bytes) => {
    input.set(randomBytes(), 0)
    input.set(bytes, 32)
    const commitment = Buffer.alloc(32)
    commitment.write(hash('sha256', input, 'binary'), 0, 32, 'latin1')
    return commitment
  }
}

/** What is made anew for each time is made by `make`. */
function times(once, make = () => undefined) {
  let last
  return (count) => {
    for (let index = 0; index < count; index++) last = once(make())
    return last
  }
}

async function newSigner() {
  return loadSigner((await generateLedgerKeys('bench.example/log')).signerKey)
}
