// Spends links one after another, each with a row of the host's own, and says which were acknowledged.
import { linkStore } from '../../src/link-store.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, who, links] = readArguments<[Target, string, number]>()
const store = linkStore(await openTarget(target), { tenant: 'acme' })
acknowledge('ready')

for (let link = 0; link < links; link++) {
  const key = { survey: 'nps', purpose: 'survey', digest: `digest-${link}` }
  const outcome = await store.transaction(async (inner, tx) => {
    const spent = await inner.spend(key, { idempotencyKey: who, at: 1 })
    if (spent === 'spent') await tx.query('INSERT INTO answers (link, who) VALUES ($1, $2)', [key.digest, who])
    return spent
  })
  if (outcome === 'spent') acknowledge(key.digest)
}
process.exit(0)
