import {
  createGate,
  type Decision,
  defineNotice,
  evaluatePermission,
  type Notice,
  type PermissionQuestion,
  type RecordedEvent,
} from '@surveyseal/consent'
import { COUNTERMEASURES } from '@surveyseal/core/risk'
import { describe, expect, test } from 'vitest'
import { assessment } from './support/assessment.js'
import { later, NOW, notice, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'
import { createWorld, type World } from './support/service.js'

const chain = { subject: SUBJECT, survey: SURVEY }
const LINK = 'link-answers-to-record'
const CALL = 'close-the-loop'

/** What happened, one minute apart: decisions, or 'withdraw'. */
async function history(
  world: World,
  ...steps: (Record<string, Decision> | 'withdraw')[]
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for (const step of steps) {
    world.advance(60)
    const done = step === 'withdraw' ? world.service.withdraw({ ...chain, via: 'link' }) : world.decide(step)
    events.push((await done).event)
  }
  return events
}

const world = await createWorld()
const [given, refused, regiven, withdrawn, again] = await history(
  world,
  { 'improve-service': 'given', 'call-back': 'refused' },
  { 'improve-service': 'refused', 'call-back': 'refused' },
  { 'improve-service': 'given', 'call-back': 'given' },
  'withdraw',
  { 'improve-service': 'given' },
)
if (!given || !refused || !regiven || !withdrawn || !again) throw new Error('incomplete')
const all = [given, refused, regiven, withdrawn, again]

const inForce = ['en', 'fr'].map((language) => ({
  id: 'flight-feedback',
  version: '2026-01',
  language,
  digest: notice.digests[language],
}))

const decide = (changes: Partial<PermissionQuestion>) =>
  evaluatePermission({
    practice: LINK,
    assessment: assessment(),
    events: all,
    notices: [notice],
    at: later(3600),
    ...changes,
  })

describe('allow', () => {
  test('the purpose that permits the practice was given under a notice in force', () => {
    expect(decide({})).toEqual({
      outcome: 'allow',
      practice: LINK,
      reason: 'given',
      purpose: 'improve-service',
      evidence: {
        countermeasures: ['transparency-notice', 'permission', 'expectation-communication'],
        notices: inForce,
        events: [again.digest],
        objections: [],
      },
    })
  })

  test('a low tier needs the notice and no event', () => {
    expect(decide({ practice: 'standard-survey', events: [] })).toMatchObject({
      outcome: 'allow',
      reason: 'no-decision-needed',
      purpose: 'improve-service',
      evidence: { notices: inForce, events: [] },
    })
  })

  test('whatever order the events are handed over in', () => {
    expect(decide({ events: [...all].reverse() })).toEqual(decide({}))
  })
})

describe('deny', () => {
  test('practice-not-assessed', () => {
    expect(decide({ practice: 'video-feedback' })).toEqual({
      outcome: 'deny',
      practice: 'video-feedback',
      reason: 'practice-not-assessed',
      wouldAllow: [{ step: 'assess-practice' }],
      evidence: { countermeasures: [], notices: [], events: [], objections: [] },
    })
  })

  test('countermeasure-missing, and everything else that is lacking', () => {
    const lacking = assessment({ missing: ['expectation-communication'] })
    expect(decide({ assessment: lacking })).toMatchObject({
      reason: 'countermeasure-missing',
      wouldAllow: [{ step: 'meet-countermeasures', countermeasures: ['expectation-communication'] }],
      evidence: { countermeasures: ['transparency-notice', 'permission'] },
    })
    expect(decide({ assessment: lacking, events: [] })).toMatchObject({
      wouldAllow: [{ step: 'meet-countermeasures' }, { step: 'ask', purposes: ['improve-service'] }],
    })
  })

  test('no-purpose-permits: no notice in force, or none that lists the practice', () => {
    for (const changes of [{ notices: [] }, { practice: 'share-verbatims' }]) {
      expect(decide(changes)).toMatchObject({ reason: 'no-purpose-permits', wouldAllow: [{ step: 'publish-notice' }] })
    }
  })

  test('no-purpose-permits: from the high tier on the legal basis must be consent', () => {
    const [first, second] = noticeInput.purposes
    if (!first || !second) return expect.unreachable()
    const purposes = [{ ...first, legalBasis: 'legitimate-interests' as const }, second]
    const basis = defineNotice({ ...noticeInput, purposes })
    expect(decide({ notices: [basis], assessment: assessment({ tier: 'high' }) })).toMatchObject({
      reason: 'no-purpose-permits',
    })
    expect(decide({ assessment: assessment({ tier: 'high' }) })).toMatchObject({ outcome: 'allow' })
  })

  test('no-decision', () => {
    expect(decide({ events: [] })).toMatchObject({
      reason: 'no-decision',
      wouldAllow: [{ step: 'ask', purposes: ['improve-service'] }],
      evidence: { events: [] },
    })
  })

  test('refused', () => {
    expect(decide({ events: [given, refused] })).toMatchObject({
      reason: 'refused',
      evidence: { events: [refused.digest] },
    })
  })

  test('withdrawn', () => {
    expect(decide({ events: [given, refused, regiven, withdrawn] })).toMatchObject({
      reason: 'withdrawn',
      evidence: { events: [withdrawn.digest] },
    })
  })

  test('withdrawn or refused stands against a low tier as well', () => {
    const practice = 'standard-survey'
    expect(decide({ practice, events: [given, refused] })).toMatchObject({ reason: 'refused' })
    expect(decide({ practice, events: [given, refused, regiven, withdrawn] })).toMatchObject({ reason: 'withdrawn' })
  })

  test('c15t’s bug: a row that exists is not a permission, only a latest `given` is', () => {
    // c15t 2.0 RC took any recorded row of the type for consent, whatever it said and however old: all of these would allow.
    for (const events of [
      [given, refused],
      [given, refused, regiven, withdrawn],
    ]) {
      expect(decide({ events }).outcome).toBe('deny')
    }
    expect(decide({ practice: CALL, events: [given] })).toMatchObject({ reason: 'refused' })
  })

  test('another purpose’s `given` permits nothing', () => {
    const events = all
    expect(decide({ practice: LINK, events })).toMatchObject({ outcome: 'allow' })
    expect(decide({ practice: CALL, events })).toMatchObject({ reason: 'withdrawn' })
  })

  test('notice-not-in-force: a new version, another notice, or another language only', async () => {
    const next = defineNotice({ ...noticeInput, version: '2026-02' })
    const { en: _, ...wording } = noticeInput.wording
    const french = defineNotice({ ...noticeInput, wording })
    for (const notices of [[next], [french]]) {
      expect(decide({ notices })).toMatchObject({
        reason: 'notice-not-in-force',
        wouldAllow: [{ step: 'ask', purposes: ['improve-service'] }],
      })
    }
    expect(decide({ notices: [next, notice] })).toMatchObject({ outcome: 'allow' })
  })

  test('a purpose of the same name in another notice permits only what its own notice says', async () => {
    const [first, second] = noticeInput.purposes
    if (!first || !second) return expect.unreachable()
    const wide = defineNotice({ ...noticeInput, id: 'wide', purposes: [{ ...first, practices: [CALL] }, second] })
    const narrow: Notice = notice
    const asked = await createWorld({ notices: [narrow, wide] })
    const events = await history(asked, { 'improve-service': 'given', 'call-back': 'refused' })
    expect(decide({ practice: CALL, notices: [narrow, wide], events })).toMatchObject({ reason: 'refused' })
    expect(decide({ practice: CALL, notices: [wide], events })).toMatchObject({ outcome: 'deny' })
  })

  test('history-broken: a gap, a foreign event, another order, or the first event missing', async () => {
    const stranger = await history(await createWorld(), { 'improve-service': 'given', 'call-back': 'given' })
    const other = { ...given, subject: given.hash }
    for (const events of [
      [given, regiven],
      [refused, regiven],
      [given, given],
      [given, ...stranger],
      [other, refused],
      [given, { ...refused, prev: given.salt }],
    ]) {
      expect(decide({ events })).toMatchObject({
        reason: 'history-broken',
        wouldAllow: [{ step: 'restore-history' }],
        evidence: { events: [] },
      })
    }
  })
})

describe('objections', () => {
  const [first, second] = noticeInput.purposes
  if (!first || !second) throw new Error('incomplete')
  const interests = defineNotice({
    ...noticeInput,
    purposes: [{ ...first, legalBasis: 'legitimate-interests' }, second],
  })
  const objection = { id: 'request-1', purposes: null, from: NOW.getTime(), until: null }
  const practice = 'standard-survey'

  test('objected: a purpose that rests on legitimate interests permits nothing until the objection ends', () => {
    const asked = { practice, notices: [interests], events: [] }
    expect(decide(asked)).toMatchObject({ outcome: 'allow' })
    expect(decide({ ...asked, objections: [objection] })).toMatchObject({
      reason: 'objected',
      wouldAllow: [{ step: 'resolve-objections', objections: ['request-1'] }],
      evidence: { objections: ['request-1'] },
    })
    const ended = { ...objection, until: later(60).getTime() }
    expect(decide({ ...asked, objections: [ended], at: later(59) })).toMatchObject({ reason: 'objected' })
    expect(decide({ ...asked, objections: [ended], at: later(60) })).toMatchObject({ outcome: 'allow' })
    expect(decide({ ...asked, objections: [objection], at: later(-1) })).toMatchObject({ outcome: 'allow' })
  })

  test('objected: a given under the notice does not answer an objection', async () => {
    const asked = await createWorld({ notices: [interests] })
    const events = await history(asked, { 'improve-service': 'given', 'call-back': 'given' })
    expect(decide({ notices: [interests], events })).toMatchObject({ outcome: 'allow' })
    expect(decide({ notices: [interests], events, objections: [objection] })).toMatchObject({ reason: 'objected' })
  })

  test('objected: to every purpose leaves what rests on consent, to a named one does not', () => {
    expect(decide({ objections: [objection] })).toMatchObject({ outcome: 'allow' })
    const named = { ...objection, purposes: ['improve-service'] }
    expect(decide({ objections: [named] })).toMatchObject({ reason: 'objected' })
    expect(decide({ objections: [{ ...objection, purposes: ['call-back'] }] })).toMatchObject({ outcome: 'allow' })
  })

  test('another purpose that nobody objects to can be asked for', () => {
    const both = defineNotice({
      ...noticeInput,
      purposes: [
        { ...first, legalBasis: 'legitimate-interests' },
        { ...second, practices: [CALL, practice] },
      ],
    })
    expect(decide({ practice, notices: [both], events: [], objections: [objection] })).toMatchObject({
      reason: 'objected',
      wouldAllow: [{ step: 'ask', purposes: ['call-back'] }],
    })
  })
})

describe('heads', () => {
  const head = ({ seq, hash }: RecordedEvent) => ({ seq, hash })

  test('history-broken: the newest event was dropped, and somebody holds its receipt', () => {
    const cut = [given, refused, regiven]
    expect(decide({ events: cut })).toMatchObject({ outcome: 'allow' })
    expect(decide({ events: cut, heads: [head(withdrawn)] })).toMatchObject({ reason: 'history-broken' })
  })

  test('events that are where their receipts say change nothing', () => {
    expect(decide({ heads: all.map(head) })).toEqual(decide({}))
  })

  test('history-broken: another event stands in the place of the known one', () => {
    expect(decide({ heads: [{ seq: 2, hash: given.hash }] })).toMatchObject({ reason: 'history-broken' })
  })
})

describe('the past', () => {
  test('is answered as it was at every instant', () => {
    const outcomes = [0, 60, 120, 180, 240, 300].map((seconds) => {
      const permission = decide({ at: later(seconds) })
      return permission.outcome === 'allow' ? 'allow' : permission.reason
    })
    expect(outcomes).toEqual(['no-decision', 'allow', 'refused', 'allow', 'withdrawn', 'allow'])
  })

  test('includes an event one millisecond after it was received, not before', () => {
    const at = (ms: number) => decide({ events: [given], at: new Date(given.receivedAt + ms) }).outcome
    expect([at(-1), at(0), at(1)]).toEqual(['deny', 'allow', 'allow'])
  })

  test('follows the server’s order where its clock was set back', () => {
    const events = [given, { ...refused, receivedAt: given.receivedAt - 86_400_000 }]
    expect(decide({ events, at: new Date(given.receivedAt - 1) })).toMatchObject({ reason: 'refused' })
  })

  test('needs an instant', async () => {
    expect(await codeOf(() => decide({ at: new Date(Number.NaN) }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await codeOf(() => decide({ at: 0 as unknown as Date }))).toBe('ERR_INVALID_ARG_TYPE')
  })
})

test('every countermeasure that is a person’s own decision is demanded above the low tier only', () => {
  const personal = Object.values(COUNTERMEASURES).filter(({ scope }) => scope === 'person')
  expect(personal.map(({ tier }) => tier)).toEqual(['medium', 'high'])
})

describe('createGate', () => {
  const gate = createGate({ store: world.store, assess: () => assessment(), notices: [notice], clock: () => NOW })

  test('reads the chain and the assessment, and decides', async () => {
    const at = later(3600)
    expect(await gate.evaluate({ practice: LINK, ...chain, at })).toEqual(decide({ at }))
    const stranger = await gate.evaluate({ practice: LINK, subject: given.hash, survey: SURVEY, at })
    expect(stranger).toMatchObject({ reason: 'no-decision' })
    expect(await gate.evaluate({ practice: LINK, ...chain, at: later(180 + 60) })).toMatchObject({
      reason: 'withdrawn',
    })
  })

  test('without an instant counts a withdrawal another server’s clock dates in the future', async () => {
    const fresh = await createWorld()
    await history(fresh, { 'improve-service': 'given', 'call-back': 'given' }, 'withdraw')
    const behind = createGate({
      store: fresh.store,
      assess: () => assessment(),
      notices: [notice],
      clock: () => later(61),
    })
    expect(await behind.evaluate({ practice: LINK, ...chain })).toMatchObject({ reason: 'withdrawn' })
  })

  test('assesses the instant that is asked about', async () => {
    const asked: Date[] = []
    const assess = (at: Date) => {
      asked.push(at)
      return assessment()
    }
    const watching = createGate({ store: world.store, assess, notices: [notice], clock: () => NOW })
    await watching.evaluate({ practice: LINK, ...chain, at: later(5) })
    await watching.evaluate({ practice: LINK, ...chain })
    expect(asked).toEqual([later(5), NOW])
  })

  test('asks for the notices of the instant that is asked about', async () => {
    const next = defineNotice({ ...noticeInput, version: '2026-02' })
    const since = later(3600)
    const dated = createGate({
      store: world.store,
      assess: () => assessment(),
      notices: (at) => (at < since ? [notice] : [next]),
    })
    const ask = (at: Date) => dated.evaluate({ practice: LINK, ...chain, at })
    expect(await ask(later(3599))).toMatchObject({ outcome: 'allow' })
    expect(await ask(since)).toMatchObject({ reason: 'notice-not-in-force' })
  })

  test('reads the objections of that person', async () => {
    const asked: unknown[] = []
    const objecting = createGate({
      store: world.store,
      assess: () => assessment(),
      notices: [notice],
      objections: async (of) => {
        asked.push(of)
        return [{ id: 'r', purposes: ['improve-service'], from: later(7200).getTime(), until: null }]
      },
      clock: () => later(3600),
    })
    expect(await objecting.evaluate({ practice: LINK, ...chain })).toMatchObject({ reason: 'objected' })
    expect(await objecting.evaluate({ practice: LINK, ...chain, at: later(3600) })).toMatchObject({ outcome: 'allow' })
    expect(asked).toEqual([
      { practice: LINK, ...chain },
      { practice: LINK, ...chain, at: later(3600) },
    ])
  })

  test('passes on what receipts say', async () => {
    const heads = [{ seq: 6, hash: given.hash }]
    expect(await gate.evaluate({ practice: LINK, ...chain, heads, at: later(3600) })).toMatchObject({
      reason: 'history-broken',
    })
  })

  test('throws, and so never allows, when a stored event was changed', async () => {
    const changed = (await world.store.events(chain)).map((record) => ({ ...record, salt: record.hash }))
    const store = { events: async () => changed }
    const broken = createGate({ store, assess: () => assessment(), notices: [notice] })
    expect(await codeOf(broken.evaluate({ practice: LINK, ...chain }))).toBe('ERR_CONSENT_RECORD_INVALID')
  })
})
