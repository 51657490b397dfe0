// Events as a browser signed them, verified one after the other and many in flight.
import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { createConsentRequest, defineNotice, pseudonymize, verifyConsent } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { compactVerify, EmbeddedJWK } from 'jose'
import { repeat, repeatAsync } from '../harness.js'

const IN_FLIGHT = 1024
const now = new Date('2026-03-01T09:00:00.500Z')
const secret = new Uint8Array(32).fill(7)
const notice = defineNotice({
  id: 'flight-feedback',
  version: '2026-01',
  controller: { name: 'Example Air', contact: 'privacy@example.com' },
  purposes: ['improve-service', 'call-back'].map((id) => ({
    id,
    practices: ['standard-survey'],
    legalBasis: 'consent',
    dataCategories: ['answers'],
    recipients: ['Example Air customer care'],
    retention: 'P2Y',
  })),
  wording: {
    en: {
      title: 'Your feedback',
      summary: 'We ask five questions about your flight.',
      purposes: {
        'improve-service': { title: 'Improve our service', description: 'We read your answers.' },
        'call-back': { title: 'Call you back', description: 'We may call you about what went wrong.' },
      },
      withdrawal: 'Use the link on your receipt at any time.',
    },
  },
})
const asked = { survey: 'spring-2026', language: 'en', audience: 'https://feedback.example', head: null, now }

/** @type {import('../harness.js').Suite} */
export const consent = {
  name: 'consent',
  unit: 'events/s',
  async prepare() {
    const events = await Promise.all(Array.from({ length: IN_FLIGHT }, signedEvent))
    return [...(await single(events[0])), ...(await many(events))]
  },
}

/** Every person's browser has a key of its own, so whoever verifies an event imports the key it names. */
async function single({ jws, request }) {
  const pinned = { algorithms: ['ES256'] }
  const subject = () => verifyConsent(jws, { request, now })
  const reference = () => compactVerify(jws, EmbeddedJWK, pinned)
  assert.equal((await subject()).jws, jws)
  assert.equal((await reference()).protectedHeader.typ, 'consent-event+jwt')
  return [
    { name: 'jose compactVerify', run: repeatAsync(reference) },
    {
      name: 'verify-event',
      reference: 'jose compactVerify',
      limit: { of: 'ratio', atLeast: 0.85 },
      run: repeatAsync(subject),
    },
  ]
}

/** The reference has its parts taken out of the JWS beforehand and gives OpenSSL the key as it is written there. */
async function many(events) {
  const parts = events.map(({ jws }) => taken(jws))
  let next = 0
  const reference = () => {
    const { input, signature, key } = parts[next++ % IN_FLIGHT]
    return verify('sha256', input, { key, format: 'jwk', dsaEncoding: 'ieee-p1363' }, signature)
  }
  const subject = () => Promise.all(events.map(({ jws, request }) => verifyConsent(jws, { request, now })))
  assert.equal(reference(), true)
  assert.equal((await subject()).length, IN_FLIGHT)
  return [
    { name: 'node:crypto verify', run: repeat(reference) },
    {
      name: 'verify-many',
      reference: 'node:crypto verify',
      limit: { of: 'ratio', atLeast: 0.7 },
      operations: IN_FLIGHT,
      run: repeatAsync(subject),
    },
  ]
}

function taken(jws) {
  const [header, payload, signature] = jws.split('.')
  return {
    input: Buffer.from(`${header}.${payload}`),
    signature: Buffer.from(signature, 'base64url'),
    key: JSON.parse(Buffer.from(header, 'base64url').toString()).jwk,
  }
}

/** Signed by the browser's own entry; outside a browser every call has a key of its own. */
async function signedEvent(_, index) {
  const subject = pseudonymize(`customer-${index}`, { secret, survey: 'spring-2026' })
  const request = createConsentRequest(notice, { ...asked, subject })
  return { request, jws: await signConsent(request, { 'improve-service': 'given', 'call-back': 'refused' }, { now }) }
}
