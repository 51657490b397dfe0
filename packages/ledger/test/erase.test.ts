import { defaultPolicy } from '@surveyseal/core/anonymize'
import {
  executeErasure,
  memoryErasureJournal,
  planErasure,
  recordTarget,
  type StoredRecord,
} from '@surveyseal/core/erase'
import { matchSubject } from '@surveyseal/core/recognize'
import { expect, test } from 'vitest'
import { ledgerErasure } from '../src/erase.js'
import { createLedger, generateLedgerKeys, loadSigner, verifyLedger } from '../src/index.js'
import { memoryLedgerStore } from '../src/testing.js'
import { verifyErasure } from '../src/verify.js'

test('an erased person’s entries are reduced to their signed summary, and the log still verifies', async () => {
  const keys = await generateLedgerKeys('feedback.example/consents')
  const store = memoryLedgerStore()
  const ledger = createLedger({ store, signer: await loadSigner(keys.signerKey) })
  const placesOf = new Map<string, number[]>()
  for (const [who, text] of [
    ['r-ada', 'given by ada'],
    ['r-bob', 'given by bob'],
    ['r-ada', 'withdrawn by ada'],
  ] as const) {
    const { index } = await ledger.append({ bytes: new TextEncoder().encode(text) })
    placesOf.set(who, [...(placesOf.get(who) ?? []), index])
  }
  await ledger.checkpoint()
  const records = new Map<string, StoredRecord>([['1', { email: 'ada@example.org', respondent: 'r-ada' }]])
  const rows = recordTarget({
    name: 'answers',
    store: {
      async *scan() {
        yield [...records]
      },
      async replace(id, change) {
        const after = await change(records.get(id) ?? {})
        if (after !== null) records.set(id, after)
      },
    },
    policy: defaultPolicy('en'),
    reference: 'respondent',
  })
  const summary = { status: 'withdrawn', notice: 'digest' }
  const entriesOf = async (reference: string) => (placesOf.get(reference) ?? []).map((index) => ({ index, summary }))
  const subject = matchSubject({ email: 'ada@example.org' })
  const targets = [rows, ledgerErasure({ ledger, entriesOf })]
  const plan = await planErasure({ subject, targets })
  // Somebody has erased one of them already: that is no reason to stop.
  await ledger.erase(0, summary)
  const again = await planErasure({ subject, targets })
  expect([plan.records.length, again.records.length]).toEqual([3, 2])
  const confirmed = again.records.map(({ key }) => key)
  const certificate = await executeErasure(again, { subject, targets, journal: memoryErasureJournal(), confirmed })
  expect(certificate).toMatchObject({ records: 1, dependents: 1 })
  const [first, second, third] = await Promise.all([0, 1, 2].map((index) => ledger.read(index)))
  expect([first?.bytes, third?.bytes]).toEqual([null, null])
  expect(new TextDecoder().decode(second?.bytes ?? new Uint8Array())).toBe('given by bob')
  const { summary: kept } = await verifyErasure(third?.erasure ?? '', { log: keys.verifierKey })
  expect(kept).toEqual(summary)
  expect(await verifyLedger(store, { policy: { log: keys.verifierKey } })).toMatchObject({ size: 3 })
})
