import {
  type ChainHead,
  type Decision,
  defineNotice,
  evaluatePermission,
  type LegalBasis,
  type Notice,
  type Objection,
  type Permission,
  type PermissionQuestion,
  type RecordedEvent,
  type Ruling,
  type Signal,
  type Step,
} from '@surveyseal/consent'
import type { CountermeasureId, RiskTier } from '@surveyseal/core/risk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assessment } from './support/assessment.js'
import { AUDIENCE, NOW, noticeInput, SUBJECT, SURVEY } from './support/fixtures.js'

const PRACTICES = ['standard-survey', 'link-answers-to-record', 'close-the-loop', 'never-assessed'] as const
const PURPOSES = ['p1', 'p2', 'p3'] as const
const TICKS = 12
const [, template] = noticeInput.purposes
if (template === undefined) throw new Error('incomplete')

const at = (tick: number): Date => new Date(NOW.getTime() + tick * 1000)

/** A notice with some of the purposes; few names, so that histories and notices meet. */
const someNotice = fc
  .record({
    version: fc.constantFrom('v1', 'v2'),
    languages: fc.subarray(['en', 'fr'], { minLength: 1 }),
    purposes: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...PURPOSES),
        practices: fc.subarray(PRACTICES.slice(0, 3), { minLength: 1 }),
        legalBasis: fc.constantFrom<LegalBasis[]>('consent', 'legitimate-interests', 'contract'),
      }),
      { selector: ({ id }) => id, minLength: 1 },
    ),
  })
  .map(({ version, languages, purposes }): Notice => {
    const texts = Object.fromEntries(purposes.map(({ id }) => [id, { title: 'x', description: 'x' }]))
    const wording = { title: 'x', summary: 'x', withdrawal: 'x', purposes: texts }
    return defineNotice({
      ...noticeInput,
      version,
      purposes: purposes.map((purpose) => ({ ...template, ...purpose })),
      wording: Object.fromEntries(languages.map((language) => [language, wording])),
    })
  })

const choice = fc.constantFrom<Decision[]>('given', 'given', 'renewed', 'refused', 'withdrawn', 'deferred')
const decisions = fc.dictionary(fc.constantFrom(...PURPOSES), choice, { minKeys: 1 })

interface Draft {
  readonly kind: RecordedEvent['kind']
  readonly decisions: Readonly<Record<string, Decision>>
  /** Which of the notices, and whether its last language. */
  readonly notice: number
  readonly last: boolean
  readonly tick: number
  /** When it ends; null for never. */
  readonly until: number | null
  readonly signals: readonly Signal[]
  readonly ruling: Ruling
}

const draft: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom('decision', 'decision', 'decision', 'withdrawal', 'ruling', 'import', 'signal'),
  decisions,
  notice: fc.nat(3),
  last: fc.boolean(),
  tick: fc.nat(TICKS),
  until: fc.option(fc.nat(TICKS + 5), { freq: 2 }),
  signals: fc.subarray<Signal>(['gpc']),
  ruling: fc.constantFrom<Ruling[]>('revoked', 'invalidated'),
})

/** One person's whole chain; nothing is signed, for the gate reads what was verified before. */
function chainOf(drafts: readonly Draft[], notices: readonly Notice[]): readonly RecordedEvent[] {
  return drafts.map((one, index): RecordedEvent => {
    const base = {
      jws: `jws ${index}`,
      digest: `digest ${index}`,
      audience: AUDIENCE,
      subject: SUBJECT,
      survey: SURVEY,
      issuedAt: 0,
      seq: index + 1,
      prev: index === 0 ? null : `hash ${index - 1}`,
      salt: `salt ${index}`,
      hash: `hash ${index}`,
      receivedAt: at(one.tick).getTime(),
    }
    return { ...base, ...saidBy(one, notices) } as RecordedEvent
  })
}

/** What each kind of event says beside its place in the chain. */
function saidBy({ kind, decisions, notice, last, until, signals, ruling }: Draft, notices: readonly Notice[]): object {
  const purposes = Object.keys(decisions)
  const all = (decision: string) => Object.fromEntries(purposes.map((purpose) => [purpose, decision]))
  const controller = { kind, proof: 'controller', keyId: 'k' }
  const validUntil = until === null ? null : at(until).getTime()
  if (kind === 'withdrawal') return { ...controller, decisions: all('withdrawn'), via: 'operator' }
  if (kind === 'ruling') return { ...controller, decisions: all(ruling) }
  if (kind === 'signal') return { ...controller, decisions: {}, signal: 'gpc', purposes }
  if (kind === 'import') {
    const asserted = Object.entries(decisions).map(([purpose, decision]) => [purpose, ASSERTED[decision]])
    const told = { decisions: Object.fromEntries(asserted), decidedAt: 0, source: 'crm', validUntil }
    return { ...controller, ...told, proof: 'asserted' }
  }
  const digests = Object.values(notices[notice]?.digests ?? { none: SUBJECT })
  const shown = { notice: (last ? digests.at(-1) : digests[0]) ?? SUBJECT, language: 'en', id: 'id', nonce: 'nonce' }
  const key = { keyThumbprint: 't', keyAssurance: 'stored', actor: 'self', proof: 'person' }
  return { ...shown, ...key, kind, decisions, validUntil, signals }
}

const ASSERTED = {
  given: 'given',
  renewed: 'given',
  refused: 'refused',
  withdrawn: 'withdrawn',
  deferred: 'refused',
} as const satisfies Record<Decision, string>

const objection: fc.Arbitrary<Objection> = fc.record({
  id: fc.constantFrom('o1', 'o2'),
  purposes: fc.option(fc.subarray([...PURPOSES], { minLength: 1 })),
  from: fc.nat(TICKS).map((tick) => at(tick).getTime()),
  until: fc.option(fc.nat(TICKS).map((tick) => at(tick).getTime())),
})

const countermeasures: readonly CountermeasureId[] = ['transparency-notice', 'permission', 'consent']

const question = fc
  .record({
    practice: fc.constantFrom(...PRACTICES),
    missing: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray([...countermeasures])),
    tier: fc.constantFrom<RiskTier[]>('medium', 'high'),
    notices: fc.array(someNotice, { maxLength: 3 }),
    drafts: fc.array(draft, { maxLength: 6 }),
    objections: fc.array(objection, { maxLength: 2 }),
    tick: fc.nat(TICKS),
  })
  .map(
    ({ practice, missing, tier, notices, drafts, objections, tick }): Required<PermissionQuestion> => ({
      practice,
      assessment: assessment({ missing, tier }),
      events: chainOf(drafts, notices),
      notices,
      objections,
      heads: [],
      at: at(tick),
    }),
  )

/** A question whose answer is often an allow: half of all random ones deny for a dull reason. */
const allowed = question.filter((asked) => evaluatePermission(asked).outcome === 'allow')
const denied = question.filter((asked) => evaluatePermission(asked).outcome === 'deny')

const refusedAll = Object.fromEntries(PURPOSES.map((purpose) => [purpose, 'refused' as const]))

const YES: readonly (string | undefined)[] = ['given', 'renewed']

const headOf = ({ seq, hash }: RecordedEvent): ChainHead => ({ seq, hash })

const next = (asked: PermissionQuestion, changes: Partial<Draft>): PermissionQuestion['events'] => {
  const index = asked.events.length
  const quiet = { until: null, signals: [], ruling: 'revoked' } as const
  const empty: Draft = { kind: 'decision', decisions: {}, notice: 0, last: false, tick: 0, ...quiet, ...changes }
  const [added] = chainOf([empty], asked.notices)
  if (added === undefined) return asked.events
  const place = { seq: index + 1, prev: asked.events.at(-1)?.hash ?? null, hash: 'hash new', digest: 'digest new' }
  return [...asked.events, { ...added, ...place, receivedAt: asked.at.getTime() }]
}

/** An older event that an instant did not know yet is known once a later one is. */
const knowsAll = ({ events, at }: PermissionQuestion): boolean =>
  events.every(({ receivedAt }) => receivedAt <= at.getTime())

describe('an event', () => {
  test('turns a deny into an allow only if it is a person’s own given or renewed, where a decision is needed of the purpose the allow names', () => {
    fc.assert(
      fc.property(denied, draft, (asked, added) => {
        fc.pre(knowsAll(asked))
        const events = next(asked, added)
        const permission = evaluatePermission({ ...asked, events })
        if (permission.outcome === 'deny') return
        expect(added.kind).toBe('decision')
        const yes = Object.keys(added.decisions).filter((purpose) => YES.includes(added.decisions[purpose]))
        // Where none is needed, a yes under another notice may take back the no that stood in the way.
        if (permission.reason === 'given') expect(yes).toContain(permission.purpose)
        else expect(yes).not.toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('that is a signal, an import, a ruling, a withdrawal or a deferral never does', () => {
    const silent = fc.oneof(
      draft.filter(({ kind }) => kind !== 'decision'),
      decisions.map((named) => {
        const deferred = Object.fromEntries(Object.keys(named).map((purpose) => [purpose, 'deferred' as const]))
        return { kind: 'decision' as const, decisions: deferred }
      }),
    )
    fc.assert(
      fc.property(denied, silent, (asked, added) => {
        fc.pre(knowsAll(asked))
        expect(evaluatePermission({ ...asked, events: next(asked, added) }).outcome).toBe('deny')
      }),
      { numRuns: 300 },
    )
  })

  test('never allows alone what nobody but the host asserts, above the low tier', () => {
    const imported = draft.map((one): Draft => ({ ...one, kind: 'import' }))
    fc.assert(
      fc.property(question, fc.array(imported, { maxLength: 4 }), (asked, drafts) => {
        fc.pre(asked.practice !== 'standard-survey')
        expect(evaluatePermission({ ...asked, events: chainOf(drafts, asked.notices) }).outcome).toBe('deny')
      }),
    )
  })
})

describe('time', () => {
  test('never turns a deny into an allow above the low tier, once everything was received and nobody objects', () => {
    fc.assert(
      fc.property(denied, fc.nat(20), (asked, later) => {
        fc.pre(knowsAll(asked) && asked.practice !== 'standard-survey')
        const when = new Date(asked.at.getTime() + later * 1000)
        const asking = { ...asked, objections: [] }
        fc.pre(evaluatePermission(asking).outcome === 'deny')
        expect(evaluatePermission({ ...asking, at: when }).outcome).toBe('deny')
      }),
      { numRuns: 300 },
    )
  })

  test('ends an allow when what was given ends', () => {
    fc.assert(
      fc.property(allowed, (asked) => {
        const permission = evaluatePermission(asked)
        if (permission.outcome === 'deny' || permission.reason !== 'given') return
        const decisive = asked.events.findLast(({ digest }) => permission.evidence.events.includes(digest))
        if (decisive?.kind !== 'decision' || decisive.validUntil === null) return
        expect(asked.at.getTime()).toBeLessThan(decisive.validUntil)
        const events = asked.events.slice(0, decisive.seq)
        const ended = evaluatePermission({ ...asked, events, at: new Date(decisive.validUntil) })
        if (ended.outcome === 'allow') expect(ended.evidence.events).not.toContain(decisive.digest)
      }),
    )
  })
})

describe('a withdrawal', () => {
  test('of the purpose an allow names ends it', () => {
    fc.assert(
      fc.property(allowed, (asked) => {
        const permission = evaluatePermission(asked)
        if (permission.outcome === 'deny') return expect.unreachable()
        const decisions = Object.fromEntries(PURPOSES.map((purpose) => [purpose, 'withdrawn' as const]))
        const events = next(asked, { kind: 'withdrawal', decisions })
        expect(evaluatePermission({ ...asked, events })).toMatchObject({ outcome: 'deny' })
      }),
    )
  })
})

describe('an objection', () => {
  test('never turns a deny into an allow', () => {
    fc.assert(
      fc.property(denied, objection, (asked, added) => {
        const objections = [...asked.objections, added]
        expect(evaluatePermission({ ...asked, objections }).outcome).toBe('deny')
      }),
      { numRuns: 300 },
    )
  })
})

describe('evidence', () => {
  test('taken away never turns a deny into an allow: countermeasures met, events that somebody knows of', () => {
    fc.assert(
      fc.property(denied, fc.nat(), fc.constantFrom(...countermeasures), (asked, lost, countermeasure) => {
        const practices = asked.assessment.practices.map((practice) => ({
          ...practice,
          met: practice.met.filter((met) => met.countermeasure !== countermeasure),
          missing: [...practice.missing, countermeasure],
        }))
        const poorer = { ...asked, assessment: { ...asked.assessment, practices } }
        expect(evaluatePermission(poorer).outcome).toBe('deny')

        const heads = asked.events.map(headOf)
        const events = asked.events.filter((_, index) => index !== lost % asked.events.length)
        expect(evaluatePermission({ ...asked, heads, events }).outcome).toBe('deny')
      }),
      { numRuns: 300 },
    )
  })

  test('taken away never turns a deny into an allow: notices, above the low tier', () => {
    fc.assert(
      fc.property(denied, fc.nat(), (asked, lost) => {
        fc.pre(asked.practice !== 'standard-survey')
        const notices = asked.notices.filter((_, index) => index !== lost % asked.notices.length)
        expect(evaluatePermission({ ...asked, notices }).outcome).toBe('deny')
      }),
      { numRuns: 300 },
    )
  })

  test('of an allow is enough: the events it names, and its notices, allow by themselves', () => {
    fc.assert(
      fc.property(allowed, (asked) => {
        const permission = evaluatePermission(asked)
        const { evidence } = permission
        const digests = new Set(evidence.notices.map(({ digest }) => digest))
        const notices = asked.notices.filter((notice) =>
          Object.values(notice.digests).some((digest) => digests.has(digest)),
        )
        const named = asked.events.filter(({ digest }) => evidence.events.includes(digest))
        const events = named.map((event, index) => {
          const place = { seq: index + 1, prev: named[index - 1]?.hash ?? null }
          return { ...event, ...place, receivedAt: asked.at.getTime(), validUntil: null }
        })
        expect(evaluatePermission({ ...asked, notices, events, objections: [] })).toMatchObject({
          outcome: 'allow',
          reason: permission.reason,
        })
      }),
    )
  })

  test('of an allow that a given made is needed: had that event refused, or had its notice not been in force, it would not stand', () => {
    fc.assert(
      fc.property(allowed, (asked) => {
        const permission = evaluatePermission(asked)
        if (permission.outcome === 'deny' || permission.reason !== 'given') return
        const named = asked.events.findLast(({ digest }) => permission.evidence.events.includes(digest))
        if (named?.kind !== 'decision') return expect.unreachable()
        expect(['given', 'renewed']).toContain(named.decisions[permission.purpose])
        expect(permission.evidence.notices.map(({ digest }) => digest)).toContain(named.notice)
        const events = asked.events.map((event) => (event === named ? { ...event, decisions: refusedAll } : event))
        const rest = evaluatePermission({ ...asked, events })
        if (rest.outcome === 'allow') expect([rest.purpose, rest.reason]).not.toEqual([permission.purpose, 'given'])
        const notices = asked.notices.filter((notice) => !Object.values(notice.digests).includes(named.notice))
        const elsewhere = evaluatePermission({ ...asked, notices })
        if (elsewhere.outcome === 'allow') expect(elsewhere.evidence.events.at(-1)).not.toBe(named.digest)
      }),
    )
  })
})

describe('an explanation', () => {
  test('of a deny is complete: whoever does what it says, as often as it says something, gets an allow', () => {
    fc.assert(
      fc.property(denied, (asked) => {
        let now: PermissionQuestion = asked
        let permission: Permission = evaluatePermission(now)
        for (let round = 0; round < 4 && permission.outcome === 'deny'; round++) {
          expect(permission.wouldAllow).not.toEqual([])
          for (const step of permission.wouldAllow) now = take(step, now)
          permission = evaluatePermission(now)
        }
        expect(permission.outcome).toBe('allow')
      }),
      { numRuns: 300 },
    )
  })

  /** Does what a step says, and nothing else. */
  function take(step: Step, asked: PermissionQuestion): PermissionQuestion {
    const { practice, assessment: assessed } = asked
    switch (step.step) {
      case 'assess-practice': {
        const [model] = assessment({ tier: 'high' }).practices.slice(1)
        if (model === undefined) return asked
        return { ...asked, assessment: { ...assessed, practices: [...assessed.practices, { ...model, id: practice }] } }
      }
      case 'meet-countermeasures': {
        const practices = assessed.practices.map((one) => ({
          ...one,
          missing: one.id === practice ? one.missing.filter((id) => !step.countermeasures.includes(id)) : one.missing,
        }))
        return { ...asked, assessment: { ...assessed, practices } }
      }
      case 'publish-notice': {
        const wording = { ...noticeInput.wording['en'], purposes: { new: { title: 'x', description: 'x' } } }
        const purposes = [{ ...template, id: 'new', practices: [practice], legalBasis: 'consent' as const }]
        const published = defineNotice({ ...noticeInput, purposes, wording: { en: wording } } as typeof noticeInput)
        return { ...asked, notices: [...asked.notices, published] }
      }
      case 'restore-history':
        return { ...asked, events: [], heads: [] }
      case 'resolve-objections': {
        const objections = (asked.objections ?? []).filter(({ id }) => !step.objections.includes(id))
        return { ...asked, objections }
      }
      case 'ask': {
        const [purpose] = step.purposes
        const [digest] = step.notices[purpose ?? ''] ?? []
        const notice = asked.notices.findIndex(
          ({ digests }) => digest !== undefined && Object.values(digests)[0] === digest,
        )
        const events = next(asked, { decisions: { [purpose ?? '']: 'given' }, notice })
        return { ...asked, events }
      }
      default:
        return step satisfies never
    }
  }
})

describe('the past', () => {
  test('is what the events received until then say, and what came later says nothing', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const until = asked.events.findLastIndex(({ receivedAt }) => receivedAt <= asked.at.getTime()) + 1
        const then = { ...asked, events: asked.events.slice(0, until) }
        expect(evaluatePermission(asked)).toEqual(evaluatePermission(then))
        const known = asked.objections.filter(({ from }) => from <= asked.at.getTime())
        expect(evaluatePermission({ ...then, objections: known })).toEqual(evaluatePermission(asked))
      }),
      { numRuns: 300 },
    )
  })
})

describe('a decision', () => {
  test('is the same for the same question, and changes nothing of it', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const copy = structuredClone(asked)
        const first = evaluatePermission(freeze(asked))
        expect(evaluatePermission(asked)).toEqual(first)
        expect(evaluatePermission(copy)).toEqual(first)
        expect(asked).toEqual(copy)
      }),
    )
  })

  test('is made on any history whatever: nothing is thrown, and what is no chain denies', () => {
    const number = fc.oneof(fc.integer(), fc.constantFrom(Number.NaN, Infinity, -0, 2 ** 53))
    const text = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', ...PURPOSES))
    const garbage = fc.record({
      seq: number,
      prev: fc.option(text),
      hash: text,
      receivedAt: number,
      decisions: fc.dictionary(text, fc.constantFrom<Decision[]>('given', 'refused', 'withdrawn')),
      subject: text,
    })
    fc.assert(
      fc.property(question, fc.array(garbage, { minLength: 1, maxLength: 5 }), text, (asked, changes, practice) => {
        const [base] = next({ ...asked, events: [] }, {})
        const events = changes.map((change) => ({ ...base, ...change }) as RecordedEvent)
        const { outcome } = evaluatePermission({ ...asked, events })
        const isChain = events.length === 1 && events[0]?.seq === 1 && events[0].prev === null
        if (!isChain && events.length === 1) expect(outcome).toBe('deny')
        expect(evaluatePermission({ ...asked, events, practice: `no ${practice}` }).outcome).toBe('deny')
      }),
      { numRuns: 300 },
    )
  })

  function freeze<T>(value: T): T {
    if (typeof value === 'object' && value !== null && !(value instanceof Date) && !Object.isFrozen(value)) {
      Object.freeze(value)
      for (const member of Object.values(value)) freeze(member)
    }
    return value
  }
})
