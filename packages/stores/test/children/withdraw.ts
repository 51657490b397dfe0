// Says that it is ready, waits for a line, then withdraws one person's permission after another and says which were acknowledged.
import { once } from 'node:events'
import { createConsentService } from '@surveyseal/consent'
import { createTestSigner } from '@surveyseal/consent/testing'
import { consentStore } from '../../src/consent-store.js'
import { outboxStore } from '../../src/outbox-store.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, subjects] = readArguments<[Target, readonly string[]]>()
const sql = await openTarget(target)
const service = createConsentService({
  ...(await createTestSigner()),
  store: consentStore(sql, { tenant: 'acme' }),
  outbox: outboxStore(sql, { tenant: 'acme' }),
  audience: 'https://feedback.example',
  notices: [],
})
acknowledge('ready')
await once(process.stdin, 'data')

for (const subject of subjects) {
  const { event } = await service.withdraw({ subject, survey: 'nps', via: 'operator' })
  acknowledge(event.digest)
}
process.exit(0)
