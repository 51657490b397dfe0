import { createGate, defineNotice, type NoticeInput, receiptHtml, verifyReceipt } from '@surveyseal/consent'
import { describeConsent, exportKantara, exportRecord, importConsentRecord } from '@surveyseal/consent/export'
import { createConsentForm } from '@surveyseal/consent/form'
import { compareNotices, lintNotice } from '@surveyseal/consent/notices'
import { assembleAccess, renderAccessHtml } from '@surveyseal/consent/rights'
import type { Assessment } from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'
import { NOW, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { createWorld } from './support/service.js'

/** Names that every object has already, as far as purposes may be called so. */
const NAMES = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', 'toLocaleString']

const { en } = noticeInput.wording
const input: NoticeInput = {
  ...noticeInput,
  purposes: NAMES.map((id) => ({
    id,
    practices: [id],
    legalBasis: 'consent',
    dataCategories: NAMES,
    recipients: NAMES,
    retention: 'P1Y',
  })),
  wording: {
    en: {
      ...(en as NonNullable<typeof en>),
      purposes: Object.fromEntries(NAMES.map((id) => [id, { title: `About ${id}`, description: id }])),
    },
  },
}
const notice = defineNotice(input)
const practices = NAMES.map((id) => ({ id, tier: 'low', reasons: [], required: [], met: [], missing: [] }))
const assessment = { practices, missing: [] } as unknown as Assessment
const chain = { subject: SUBJECT, survey: SURVEY }
const given = Object.fromEntries(NAMES.map((name) => [name, 'given' as const]))

async function decided() {
  const world = await createWorld({ notices: [notice] })
  const recorded = await world.decide(given)
  return { world, recorded, verified: await verifyReceipt(recorded.receipt, world) }
}

describe('purposes, categories and recipients called as members of every object are', () => {
  test('asked about, decided, withdrawn one by one, and printed under their titles', async () => {
    const { world, recorded, verified } = await decided()
    expect(recorded.event.decisions).toEqual(given)
    const page = receiptHtml(verified, { language: 'en' })
    for (const name of NAMES) expect(page).toContain(`About ${name}`)
    expect(page).not.toContain('native code')
    const { effects } = await world.service.withdraw({ receipt: recorded.receipt, purposes: ['constructor'] })
    expect(effects).toEqual({ purposes: ['constructor'], practices: ['constructor'], links: [] })
  })

  test('permitted by the gate only where the person said so', async () => {
    const { world } = await decided()
    const gate = createGate({ store: world.store, notices: [notice], assess: () => assessment })
    expect(await gate.evaluate({ ...chain, practice: 'toString' })).toMatchObject({ outcome: 'allow', reason: 'given' })
    await world.service.withdraw({ ...chain, via: 'operator', purposes: ['toString'] })
    expect(await gate.evaluate({ ...chain, practice: 'toString' })).toMatchObject({
      outcome: 'deny',
      reason: 'withdrawn',
    })
    expect(await gate.evaluate({ ...chain, practice: 'valueOf' })).toMatchObject({ outcome: 'allow' })
    expect(await gate.evaluate({ ...chain, practice: '__proto__' })).toMatchObject({ outcome: 'deny' })
  })

  test('chosen in the form, linted and compared like others', async () => {
    const { world } = await decided()
    const form = createConsentForm(await world.ask())
    expect(Object.keys(form.choices)).toEqual(NAMES)
    expect(form.submit()).toMatchObject({ outcome: 'undecided', purposes: NAMES })
    expect(form.decide('constructor', 'given').choices).toEqual({ ...form.choices, constructor: 'given' })
    expect(JSON.stringify(lintNotice(notice, assessment))).not.toContain('native code')
    const changed = defineNotice({
      ...input,
      version: '2',
      purposes: input.purposes.slice(1),
      wording: without('constructor'),
    })
    expect(JSON.stringify(compareNotices(notice, changed))).not.toContain('native code')
  })

  test('exported, read back and told to the person as what they are', async () => {
    const { world, verified } = await decided()
    const { record } = describeConsent([verified], { facts: {}, now: NOW, id: 'record-1' })
    const { document } = exportRecord(record)
    expect(JSON.stringify(document)).not.toContain('native code')
    expect(JSON.stringify(exportKantara(record))).not.toContain('native code')
    expect(importConsentRecord(JSON.stringify(document)).records[0]?.processes).toHaveLength(NAMES.length)
    const report = await assembleAccess({
      ...{ person: 'p', store: world.store, controller: input.controller, notices: [notice], language: 'en', now: NOW },
      sources: {
        records: async () => [
          { id: 'r', survey: SURVEY, source: null, fields: JSON.parse('{"__proto__":1,"constructor":2}') },
        ],
        links: async () => [],
        chains: async () => [chain],
      },
    })
    const page = renderAccessHtml(report, { language: 'en' })
    for (const name of NAMES) expect(page).toContain(`About ${name}`)
    expect(page).toContain('__proto__')
    expect(page).not.toContain('native code')
  })
})

function without(purpose: string): NoticeInput['wording'] {
  const { en } = input.wording
  const purposes = Object.entries(en?.purposes ?? {}).filter(([name]) => name !== purpose)
  return { en: { ...(en as NonNullable<typeof en>), purposes: Object.fromEntries(purposes) } }
}
