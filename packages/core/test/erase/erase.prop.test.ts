import { defaultPolicy } from '@surveyseal/core/anonymize'
import {
  type ErasureJournal,
  type ErasureTarget,
  executeErasure,
  memoryErasureJournal,
  planErasure,
  recordTarget,
  resumeErasure,
  type StoredRecord,
} from '@surveyseal/core/erase'
import { matchSubject } from '@surveyseal/core/recognize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryDependents, memoryRecords } from './support.js'

const subject = matchSubject({ email: 'ada.lovelace@example.org', phone: '+33612345678' })

const canary = fc.constantFrom(
  'ada.lovelace@example.org',
  'ADA.Lovelace@EXAMPLE.org',
  'ada.lovelace%40example.org',
  '+33 6 12 34 56 78',
  '06.12.34.56.78',
  '0612345678',
)
const harmless = fc.constantFrom('fine', 'lovelace@example.org', '+33 6 12 34 56 79', '***', 'Ada', '', 'x@y.example')
const text = fc.oneof(
  harmless,
  canary,
  fc.tuple(harmless, canary, harmless).map((parts) => parts.join(' ')),
)
const name = fc.constantFrom(
  'npsComment',
  'customFields',
  'firstName',
  'drivers',
  'x',
  '__proto__',
  'ada.lovelace@example.org',
)
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.constantFrom<unknown>(null, 3, 33612345678, true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map(Object.fromEntries),
  ),
})).value
const someone = fc.constantFrom('bob@example.org', 'Carol <carol@example.org>', 'ada.lovelace@example.org', '')
const record: fc.Arbitrary<StoredRecord> = fc
  .tuple(
    fc.option(someone, { nil: undefined }),
    fc.constantFrom('r1', 'r2', 'r3', undefined),
    fc.array(fc.tuple(name, value)),
  )
  .map(([email, respondent, members]) =>
    Object.fromEntries([
      ...members,
      ...(email === undefined ? [] : [['email', email] as const]),
      ...(respondent === undefined ? [] : [['respondent', respondent] as const]),
    ]),
  )
const database = fc
  .array(record, { maxLength: 8 })
  .map((records) => new Map(records.map((one, index) => [`#${index}`, one])))

function targetsOf(records: Map<string, StoredRecord>, live: Set<string>): ErasureTarget[] {
  const policy = defaultPolicy('en')
  const store = memoryRecords(records)
  return [recordTarget({ name: 'answers', store, policy, reference: 'respondent' }), memoryDependents(live)]
}

const trace = /lovelace(@|%40)example\.org|6.?12.?34.?56.?78|612345678/i
/** What holds an identifier that the harmless texts do not. */
function holds(record: unknown): boolean {
  return trace.test(JSON.stringify(record).replaceAll(/(?<!ada\.)lovelace@example\.org/gi, ''))
}

test('every planted value is found, afterwards none is, and records without one are as they were', async () => {
  await fc.assert(
    fc.asyncProperty(database, async (records) => {
      const before = new Map(records)
      const targets = targetsOf(records, new Set(['r1', 'r2', 'r3']))
      const plan = await planErasure({ subject, targets })
      const found = new Set(plan.records.map(({ id }) => id))
      for (const [id, record] of before) if (holds(record)) expect(found.has(id)).toBe(true)
      const confirmed = plan.records.map(({ key }) => key)
      await executeErasure(plan, { subject, targets, journal: memoryErasureJournal(), confirmed })
      for (const [id, record] of records) {
        expect(holds(record)).toBe(false)
        if (!found.has(id)) expect(record).toEqual(before.get(id))
      }
      expect((await planErasure({ subject, targets })).records).toEqual([])
    }),
  )
})

test('whatever call fails, and however often, resuming ends as if nothing had failed', async () => {
  await fc.assert(
    fc.asyncProperty(database, fc.array(fc.nat(12), { maxLength: 6 }), async (records, failures) => {
      const live = new Set(['r1', 'r2', 'r3'])
      const targets = targetsOf(records, live)
      const plan = await planErasure({ subject, targets })
      const expected = plan.records.filter(({ relation }) => relation !== 'dependent').length
      const journal = memoryErasureJournal()
      const crash = crashAfter(failures)
      const tools = { subject, targets: targets.map(crash.target), journal: crash.journal(journal) }
      let certificate = await executeErasure(plan, { ...tools, confirmed: plan.records.map(({ key }) => key) }).catch(
        swallow,
      )
      while (certificate === null) {
        const begun = (await journal.pending()).length > 0
        certificate = await (begun
          ? resumeErasure(plan.id, tools)
          : executeErasure(plan, { ...tools, confirmed: plan.records.map(({ key }) => key) })
        ).catch(swallow)
      }
      expect(certificate.records + certificate.mentions).toBe(expected)
      for (const record of records.values()) expect(holds(record)).toBe(false)
      expect((await planErasure({ subject, targets })).records).toEqual([])
    }),
  )
})

class Crash extends Error {}

function swallow(error: unknown): null {
  if (error instanceof Crash) return null
  throw error
}

/** Fails before or after the call it counts down to, as a process that is killed does. */
function crashAfter(failures: readonly number[]) {
  const left = [...failures]
  let countdown = left.shift() ?? Number.POSITIVE_INFINITY
  async function call<T>(run: () => Promise<T>): Promise<T> {
    if (countdown === 0) {
      countdown = left.shift() ?? Number.POSITIVE_INFINITY
      if (left.length % 2 === 0) await run()
      throw new Crash()
    }
    countdown -= 1
    return run()
  }
  return {
    target: (inner: ErasureTarget): ErasureTarget => ({
      name: inner.name,
      find: (search) => inner.find(search),
      erase: (step, tools) => call(() => inner.erase(step, tools)),
      finish: () => call(async () => []),
    }),
    journal: (inner: ErasureJournal): ErasureJournal => ({
      ...inner,
      begin: (id, text) => call(() => inner.begin(id, text)),
      mark: (id, step) => call(() => inner.mark(id, step)),
    }),
  }
}
