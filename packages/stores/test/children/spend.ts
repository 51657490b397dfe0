// Says that it is ready, waits for a line, then spends links one after another, each with a row of the host's own, and says
// which were acknowledged.
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { linkStore } from '../../src/link-store.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, who, digests] = readArguments<[Target, string, readonly string[]]>()
const store = linkStore(await openTarget(target), { tenant: 'acme' })
acknowledge('ready')
await once(process.stdin, 'data')

for (const digest of digests) {
  const outcome = await store.transaction(async (inner, tx) => {
    const key = { survey: 'nps', purpose: 'survey', digest }
    const spent = await inner.spend(key, { idempotencyKey: who, at: 1 })
    if (spent === 'spent') await tx.query('INSERT INTO answers (link, who) VALUES ($1, $2)', [digest, who])
    return spent
  })
  if (outcome === 'spent') acknowledge(digest)
  // Gives way: whoever waits for the lock of a file looks for it only now and then, and would find it taken until the end.
  await setTimeout(2)
}
process.exit(0)
