// Says that it is ready, waits for a line, then records one answer after another and says what came of each.
import { once } from 'node:events'
import { createConsentService, defineNotice } from '@surveyseal/consent'
import { createTestSigner } from '@surveyseal/consent/testing'
import { consentStore } from '../../src/consent-store.js'
import { smallNotice } from '../support/notice.js'
import { acknowledge, openTarget, readArguments, type Target } from './host.js'

const [target, answers] = readArguments<[Target, readonly string[]]>()
const service = createConsentService({
  ...(await createTestSigner()),
  store: consentStore(await openTarget(target), { tenant: 'acme' }),
  audience: 'https://feedback.example',
  notices: [defineNotice(smallNotice)],
})
acknowledge('ready')
await once(process.stdin, 'data')

for (const answer of answers) {
  acknowledge(
    await service.record(answer).then(
      ({ repeated }) => (repeated ? 'repeated' : 'recorded'),
      (error: { readonly code: string }) => error.code,
    ),
  )
}
process.exit(0)
