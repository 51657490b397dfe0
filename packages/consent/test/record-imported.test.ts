import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { consentStatus, createGate, readEventRecord, verifyReceipt } from '@surveyseal/consent'
import { type ConsentRecord, importConsentRecord, type RecordEvent, recordImported } from '@surveyseal/consent/export'
import { describe, expect, test } from 'vitest'
import { assessment } from './support/assessment.js'
import { NOW, notice, SUBJECT, SURVEY } from './support/fixtures.js'
import { OLDER, recordOf, said } from './support/foreign.js'
import { codeOf } from './support/matchers.js'
import { createWorld, type World } from './support/service.js'

const CHAIN = { subject: SUBJECT, survey: SURVEY }
const PURPOSE = 'call-back'
const take = (world: World, imported: { records: readonly ConsentRecord[] }, purposes: readonly string[] = [PURPOSE]) =>
  recordImported(imported, {
    ...CHAIN,
    service: world.service,
    source: 'crm-2019',
    purposesOf: () => purposes,
    now: NOW,
  })

async function stateOf({ store }: World, purpose = PURPOSE, at = NOW) {
  const events = (await store.events(CHAIN)).map(readEventRecord)
  return consentStatus({ purpose, events, at })
}

describe('an imported record in one call', () => {
  test('is an asserted event with the time and the end the record tells, and proves nothing', async () => {
    const world = await createWorld()
    const validity = { types: ['dpv:TemporalDuration'], value: 'P8Y' }
    const { recorded, left, unmatched } = await take(world, recordOf([said('given', { validity })]))
    expect({ left, unmatched }).toEqual({ left: [], unmatched: [] })
    expect(recorded[0]?.event).toMatchObject({
      kind: 'import',
      proof: 'asserted',
      decisions: { [PURPOSE]: 'given' },
      decidedAt: Date.parse(OLDER),
      validUntil: Date.parse('2027-05-01T10:00:00Z'),
      source: 'crm-2019',
    })
    const { notProved } = await verifyReceipt(recorded[0]?.receipt ?? '', { keys: world.keys })
    expect(notProved).toContain('person-decided')
  })

  test('never opens the gate where a decision is needed', async () => {
    const world = await createWorld()
    await take(world, recordOf([said('given')]))
    const gate = createGate({ store: world.store, assess: () => assessment(), notices: [notice] })
    const permission = await gate.evaluate({ ...CHAIN, practice: 'close-the-loop' })
    expect(permission).toMatchObject({ outcome: 'deny', reason: 'not-proved' })
  })

  test('asserts nothing over what the person decided here, but heeds a withdrawal', async () => {
    const world = await createWorld()
    await world.decide({ [PURPOSE]: 'given' })
    expect((await take(world, recordOf([said('refused')]))).left).toEqual([
      { purpose: PURPOSE, reason: 'decided-here' },
    ])
    expect((await stateOf(world)).status).toBe('given')
    await take(world, recordOf([said('withdrawn')]))
    expect(await stateOf(world)).toMatchObject({ status: 'withdrawn', proof: 'asserted' })
  })

  test('twice is once', async () => {
    const world = await createWorld()
    await take(world, recordOf([said('given')]))
    expect(await take(world, recordOf([said('given')]))).toMatchObject({
      recorded: [],
      left: [{ reason: 'decided-here' }],
    })
    expect(await world.store.events(CHAIN)).toHaveLength(1)
  })

  test('of several words on a purpose the latest counts, of several processes the gravest', async () => {
    const later = '2020-05-01T10:00:00Z'
    const word = async (...processes: (readonly RecordEvent[])[]) => {
      const world = await createWorld()
      await take(world, recordOf(...processes))
      return (await stateOf(world)).status
    }
    expect(await word([said('refused'), said('given', { at: later })])).toBe('given')
    expect(await word([said('given', { at: later }), said('withdrawn')])).toBe('given')
    expect(await word([said('given')], [said('refused')])).toBe('refused')
    expect(await word([said('refused')], [said('withdrawn')], [said('given')])).toBe('withdrawn')
    expect(await word([said('given'), said('withdrawn')])).toBe('withdrawn')
    expect(await word([said('given')], [said('requested')])).toBe('unknown')
  })

  test.each<[string, RecordEvent]>([
    ['undecided', said('requested')],
    ['undecided', said('deferred')],
    ['undecided', said('unknown')],
    ['ended', said('expired')],
    ['ended', said('revoked')],
    ['ended', said('invalidated')],
    ['not-by-the-person', said('given', { by: ['company:Signatu'] })],
    ['not-expressed', said('given', { type: 'implied' })],
    ['not-expressed', said('renewed', { type: 'uninformed' })],
    ['unclear-end', said('given', { validity: { types: ['dpv:FixedOccurrencesDuration'], value: '12' } })],
    ['unclear-end', said('given', { validity: { types: ['dpv:UntilTimeDuration'], value: 'soon' } })],
    ['in-the-future', said('given', { at: '2099-01-01T00:00:00Z' })],
    ['in-the-future', said('withdrawn', { at: '2099-01-01T00:00:00Z' })],
  ])('leaves out and names what is %s', async (reason, event) => {
    const world = await createWorld()
    expect(await take(world, recordOf([event]))).toMatchObject({ recorded: [], left: [{ purpose: PURPOSE, reason }] })
    expect(await world.store.events(CHAIN)).toEqual([])
  })

  test('a process that is nothing of this host’s is handed back', async () => {
    const world = await createWorld()
    const { recorded, unmatched } = await take(world, recordOf([said('given')]), [])
    expect({ recorded, unmatched: unmatched.length }).toEqual({ recorded: [], unmatched: 1 })
  })

  test('months end where the calendar ends them', async () => {
    const world = await createWorld()
    const validity = { types: ['dpv:TemporalDuration'], value: 'P1M' }
    const { recorded } = await take(world, recordOf([said('given', { at: '2024-01-31T23:00:00Z', validity })]))
    expect(recorded[0]?.event).toMatchObject({ validUntil: Date.parse('2024-02-29T23:00:00Z') })
  })

  test('ERR_INVALID_ARG_VALUE: a source or purpose that could name a person', async () => {
    const world = await createWorld()
    const options = { ...CHAIN, service: world.service, source: 'crm', purposesOf: () => [PURPOSE], now: NOW }
    const imported = recordOf([said('given')])
    expect(await codeOf(recordImported(imported, { ...options, source: 'jo@mail.example' }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
    expect(await codeOf(recordImported(imported, { ...options, purposesOf: () => ['a b'] }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
    expect(await world.store.events(CHAIN)).toEqual([])
  })
})

describe('records that others published', () => {
  const data = process.env['SURVEYSEAL_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))
  const isThere = existsSync(`${data}/kantara`)
  const read = (name: string): string => readFileSync(`${data}/${name}`, 'utf8')

  test.runIf(isThere)(
    'kantara/example.json: three purposes asserted as given, the one that is no consent left out',
    async () => {
      const world = await createWorld()
      const { recorded, left } = await recordImported(importConsentRecord(read('kantara/example.json')), {
        ...{ ...CHAIN, service: world.service, source: 'kantara', now: NOW },
        purposesOf: ({ purposes }) => [
          String(purposes[0]?.description).toLowerCase().replaceAll(' ', '-').slice(0, 64),
        ],
      })
      expect(recorded.map(({ event }) => event.kind === 'import' && event.decisions)).toEqual([
        { 'to-provide-contracted-services': 'given' },
        { 'to-personalize-service-experience': 'given' },
        { 'to-market-services': 'given' },
      ])
      expect(left).toEqual([{ purpose: 'complying-with-legal-obligations', reason: 'undecided' }])
    },
  )

  test.runIf(isThere)('dpv/SEP-01b.json, mended: one purpose, two recipients yes and a third no, is a no', async () => {
    const mended = read('dpv/SEP-01b.json')
      .replace('"company:Signatu":', '"company:SignatuAS":')
      .replaceAll('T16:08:50"', 'T16:08:50Z", "dpv:isIndicatedBy": "UUID-4"')
      .replace('"dpv:hasRight"', '"dpv:hasJurisdiction": "loc:NO", "dpv:hasRight"')
      .replace('["dpv:ConsentRefused", "dpv:ExpressedConsent"],', '["dpv:ConsentRefused"], "dpv:hasDuration": "P6M",')
    const world = await createWorld()
    await take(world, importConsentRecord(mended))
    expect((await stateOf(world)).status).toBe('refused')
  })
})
