// Says that it is ready, waits for a line, then appends entries one after another and says which were acknowledged.
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { createLedger, loadSigner } from '@surveyseal/ledger'
import { ledgerStore } from '../../src/ledger-store.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, who, count, signerKey] = readArguments<[Target, string, number, string]>()
const store = ledgerStore(await openTarget(target), { tenant: 'acme' })
const ledger = createLedger({ store, signer: await loadSigner(signerKey) })
acknowledge('ready')
await once(process.stdin, 'data')

for (let number = 0; number < count; number++) {
  const text = `${who} ${number}`
  const { index } = await ledger.append({ bytes: new TextEncoder().encode(text) })
  acknowledge(`${index} ${text}`)
  // Gives way: whoever waits for the lock of a file looks for it only now and then, and would find it taken until the end.
  await setTimeout(2)
}
process.exit(0)
