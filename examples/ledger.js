// A log that only grows: an entry, the proof its holder keeps, the entry erased, the proof still good, the whole log walked through.
// Run it: node examples/ledger.js
import { createLedger, generateLedgerKeys, loadSigner, verifyLedger } from '@surveyseal/ledger'
import { verifyErasure, verifyTlogProof } from '@surveyseal/ledger/verify'
import { ledgerStore, migrate } from '@surveyseal/stores'
import { openSqlite } from '@surveyseal/stores/sqlite'

const database = await openSqlite(':memory:')
await migrate(database)
const store = ledgerStore(database, { tenant: 'acme' })
const { signerKey, verifierKey } = await generateLedgerKeys('feedback.example/consents')
const ledger = createLedger({ store, signer: await loadSigner(signerKey) })

const texts = ['given: call-back', 'refused: research', 'given: research']
const entries = await ledger.appendAll(texts.map((text) => ({ bytes: new TextEncoder().encode(text) })))
const [first] = entries
const proof = await ledger.attest(0)
console.log(proof)

const policy = { log: verifierKey }
const { erasure } = await ledger.erase(0, { status: 'withdrawn', keepUntil: '2029-01-01' })
console.log((await verifyErasure(erasure, policy)).summary)
console.log((await verifyTlogProof(proof, { entry: first, policy })).index)

const { size, erased, proved, notProved } = await verifyLedger(store, { policy })
console.log({ size, erased, proved, notProved })
await database.close()
