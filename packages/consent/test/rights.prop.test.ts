import {
  createRightsService,
  periodEnd,
  REFUSAL_REASONS,
  REQUEST_TRANSITIONS,
  type RequestState,
  RIGHTS,
  type Right,
  type StepReason,
} from '@surveyseal/consent/rights'
import { memoryRightsStore } from '@surveyseal/consent/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SUBJECT } from './support/fixtures.js'

const DAY = 86_400_000
const iso = (time: number) => new Date(time).toISOString().slice(0, 10)
const instant = fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2100-01-01') })
const holidaysAfter = (from: number) =>
  fc.uniqueArray(fc.nat(130), { maxLength: 60 }).map((days) => days.map((day) => iso(from + day * DAY)))
const period = instant.chain((from) =>
  fc.record({ from: fc.constant(from), months: fc.integer({ min: 1, max: 4 }), holidays: holidaysAfter(from) }),
)

/** Walks day by day and never computes with months: an oracle that shares nothing with the code but the calendar. */
function walked({ from, months, holidays }: { from: number; months: number; holidays: readonly string[] }): string {
  const start = Date.parse(iso(from))
  const wanted = new Date(start).getUTCDate()
  let time = start
  let begun = 0
  while (begun < months) {
    time += DAY
    if (new Date(time).getUTCDate() === 1) begun += 1
  }
  while (new Date(time).getUTCDate() !== wanted && new Date(time + DAY).getUTCDate() !== 1) time += DAY
  while ([0, 6].includes(new Date(time).getUTCDay()) || holidays.includes(iso(time))) time += DAY
  return iso(time)
}

describe('the last day', () => {
  test('is the one found by walking through the calendar day by day', () => {
    fc.assert(
      fc.property(period, ({ from, months, holidays }) => {
        const last = periodEnd(new Date(from), { months, timeZone: 'UTC', holidays })
        expect(last).toBe(walked({ from, months, holidays }))
      }),
      { numRuns: 2000 },
    )
  })

  test('is a working day, after the day of receipt, and never later for a request received earlier', () => {
    fc.assert(
      fc.property(period, fc.nat(40), ({ from, months, holidays }, earlier) => {
        const options = { months, timeZone: 'UTC', holidays }
        const last = periodEnd(new Date(from), options)
        expect([0, 6]).not.toContain(new Date(last).getUTCDay())
        expect(holidays).not.toContain(last)
        expect(last > iso(from)).toBe(true)
        expect(periodEnd(new Date(from - earlier * DAY), options) <= last).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a request', () => {
  const states = Object.keys(REQUEST_TRANSITIONS) as RequestState[]
  const reasons = [undefined, 'complexity', 'toString', ...Object.keys(REFUSAL_REASONS)] as (StepReason | undefined)[]
  const step = fc.record({ to: fc.constantFrom(...states), reason: fc.constantFrom(...reasons), days: fc.nat(20) })

  test('only ever moves along the table of states, and once closed not at all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(RIGHTS) as Right[])),
        fc.array(step, { maxLength: 8 }),
        async (right, steps) => {
          let now = Date.parse('2026-03-02T10:00:00Z')
          const store = memoryRightsStore()
          const service = createRightsService({ store, timeZone: 'UTC', clock: () => new Date(now) })
          const { id, lastDay: first } = await service.receive({ person: SUBJECT, right })
          for (const { to, reason, days } of steps) {
            now += days * DAY
            const before = await store.find(id)
            const next = reason === undefined ? { to } : { to, reason }
            const moved = await service.advance(id, next).catch(() => null)
            const after = await store.find(id)
            if (moved === null) {
              expect(after).toEqual(before)
              continue
            }
            const reachable: readonly string[] = REQUEST_TRANSITIONS[before?.state ?? 'cancelled']
            expect(reachable).toContain(after?.state)
            expect(after?.steps.slice(0, -1)).toEqual(before?.steps)
            expect(after?.closedAt === null).toBe(REQUEST_TRANSITIONS[to].length > 0)
          }
          const end = await store.find(id)
          const extended = end?.steps.some(({ state }) => state === 'extended') === true
          expect(end?.lastDay).toBe(extended ? '2026-06-02' : first)
          for (const { state, reason } of end?.steps ?? []) {
            expect(reason === null).toBe(state !== 'extended' && state !== 'refused')
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})
