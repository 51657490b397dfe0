import {
  ConsentError,
  createConsentRequest,
  type Decision,
  defineNotice,
  evaluatePermission,
  type NoticeInput,
  parseNotice,
  pseudonymize,
  type RecordedEvent,
  readEventRecord,
  verifyConsent,
  verifyReceipt,
} from '@surveyseal/consent'
import fc from 'fast-check'
import { base64url } from 'jose'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../src/lib/json.js'
import { assessment } from './support/assessment.js'
import { AUDIENCE, later, NOW, notice, noticeInput, SECRET, SUBJECT, SURVEY } from './support/fixtures.js'
import { createForger, honestPayload } from './support/forge.js'
import { createWorld } from './support/service.js'

const chain = { subject: SUBJECT, survey: SURVEY }
const BOTH = { 'improve-service': 'given', 'call-back': 'given' } as const
const forger = await createForger()
const request = createConsentRequest(notice, {
  ...chain,
  language: 'en',
  audience: AUDIENCE,
  head: null,
  now: NOW,
})
const honest = await forger.sign(request)
const world = await createWorld()
const recorded = await world.decide(BOTH)

/** Every way a text can differ from itself in one place. */
const mutation = (text: string): fc.Arbitrary<string> =>
  fc
    .record({
      at: fc.nat(text.length - 1),
      kind: fc.constantFrom('replace', 'insert', 'delete'),
      character: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0é'),
    })
    .map(({ at, kind, character }) => {
      const [before, after] = [text.slice(0, at), text.slice(at + (kind === 'insert' ? 0 : 1))]
      return before + (kind === 'delete' ? '' : character) + after
    })
    .filter((changed) => changed !== text)

const isRefused = async (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => false,
    (error: unknown) => error instanceof ConsentError,
  )

describe('event', () => {
  test('an event of which any character is changed, added or lost does not verify', async () => {
    await fc.assert(
      fc.asyncProperty(mutation(honest), (jws) => isRefused(verifyConsent(jws, { request, now: NOW }))),
      { numRuns: 500 },
    )
  })

  test('an event of which any bit is flipped does not verify', async () => {
    const parts = honest.split('.').map((part) => base64url.decode(part))
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(7), (part, at, bit) => {
        const changed = parts.map((bytes) => bytes.slice())
        const bytes = changed[part] ?? new Uint8Array(1)
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit)
        const jws = changed.map((bytes) => base64url.encode(bytes)).join('.')
        return isRefused(verifyConsent(jws, { request, now: NOW }))
      }),
      { numRuns: 300 },
    )
  })

  test('an honestly signed event with any member changed does not answer the request', async () => {
    const payload = honestPayload(request)
    const members = Object.keys(payload).filter((member) => member !== 'jti' && member !== 'keyAssurance')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...members), fc.jsonValue(), async (member, value) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(payload[member]))
        fc.pre(!(member === 'iat' && typeof value === 'number' && Math.abs(value - Number(payload['iat'])) <= 300))
        const jws = await forger.sign(request, { payload: { [member]: value } })
        return isRefused(verifyConsent(jws, { request, now: NOW }))
      }),
      { numRuns: 200 },
    )
  })

  test('a decision that gives nothing answers at whatever time by the device, one that gives only within the tolerance', async () => {
    const seconds = Math.floor(NOW.getTime() / 1000)
    const decision = fc.constantFrom('given', 'renewed', 'refused', 'withdrawn', 'deferred')
    const off = fc.oneof(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -seconds, max: 2 ** 36 }))
    await fc.assert(
      fc.asyncProperty(fc.array(decision, { minLength: 2, maxLength: 2 }), off, async ([one, other], by) => {
        const decisions = Object.fromEntries(request.purposes.map((purpose, at) => [purpose, at === 0 ? one : other]))
        const jws = await forger.sign(request, { payload: { iat: seconds + by, decisions } })
        const gives = [one, other].some((each) => each === 'given' || each === 'renewed')
        const isKept = await verifyConsent(jws, { request, now: NOW }).then(
          () => true,
          () => false,
        )
        expect(isKept).toBe(!gives || Math.abs(by) <= 300)
      }),
      { numRuns: 200 },
    )
  })

  test('whatever is sent, what is thrown is a ConsentError that shows nothing of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ minLength: 4 }), fc.string({ unit: 'binary', minLength: 4 })),
        async (jws) => {
          const error: unknown = await verifyConsent(jws, { request, now: NOW }).catch((caught: unknown) => caught)
          expect(error).toBeInstanceOf(ConsentError)
          expect(Object.keys(error as object).sort()).toEqual(['code', 'name'])
        },
      ),
    )
  })
})

describe('record', () => {
  test('a recorded event can be presented again, any number of times, and gives the same receipt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.boolean(), async (times, others) => {
        const fresh = await createWorld()
        const jws = await fresh.sign(await fresh.ask(), BOTH)
        const { receipt } = await fresh.service.record(jws)
        if (others) await fresh.decide(BOTH)
        const copies = await Promise.all(Array.from({ length: times }, () => fresh.service.record(jws)))
        expect(copies.map((copy) => copy.receipt)).toEqual(copies.map(() => receipt))
        expect(await fresh.store.events(chain)).toHaveLength(others ? 2 : 1)
      }),
      { numRuns: 20 },
    )
  })

  test('of any number of racing answers to one request exactly one is recorded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), async (rivals) => {
        const fresh = await createWorld()
        const asked = await fresh.ask()
        const answers = await Promise.all(Array.from({ length: rivals }, () => fresh.sign(asked, BOTH)))
        const results = await Promise.allSettled(answers.map((jws) => fresh.service.record(jws)))
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
        expect(await fresh.store.events(chain)).toHaveLength(1)
      }),
      { numRuns: 20 },
    )
  })
})

describe('receipt', () => {
  test('a receipt of which any character is changed, added or lost does not verify', async () => {
    await fc.assert(
      fc.asyncProperty(mutation(recorded.receipt), (receipt) => isRefused(verifyReceipt(receipt, world))),
      { numRuns: 300 },
    )
  })
})

describe('gate', () => {
  type Step = Record<string, Decision> | 'withdraw'
  const decision = fc.constantFrom<Decision[]>('given', 'refused', 'withdrawn')
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ 'improve-service': decision, 'call-back': decision }) },
    { weight: 1, arbitrary: decision.map((value) => ({ 'call-back': value })) },
    { weight: 1, arbitrary: decision.map((value) => ({ 'improve-service': value })) },
    { weight: 2, arbitrary: fc.constant('withdraw' as const) },
  )

  async function play(steps: readonly Step[]): Promise<readonly RecordedEvent[]> {
    const fresh = await createWorld()
    for (const now of steps) {
      fresh.advance(1)
      if (now !== 'withdraw') await fresh.decide(now)
      else await fresh.service.withdraw({ ...chain, via: 'link' }).catch(() => undefined)
    }
    return (await fresh.store.events(chain)).map(readEventRecord)
  }

  const evaluate = (practice: string, events: readonly RecordedEvent[], at: Date = later(3600)) =>
    evaluatePermission({ practice, assessment: assessment(), events, notices: [notice], at })

  test('allows exactly when the latest word on the purpose that permits the practice is given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        const events = await play(steps)
        for (const [practice, purpose] of [
          ['link-answers-to-record', 'improve-service'],
          ['close-the-loop', 'call-back'],
        ] as const) {
          const word = events.findLast(({ decisions }) => Object.hasOwn(decisions, purpose))?.decisions[purpose]
          expect(evaluate(practice, events).outcome).toBe(word === 'given' ? 'allow' : 'deny')
        }
      }),
      { numRuns: 40 },
    )
  })

  test('never allows after a withdrawal unless a later given follows, on any tier', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 4 }), fc.array(step, { maxLength: 3 }), async (before, after) => {
        const quiet = after.filter((next) => next !== 'withdraw' && !Object.values(next).includes('given'))
        const events = await play([...before, BOTH, 'withdraw', ...quiet])
        for (const practice of ['standard-survey', 'link-answers-to-record', 'close-the-loop']) {
          expect(evaluate(practice, events).outcome).toBe('deny')
        }
      }),
      { numRuns: 40 },
    )
  })

  test('an allow names an event that gave a purpose which permits the practice, under a notice in force', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        const events = await play(steps)
        const permission = evaluate('link-answers-to-record', events)
        if (permission.outcome === 'deny') return
        const [named] = events.filter(({ digest }) => permission.evidence.events.includes(digest))
        expect(named?.decisions[permission.purpose]).toBe('given')
        expect(notice.purposes.find(({ id }) => id === permission.purpose)?.practices).toContain(
          'link-answers-to-record',
        )
        const digests = permission.evidence.notices.map(({ digest }) => digest)
        expect(digests).toContain(named?.kind === 'decision' ? named.notice : null)
      }),
      { numRuns: 30 },
    )
  })

  test('losing any event but the newest denies', async () => {
    const events = await play([BOTH, BOTH, BOTH, BOTH])
    fc.assert(
      fc.property(fc.nat(events.length - 2), (lost) => {
        const rest = events.filter((_, index) => index !== lost)
        expect(evaluate('link-answers-to-record', rest)).toMatchObject({ reason: 'history-broken' })
      }),
    )
  })

  test('a missing countermeasure always denies', async () => {
    const events = await play([BOTH])
    fc.assert(
      fc.property(fc.constantFrom('transparency-notice', 'permission', 'expectation-communication'), (missing) => {
        const lacking = assessment({ missing: [missing as 'permission'] })
        const question = { practice: 'link-answers-to-record', events, notices: [notice], at: later(60) }
        expect(evaluatePermission({ ...question, assessment: lacking })).toMatchObject({
          reason: 'countermeasure-missing',
        })
      }),
    )
  })
})

describe('notice', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((value) => !/\p{Cc}/u.test(value))
  const withTitle = (title: string): NoticeInput => {
    const { en } = noticeInput.wording
    return { ...noticeInput, wording: { en: { ...en, title } } } as unknown as NoticeInput
  }

  test('two notices have one digest only if they say the same', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [one, two] = [defineNotice(withTitle(a)), defineNotice(withTitle(b))]
        expect(one.digests['en'] === two.digests['en']).toBe(a === b)
      }),
    )
  })

  test('a notice that went through JSON is the same notice', () => {
    fc.assert(
      fc.property(text, (title) => {
        const input = withTitle(title)
        expect(parseNotice(JSON.stringify(input, null, 2))).toEqual(defineNotice(input))
      }),
    )
  })
})

describe('JSON', () => {
  test('is read as JSON.parse reads it where no member comes twice', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        fc.pre(!json.includes('__proto__'))
        expect(parseJson(json, 'ERR_CONSENT_MALFORMED')).toEqual(JSON.parse(json))
      }),
    )
  })

  test('is refused where any member of any object comes twice', () => {
    const place = fc.array(fc.constantFrom('array', 'object'), { maxLength: 5 })
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), place, (name, a, b, nesting) => {
        const key = JSON.stringify(name)
        const twice = `{${key}:${JSON.stringify(a)},"other name":0,${key}:${JSON.stringify(b)}}`
        const json = nesting.reduce((inner, kind) => (kind === 'array' ? `[1,${inner}]` : `{"in":${inner}}`), twice)
        expect(() => parseJson(json, 'ERR_CONSENT_MALFORMED')).toThrow(ConsentError)
      }),
    )
  })
})

describe('pseudonym', () => {
  test('two people, or two surveys, never share one', () => {
    const survey = fc.stringMatching(/^[a-z0-9][a-z0-9.:_-]{0,20}$/)
    const respondent = fc.string({ minLength: 1, unit: 'grapheme' })
    fc.assert(
      fc.property(survey, respondent, survey, respondent, (s1, r1, s2, r2) => {
        const [a, b] = [
          pseudonymize(r1, { secret: SECRET, survey: s1 }),
          pseudonymize(r2, { secret: SECRET, survey: s2 }),
        ]
        expect(a === b).toBe(s1 === s2 && r1 === r2)
        expect(a).toMatch(/^[A-Za-z0-9_-]{43}$/)
      }),
    )
  })
})
