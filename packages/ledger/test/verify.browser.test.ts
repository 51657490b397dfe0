import { expect, test } from 'vitest'
import { createLedger, generateLedgerKeys, loadSigner } from '../src/index.js'
import { memoryLedgerStore } from '../src/testing.js'
import { verifyTlogProof } from '../src/verify.js'

test('a browser makes, signs and verifies the same proofs', async () => {
  const randomBytes = (length: number) => new Uint8Array(length).fill(1)
  const { signerKey, verifierKey } = await generateLedgerKeys('feedback.example/consents', { randomBytes })
  const ledger = createLedger({ store: memoryLedgerStore(), signer: await loadSigner(signerKey), randomBytes })
  const entries = await ledger.appendAll([1, 2, 3, 4, 5].map((byte) => ({ bytes: Uint8Array.of(byte) })))
  for (const entry of entries) {
    const proof = await ledger.attest(entry.index)
    const verified = await verifyTlogProof(proof, { entry, policy: { log: verifierKey } })
    expect(verified).toMatchObject({ index: entry.index, checkpoint: { size: 5 } })
  }
})
