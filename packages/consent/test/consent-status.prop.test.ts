import {
  CONSENT_TRANSITIONS,
  type ConsentStatus,
  consentStatus,
  type PurposeStatus,
  type RecordedEvent,
  type RequestRecord,
} from '@surveyseal/consent'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actOf } from '../src/consent-status.js'

const PURPOSE = 'research'
const VALID: readonly ConsentStatus[] = ['given', 'renewed']

/** What the fold reads of an event, in any mixture: chains that no service would have recorded included. */
const decision = fc.constantFrom('given', 'renewed', 'refused', 'withdrawn', 'deferred')
const instant = fc.integer({ min: 0, max: 100 })
const validUntil = fc.option(fc.integer({ min: 0, max: 120 }))
const signals = fc.constantFrom([], ['gpc'])
const eventParts = fc.oneof(
  fc.record({ kind: fc.constant('decision'), proof: fc.constant('person'), decision, validUntil, signals }),
  fc.record({ kind: fc.constant('withdrawal'), proof: fc.constant('controller'), decision: fc.constant('withdrawn') }),
  fc.record({
    kind: fc.constant('ruling'),
    proof: fc.constant('controller'),
    decision: fc.constantFrom('revoked', 'invalidated'),
  }),
  fc.record({
    kind: fc.constant('import'),
    proof: fc.constant('asserted'),
    decision: fc.constantFrom('given', 'refused', 'withdrawn'),
    validUntil,
  }),
  fc.record({ kind: fc.constant('signal'), proof: fc.constant('controller'), signal: fc.constant('gpc') }),
)
const chains = fc
  .array(fc.tuple(eventParts, instant), { maxLength: 12 })
  .map((parts) => parts.map(([part, receivedAt], index) => recorded({ ...part, receivedAt, seq: index + 1 })))

function recorded(parts: { readonly decision?: string; readonly [member: string]: unknown }): RecordedEvent {
  const { decision, ...rest } = parts
  const decisions = decision === undefined ? {} : { [PURPOSE]: decision }
  return { purposes: [PURPOSE], nonce: 'n', ...rest, decisions } as unknown as RecordedEvent
}

const statusOf = (events: readonly RecordedEvent[], at = 200, requests: readonly RequestRecord[] = []): PurposeStatus =>
  consentStatus({ purpose: PURPOSE, events, at: new Date(at), requests })

/** Every request that asks for the purpose from `issuedAt` to `expiresAt`. */
const asked = (issuedAt: number, expiresAt: number): RequestRecord =>
  ({ purposes: [PURPOSE], nonce: 'other', issuedAt, expiresAt }) as unknown as RequestRecord

describe('the table of transitions', () => {
  test('leads to valid states by a person’s yes or the host’s assertion of one, and by nothing else', () => {
    for (const [act, row] of Object.entries(CONSENT_TRANSITIONS)) {
      for (const [before, after] of Object.entries(row)) {
        if (!VALID.includes(after) || before === after) continue
        expect(['given', 'renewed', 'asserted-given']).toContain(act)
      }
    }
  })

  test('has a withdrawal and a refusal from every state', () => {
    expect(new Set(Object.values(CONSENT_TRANSITIONS.withdrawn))).toEqual(new Set(['withdrawn']))
    expect(Object.keys(CONSENT_TRANSITIONS.withdrawn)).toHaveLength(10)
    expect(Object.keys(CONSENT_TRANSITIONS.refused)).toHaveLength(10)
  })

  test('cannot be changed', () => {
    expect(Object.isFrozen(CONSENT_TRANSITIONS)).toBe(true)
    expect(Object.values(CONSENT_TRANSITIONS).every(Object.isFrozen)).toBe(true)
  })
})

describe('the state of a purpose', () => {
  test('changes only as the table says, one act at a time, after what has expired by then', () => {
    fc.assert(
      fc.property(chains, (events) => {
        let latest = 0
        for (const [index, event] of events.entries()) {
          latest = Math.max(latest, event.receivedAt)
          const before = statusOf(events.slice(0, index), latest).status
          const act = actOf(event, PURPOSE)
          const after = act === null ? before : (CONSENT_TRANSITIONS[act][before] ?? before)
          const now = statusOf(events.slice(0, index + 1), latest).status
          expect([after, VALID.includes(after) ? 'expired' : after]).toContain(now)
        }
      }),
    )
  })

  test('is valid only while the event it rests on has not expired', () => {
    fc.assert(
      fc.property(chains, fc.integer({ min: 0, max: 150 }), (events, at) => {
        const { status, valid, event, validUntil } = statusOf(events, at)
        expect(valid).toBe(VALID.includes(status))
        if (!valid) return
        expect(event).not.toBeNull()
        expect(validUntil === null || validUntil > at).toBe(true)
      }),
    )
  })

  test('comes back to life by a new yes only: neither by a clock set back nor by a renewal of what was withdrawn', () => {
    fc.assert(
      fc.property(chains, (events) => {
        const withdrawn = recorded({
          kind: 'withdrawal',
          proof: 'controller',
          decision: 'withdrawn',
          receivedAt: 0,
          seq: 99,
        })
        const renewal = recorded({ kind: 'decision', proof: 'person', decision: 'renewed', receivedAt: 0, seq: 100 })
        expect(statusOf([...events, withdrawn]).status).toBe('withdrawn')
        expect(statusOf([...events, withdrawn, renewal]).status).toBe('withdrawn')
      }),
    )
  })

  test('is the same whatever the order in which the events are handed in', () => {
    fc.assert(
      fc.property(chains, (events) => {
        expect(statusOf([...events].reverse())).toEqual(statusOf(events))
      }),
    )
  })

  test('is never changed from what was decided by a request put away, a request or a signal', () => {
    fc.assert(
      fc.property(chains, fc.constantFrom('deferred', 'requested', 'signal'), (events, act) => {
        const before = statusOf(events)
        const seq = events.length + 1
        const added = {
          deferred: [recorded({ kind: 'decision', proof: 'person', decision: 'deferred', receivedAt: 100, seq })],
          signal: [recorded({ kind: 'signal', proof: 'controller', signal: 'gpc', receivedAt: 100, seq })],
          requested: [],
        }[act]
        const after = statusOf([...events, ...added], 200, act === 'requested' ? [asked(0, 300)] : [])
        const undecided = ['unknown', 'requested', 'deferred']
        if (undecided.includes(before.status)) expect(undecided).toContain(after.status)
        else expect(after.status).toBe(before.status)
        expect(after.valid).toBe(before.valid)
      }),
    )
  })

  test('is refused only when somebody refused: absence, dismissal, expiry and signals never are', () => {
    fc.assert(
      fc.property(chains, (events) => {
        const refusals = events.filter(({ decisions }) => Object.values(decisions).some((one) => one === 'refused'))
        if (refusals.length === 0) expect(statusOf(events).status).not.toBe('refused')
      }),
    )
  })

  test('rests on an assertion of the host only where the person has decided nothing here', () => {
    fc.assert(
      fc.property(chains, (events) => {
        const { valid, proof, event } = statusOf(events)
        if (!valid || proof !== 'asserted') return
        const earlier = events.filter(({ seq }) => seq < (event?.seq ?? 0))
        expect(statusOf(earlier, event?.receivedAt).valid).toBe(false)
        expect(['unknown', 'requested', 'deferred']).toContain(statusOf(earlier.map(atStart), 0).status)
      }),
    )
  })
})

describe('a request', () => {
  test('makes a purpose requested from the moment it is made until it is over, and leaves no trace', () => {
    const at = (instant: number) => statusOf([], instant, [asked(10, 20)]).status
    expect([9, 10, 19, 20].map(at)).toEqual(['unknown', 'requested', 'requested', 'unknown'])
  })

  test('is answered by the event that names its nonce', () => {
    const answer = recorded({
      kind: 'decision',
      proof: 'person',
      decision: 'deferred',
      nonce: 'other',
      receivedAt: 12,
      seq: 1,
    })
    expect(statusOf([answer], 15, [asked(10, 20)]).status).toBe('deferred')
  })
})

describe('a signal', () => {
  const given = (seq: number, signals: readonly string[] = []) =>
    recorded({ kind: 'decision', proof: 'person', decision: 'given', signals, validUntil: null, receivedAt: seq, seq })
  const signal = (seq: number) => recorded({ kind: 'signal', proof: 'controller', signal: 'gpc', receivedAt: seq, seq })

  test('stands against what was given before, and against what nobody decided', () => {
    expect(statusOf([signal(1)])).toMatchObject({ status: 'unknown', signal: 'gpc' })
    expect(statusOf([given(1), signal(2)])).toMatchObject({ status: 'given', valid: true, signal: 'gpc' })
  })

  test('is overcome by a later yes, and does not come back against a yes given in spite of it', () => {
    expect(statusOf([signal(1), given(2)]).signal).toBeNull()
    expect(statusOf([signal(1), given(2), signal(3)]).signal).toBe('gpc')
    expect(statusOf([signal(1), given(2, ['gpc']), signal(3)]).signal).toBeNull()
  })

  test('concerns the purposes it covers, and no others', () => {
    expect(consentStatus({ purpose: 'other', events: [signal(1)], at: new Date(5) }).signal).toBeNull()
  })
})

test('an asserted yes says that it is one', () => {
  const asserted = recorded({
    kind: 'import',
    proof: 'asserted',
    decision: 'given',
    validUntil: null,
    receivedAt: 1,
    seq: 1,
  })
  expect(statusOf([asserted])).toMatchObject({ status: 'given', valid: true, proof: 'asserted' })
})

/** Without an end of its own, so that the table alone decides. */
function atStart(event: RecordedEvent): RecordedEvent {
  return 'validUntil' in event ? { ...event, validUntil: null } : event
}
