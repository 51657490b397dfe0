import { defineNotice, verifyReceipt } from '@surveyseal/consent'
import {
  describeConsent,
  exportKantara,
  exportRecord,
  importConsentRecord,
  type RecordFacts,
  validateConsentRecord,
} from '@surveyseal/consent/export'
import { describe, expect, test } from 'vitest'
import { NOW, noticeInput, SUBJECT } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'
import { leaves } from './support/records.js'
import { createWorld } from './support/service.js'

const FACTS: RecordFacts = {
  controller: { address: { street: '1 Runway', country: 'FR' } },
  process: { jurisdictions: ['loc:FR'] },
  storageLocations: ['loc:FR'],
  withdrawAt: 'https://feedback.example/withdraw',
  noticeUrl: 'https://feedback.example/notice',
  terms: { 'improve-service': ['dpv:ImproveExistingProductsAndServices'], 'telephone number': ['pd:TelephoneNumber'] },
}

/** Given and refused in English, one given again, one withdrawn. */
async function history() {
  const world = await createWorld()
  const receipts = [await world.decide({ 'improve-service': 'given', 'call-back': 'refused' })]
  world.advance(60)
  receipts.push(await world.decide({ 'call-back': 'given' }))
  world.advance(60)
  const withdrawn = await world.service.withdraw({
    receipt: receipts[0]?.receipt ?? '',
    purposes: ['improve-service'],
  })
  const all = [...receipts, withdrawn].map(({ receipt }) => verifyReceipt(receipt, { keys: world.keys }))
  return Promise.all(all)
}

describe('describeConsent', () => {
  test('makes one process per purpose, with all that was decided on it', async () => {
    const { record } = describeConsent(await history(), { facts: FACTS, now: NOW, id: 'record-1' })
    const said = record.processes.map(({ purposes, events }) => [purposes[0]?.id, events.map(({ state }) => state)])
    expect(said).toEqual([
      ['improve-service', ['given', 'withdrawn']],
      ['call-back', ['refused', 'given']],
    ])
    expect(record.processes[1]).toMatchObject({
      purposes: [{ title: 'Call you back' }],
      legalBases: ['eu-gdpr:A6-1-a'],
      personalData: [
        { categories: ['dpv:PersonalData'], description: 'answers' },
        { categories: ['pd:TelephoneNumber'], description: 'telephone number' },
      ],
      controls: [{ at: 'https://feedback.example/withdraw', description: 'Use the link on your receipt at any time.' }],
    })
    expect(record.principal.id).toBe(SUBJECT)
  })

  test('its export is valid, holds the signed texts byte for byte, and leaves only the recipient unstated', async () => {
    const receipts = await history()
    const { record } = describeConsent(receipts, { facts: FACTS, now: NOW })
    const { document, lost, unstated } = exportRecord(record)
    const json = JSON.stringify(document)
    expect(lost).toEqual([])
    expect(validateConsentRecord(json).valid).toBe(true)
    for (const { event } of receipts) expect(json).toContain(event.jws)
    expect(unstated.every((path) => path.startsWith('/dpv:hasEntity/1/'))).toBe(true)
    expect(importConsentRecord(json).records).toEqual([record])
  })

  test('without facts it is valid too, and says what nobody stated', async () => {
    const { record } = describeConsent(await history(), { now: NOW })
    const { document, unstated } = exportRecord(record)
    expect(validateConsentRecord(JSON.stringify(document)).valid).toBe(true)
    expect(unstated).toContain('/dpv:hasProcess/0/dpv:hasJurisdiction/0')
    expect(unstated).toContain('/dpv:hasEntity/0/schema:address/dct:description')
  })

  test('every member of a receipt is in the record, in its signed text, or named as lost', async () => {
    const receipts = (await history()).map(({ event, notice }) => ({ event, notice }))
    const grown = structuredClone(receipts)
    Object.assign(grown[0]?.notice?.purposes[0] ?? {}, { transfers: ['sentinel 1'] })
    Object.assign(grown[1]?.notice ?? {}, { register: { name: 'sentinel 2' } })
    Object.assign(grown[2]?.event ?? {}, { proof: 'sentinel 3' })
    const { record, lost } = describeConsent(grown, { facts: FACTS, now: NOW })
    const paths = new Set(lost.map(({ path }) => path))
    for (const path of ['/0/notice/purposes/0/transfers/0', '/1/notice/register/name', '/2/event/proof']) {
      expect(paths).toContain(path)
    }
    const signed = new Set(grown.flatMap(({ event }) => Object.keys(event)))
    const said = JSON.stringify(record)
    for (const [path, value] of leaves(grown)) {
      const [, , of, name = ''] = path.split('/')
      const isSigned = of === 'event' && signed.has(name) && name !== 'salt' && name !== 'hash'
      const isKnown = isSigned || path.endsWith('/legalBasis') || said.includes(JSON.stringify(value))
      expect(paths.has(path) || isKnown, path).toBe(true)
    }
    expect(lost).toContainEqual({ path: '/0/event/salt', reason: 'withheld' })
    expect(said).not.toContain(grown[0]?.event.salt)
    expect(paths).toContain('/0/notice/purposes/0/practices/0')
  })

  test('what a notice of version 2 says has its place too', async () => {
    const [first, second] = noticeInput.purposes
    if (first === undefined || second === undefined) return expect.unreachable('no purpose')
    const told = {
      specialCategories: ['booking class'],
      storageLocations: ['FR', 'DE'],
      validity: 'P2Y',
      sources: [{ origin: 'own-records', name: 'bookings' }],
    } as const
    const richer = defineNotice({
      ...noticeInput,
      controller: { ...noticeInput.controller, address: '1 Runway', country: 'FR' },
      dpo: { name: 'Officer', contact: 'dpo@air.example' },
      supervisoryAuthority: { name: 'CNIL', contact: 'https://www.cnil.fr' },
      rights: ['withdrawal', 'access', 'complaint'],
      purposes: [{ ...first, ...told }, second],
    })
    const [one] = await history()
    if (one === undefined) return expect.unreachable('no receipt')
    const document = JSON.parse(richer.documents['en'] ?? '')
    const { record, lost } = describeConsent([{ ...one, notice: document }], { now: NOW })
    expect(record.processes[0]).toMatchObject({
      personalData: [{ description: 'answers' }, { types: ['dpv:SpecialCategoryPersonalData'] }],
      storage: [{ locations: ['loc:FR', 'loc:DE'] }, { duration: { value: 'P2Y' } }],
      dataSources: [{ types: ['dpv:DataControllerDataSource'], description: 'bookings' }],
      rights: [{ types: ['eu-gdpr:A7-3'] }, { types: ['eu-gdpr:A15'] }, { types: ['eu-gdpr:A77'] }],
      events: [{ validity: { types: ['dpv:TemporalDuration'], value: 'P2Y' } }],
    })
    expect(record.parties[0]).toMatchObject({
      address: { text: '1 Runway', country: 'FR' },
      contacts: [{ email: 'privacy@example.com' }, { kind: 'data protection officer', name: 'Officer' }],
    })
    expect(validateConsentRecord(JSON.stringify(exportRecord(record).document)).valid).toBe(true)
    const reasons = lost.filter(({ path }) => path.includes('/notice/')).map(({ path }) => path)
    expect(reasons.every((path) => /practices|format/.test(path))).toBe(true)
  })

  test('leaving the signed texts out says that they were', async () => {
    const receipts = await history()
    const { record, lost } = describeConsent(receipts, { facts: FACTS, now: NOW, withoutSignedTexts: true })
    expect(lost).toContainEqual({ path: '/0/event/jws', reason: 'withheld' })
    expect(JSON.stringify(record)).not.toContain(receipts[0]?.event.jws)
    expect(validateConsentRecord(JSON.stringify(exportRecord(record).document)).valid).toBe(true)
  })

  test('a withdrawal alone is a record, of which nobody knows what it was about', async () => {
    const withdrawal = (await history()).slice(2)
    const { record } = describeConsent(withdrawal, { facts: FACTS, now: NOW })
    expect(record.processes).toMatchObject([
      { purposes: [{ id: 'improve-service' }], events: [{ state: 'withdrawn' }] },
    ])
    expect(validateConsentRecord(JSON.stringify(exportRecord(record).document)).valid).toBe(true)
    expect(await codeOf(() => exportKantara(record))).toBe('ERR_CONSENT_NOTHING_TO_EXPORT')
  })

  test('words that a later notice changed are lost, and said', async () => {
    const [first, second] = noticeInput.purposes
    if (first === undefined || second === undefined) return expect.unreachable('no purpose')
    const changed = defineNotice({
      ...noticeInput,
      version: '2026-02',
      purposes: [{ ...first, retention: 'P5Y' }, second],
    })
    const receipts = await history()
    const [one, two] = receipts
    const document = JSON.parse(changed.documents['en'] ?? '')
    if (one === undefined || two === undefined) return expect.unreachable('no receipt')
    const { record, lost } = describeConsent([one, { ...two, notice: document }], { facts: FACTS, now: NOW })
    expect(record.processes[0]?.storage[1]?.duration?.value).toBe('P5Y')
    expect(lost).toContainEqual({ path: '/0/notice/purposes/0/retention', reason: 'no-term' })
  })

  test('receipts of two persons, or none, are a mistake of the caller', async () => {
    const receipts = await history()
    const [one] = receipts
    if (one === undefined) return expect.unreachable('no receipt')
    const other = { ...one, event: { ...one.event, subject: 'A'.repeat(43) } }
    expect(await codeOf(() => describeConsent([one, other], { now: NOW }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(() => describeConsent([], { now: NOW }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

describe('exportKantara', () => {
  test('holds what is given now, and names the rest as lost', async () => {
    const { record } = describeConsent(await history(), { facts: FACTS, now: NOW, id: 'record-1' })
    const { document, lost, unstated } = exportKantara(record)
    expect(document).toMatchObject({
      version: 'KI-CR-v1.1.0',
      jurisdiction: 'FR',
      consentReceiptID: 'record-1',
      piiPrincipalId: SUBJECT,
      piiControllers: [{ piiController: 'Example Air', email: 'privacy@example.com', phone: 'N/A' }],
      services: [
        {
          purposes: [
            {
              purpose: 'We may call you about what went wrong.',
              consentType: 'EXPLICIT',
              piiCategory: ['answers', 'telephone number'],
              termination: 'P3M',
              thirdPartyDisclosure: true,
              thirdPartyName: 'Example Air customer care',
            },
          ],
        },
      ],
    })
    expect(unstated).toEqual(['/piiControllers/0/phone'])
    expect(lost).toContainEqual({ path: '/processes/0/purposes/0/title', reason: 'not-given' })
    expect(lost).toContainEqual({ path: '/processes/1/events/0/state', reason: 'no-term' })
    expect(validateConsentRecord(JSON.stringify(document))).toEqual({ valid: true, format: 'kantara', findings: [] })
  })
})
