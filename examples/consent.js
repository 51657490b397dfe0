// @ts-check
// Permission, from the question to the withdrawal: ask, sign, record, let the gate decide, withdraw with the receipt.
// In a real application the line marked "browser" runs on the respondent's page. Run it: node examples/consent.js
import {
  createConsentService,
  createGate,
  createSigner,
  defineNotice,
  pseudonymize,
  verifyReceipt,
} from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { assessProgramme, parseProgramme } from '@surveyseal/core/risk'
import { consentStore, migrate } from '@surveyseal/stores'
import { openSqlite } from '@surveyseal/stores/sqlite'

const audience = 'https://acme.example'
const survey = 'nps-2026'

const notice = defineNotice({
  id: 'feedback',
  version: '1',
  controller: { name: 'Acme', contact: 'privacy@acme.example' },
  purposes: [
    {
      id: 'call-back',
      practices: ['close-the-loop'],
      legalBasis: 'consent',
      dataCategories: ['answers', 'telephone number'],
      recipients: ['Acme customer care'],
      retention: 'P1Y',
    },
  ],
  wording: {
    en: {
      title: 'Your feedback',
      summary: 'We read every answer.',
      purposes: { 'call-back': { title: 'Call me back', description: 'We call you if you were unhappy.' } },
      withdrawal: 'Show us your receipt, or write to us.',
    },
  },
})

const evidence = ['transparency-notice', 'permission', 'expectation-communication'].map((countermeasure) => ({
  ...{ countermeasure, practice: 'close-the-loop', from: '2026-01-01', source: 'notice 1' },
}))
const programme = parseProgramme({ name: 'Call back detractors', practices: ['close-the-loop'], evidence })

const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
  'sign',
  'verify',
])
const keys = { keys: [await controllerKey(publicKey, 'acme-2026')] }
const database = await openSqlite(':memory:')
await migrate(database)
const store = consentStore(database, { tenant: 'acme' })
const signer = await createSigner(privateKey, { keyId: 'acme-2026' })
const consents = createConsentService({ store, signer, keys, audience, notices: [notice] })
const gate = createGate({ store, notices: [notice], assess: (at) => assessProgramme(programme, { at }) })

const subject = pseudonymize('customer 1042', { secret: crypto.getRandomValues(new Uint8Array(32)), survey })
const ask = async () =>
  console.log(
    'may we call back?',
    JSON.stringify(await gate.evaluate({ practice: 'close-the-loop', subject, survey }), ['outcome', 'reason']),
  )

await ask()
const request = await consents.request(notice, { subject, survey, language: 'en' })
const signed = await signConsent(request, { 'call-back': 'given' }, { indexedDB: null }) // browser
const { receipt } = await consents.record(signed)
await ask()

const { proved, notProved } = await verifyReceipt(receipt, { keys })
console.log('the receipt proves:', proved.join(', '))
console.log('it does not prove: ', notProved.join(', '))

await consents.withdraw({ receipt })
await ask()
await database.close()

/**
 * @param {CryptoKey} key
 * @param {string} kid
 */
async function controllerKey(key, kid) {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', key)
  return { kid, kty: /** @type {const} */ ('EC'), crv: /** @type {const} */ ('P-256'), x, y }
}
