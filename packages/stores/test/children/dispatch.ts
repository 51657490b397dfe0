// Says that it is ready, waits for a line, then delivers events and says which; ends when nothing is due.
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { createDispatcher } from '@surveyseal/consent/outbox'
import { outboxStore } from '../../src/outbox-store.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target] = readArguments<[Target]>()
const dispatcher = createDispatcher({
  store: outboxStore(await openTarget(target), { tenant: 'acme' }),
  batch: 5,
  leaseSeconds: 3600,
  handlers: {
    'link.spent': async ({ id }) => {
      acknowledge(id)
      await setTimeout(2)
    },
  },
})
acknowledge('ready')
await once(process.stdin, 'data')
// Whoever leases nothing may have met another's leases only.
for (let quiet = 0; quiet < 5; quiet++) if ((await dispatcher.dispatch()).delivered > 0) quiet = 0
process.exit(0)
