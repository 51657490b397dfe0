import { defaultPolicy, parsePolicy } from '@surveyseal/core/anonymize'
import { assessSubject } from '@surveyseal/core/disclosure'
import * as door from '@surveyseal/core/erase'
import {
  type ErasureMessage,
  type ErasurePlan,
  type ErasureTarget,
  executeErasure,
  memoryErasureJournal,
  planErasure,
  recordTarget,
  resumeErasure,
  type StoredRecord,
} from '@surveyseal/core/erase'
import { matchSubject } from '@surveyseal/core/recognize'
import { describe, expect, test } from 'vitest'
import { memoryDependents, memoryOutbox, memoryRecords, rejectionOf } from './support.js'

const subject = matchSubject({ email: 'ada@example.org' })
const allOf = (plan: ErasurePlan): string[] => plan.records.map(({ key }) => key)

function answers(): Map<string, StoredRecord> {
  return new Map<string, StoredRecord>([
    [
      'one',
      {
        email: 'Ada@Example.org',
        firstName: 'Ada',
        npsScore: 9,
        npsComment: 'Great',
        reviewComment: 'Nice place',
        respondent: 'r1',
        segments: { company: 'Acme' },
        customFields: { badge: 'B-17' },
      },
    ],
    ['two', { email: 'ada@elsewhere.example', firstName: 'A.', npsScore: 3, respondent: 'r1' }],
    ['three', { npsScore: 5, additionalComment: 'Reach me at ADA@example.org!' }],
    [
      'four',
      { email: 'bob@example.org', npsComment: 'Ask ada@example.org, she was rude', respondent: 'r2', npsScore: 1 },
    ],
    ['five', { email: 'carol@example.org', npsComment: 'Fine', respondent: 'r3', npsScore: 7 }],
  ])
}

function host(records = answers()) {
  const live = new Set(['r1', 'r2', 'r3'])
  const policy = defaultPolicy('en')
  const targets = [
    recordTarget({ name: 'answers', store: memoryRecords(records), policy, reference: 'respondent' }),
    memoryDependents(live),
  ] as const satisfies readonly ErasureTarget[]
  return { records, live, targets, journal: memoryErasureJournal(), outbox: memoryOutbox(), subject }
}

test('the door offers these values and no others', () => {
  expect(Object.keys(door).sort()).toEqual([
    'ErasureError',
    'executeErasure',
    'memoryErasureJournal',
    'planErasure',
    'recordTarget',
    'resumeErasure',
  ])
})

describe('a plan', () => {
  test('names all records of the person, also those that share only the reference, and mentions in the answers of others', async () => {
    const { targets, records } = host()
    const before = JSON.stringify([...records])
    const plan = await planErasure({ subject, targets })
    expect(plan.records.map(({ target, id, relation }) => `${target} ${id} ${relation}`)).toEqual([
      'answers one subject',
      'answers three subject',
      'answers four mention',
      'answers two subject',
      'links r1 dependent',
    ])
    expect(JSON.stringify([...records])).toBe(before)
  })

  test('does not take a record for the person’s because its writer names them: a reference says whose it is', async () => {
    const records = new Map<string, StoredRecord>([
      ['hers', { email: 'ada@example.org', respondent: 'r1' }],
      ['hers too', { npsComment: 'It is me, ada@example.org', respondent: 'r1' }],
      ['his', { npsComment: 'Ask ada@example.org', respondent: 'r2' }],
      ['his too', { npsComment: 'Fine', respondent: 'r2' }],
      ['nobody’s', { npsComment: 'ada@example.org' }],
    ])
    const own = host(records)
    const plan = await planErasure({ subject, targets: own.targets })
    expect(plan.records.map(({ id, relation }) => `${id} ${relation}`)).toEqual([
      'hers subject',
      'his mention',
      'nobody’s subject',
      'hers too subject',
      'r1 dependent',
    ])
    await executeErasure(plan, { ...own, confirmed: allOf(plan) })
    expect(records.get('his')).toEqual({ npsComment: 'Ask ***', respondent: 'r2' })
    expect(records.get('his too')).toEqual({ npsComment: 'Fine', respondent: 'r2' })
    expect(own.live).toEqual(new Set(['r2', 'r3']))
  })

  test('shows each change with masked values, and the warnings of the policy', async () => {
    const { targets } = host()
    const plan = await planErasure({ subject, targets })
    const [one, , four] = plan.records
    expect(one?.changes).toContainEqual(
      expect.objectContaining({
        field: 'email',
        technique: 'random-email',
        before: ['A•••@E•••'],
        after: '•••@anonymized.invalid',
      }),
    )
    expect(one?.changes).toContainEqual(
      expect.objectContaining({ field: 'customFields.*', before: ['B•••'], after: '***' }),
    )
    expect(four?.changes).toEqual([
      { field: 'npsComment', technique: 'mask', because: 'identifier', count: 1, before: [], after: '***' },
    ])
    expect(plan.warnings).toEqual([
      'Reports that join people to their company no longer count this record.',
      'Custom fields are anonymized too: whatever is computed from them changes.',
    ])
    expect(JSON.stringify(plan)).not.toMatch(/ada@|ada@example|Acme|rude|B-17/i)
  })

  test('carries the residual verdict on what would be left, among everybody else', async () => {
    const { targets } = host()
    const seen: unknown[] = []
    const plan = await planErasure({
      subject,
      targets,
      assess: (left) => {
        seen.push(
          left.records.length,
          left.others.map(({ person }) => person),
        )
        return assessSubject(left)
      },
    })
    expect(seen).toEqual([3, ['r2', 'r3']])
    expect(plan.residual?.verdict).toBe('singled-out')
  })

  test('for somebody unknown is empty', async () => {
    const { targets } = host()
    const plan = await planErasure({ subject: matchSubject({ email: 'nobody@example.org' }), targets })
    expect(plan).toMatchObject({ records: [], warnings: [], residual: null })
  })
})

describe('executed', () => {
  test('a plan leaves no trace, tells whom it concerns, stops what hangs on the person, and certifies counts', async () => {
    const { targets, records, live, journal, outbox } = host()
    const plan = await planErasure({ subject, targets })
    const certificate = await executeErasure(plan, { subject, targets, journal, outbox, confirmed: allOf(plan) })
    expect(certificate).toEqual({
      records: 3,
      mentions: 1,
      dependents: 1,
      kept: 0,
      techniques: { 'random-email': 2, mask: 4, comment: 3, remove: 3 },
      policies: [expect.stringMatching(/^[0-9a-f]{64}$/)],
      limits: [],
    })
    const left = JSON.stringify([...records])
    expect(left).not.toMatch(/ada|acme|r1|Great|Nice place|B-17/i)
    expect(records.get('four')).toMatchObject({ npsComment: 'Ask ***, she was rude', email: 'bob@example.org' })
    expect(records.get('five')).toEqual(answers().get('five'))
    expect(live).toEqual(new Set(['r2', 'r3']))
    expect(outbox.messages).toEqual([
      { key: expect.stringMatching(/^[0-9a-f]{64}$/), type: 'erasure.review', target: 'answers', id: 'one' },
      { key: expect.stringMatching(/^[0-9a-f]{64}$/), type: 'erasure.completed', erasure: plan.id, certificate },
    ])
    expect(await journal.pending()).toEqual([])
    expect((await planErasure({ subject, targets })).records).toEqual([])
  })

  test('what is told is told with the step where outbox and target share a transaction, and after it otherwise', async () => {
    const seen: string[] = []
    const outboxOf = (ours: boolean) => ({
      put: async (messages: readonly ErasureMessage[]) =>
        void seen.push(...messages.map(({ type }) => `after ${type}`)),
      putWithin: async (tx: unknown, messages: readonly ErasureMessage[]) => {
        if (ours) seen.push(...messages.map(({ type }) => `within ${String(tx)} ${type}`))
        return ours
      },
    })
    for (const outbox of [outboxOf(true), outboxOf(false)]) {
      const own = host()
      const plan = await planErasure({ subject, targets: own.targets })
      await executeErasure(plan, { ...own, outbox, confirmed: allOf(plan) })
    }
    expect(seen).toEqual([
      'within transaction erasure.review',
      'after erasure.completed',
      'after erasure.review',
      'after erasure.completed',
    ])
  })

  test('a record that is kept stays as it is, and what hangs on its reference with it', async () => {
    const { targets, records, live, journal } = host()
    const plan = await planErasure({ subject, targets })
    const kept = plan.records.filter(({ id }) => id === 'one' || id === 'two').map(({ key }) => key)
    const confirmed = plan.records.filter(({ id }) => id === 'three' || id === 'four').map(({ key }) => key)
    const certificate = await executeErasure(plan, { subject, targets, journal, confirmed, kept })
    expect(certificate).toMatchObject({ records: 1, mentions: 1, dependents: 0, kept: 3 })
    expect(records.get('one')).toEqual(answers().get('one'))
    expect(live.has('r1')).toBe(true)
  })

  test('a field that a policy keeps loses the identifier all the same', async () => {
    const policy = parsePolicy({ version: 1, fields: { 'drop.*': { technique: 'retain' } }, segments: {} })
    const records = new Map<string, StoredRecord>([
      [
        '1',
        JSON.parse(
          '{"email":"ada@example.org","drop":{"ada@example.org":1,"x":["to ada@example.org"],"__proto__":"ada@example.org"}}',
        ),
      ],
    ])
    const targets = [recordTarget({ name: 'a', store: memoryRecords(records), policy })]
    const plan = await planErasure({ subject, targets })
    await executeErasure(plan, { subject, targets, journal: memoryErasureJournal(), confirmed: allOf(plan) })
    expect(JSON.stringify(records.get('1'))).toBe('{"drop":{"x":["to ***"],"__proto__":"***"}}')
  })
})

describe('refused, with nothing changed', () => {
  async function refused(change: (plan: ErasurePlan, own: ReturnType<typeof host>) => object) {
    const own = host()
    const plan = await planErasure({ subject, targets: own.targets, now: () => 1000, validFor: 10 })
    const options = { ...own, confirmed: allOf(plan), now: () => 1005, ...change(plan, own) }
    const before = JSON.stringify([...own.records])
    const code = await rejectionOf(executeErasure(plan, options))
    expect(JSON.stringify([...own.records])).toBe(before)
    expect(await own.journal.pending()).toEqual([])
    expect(own.live.size).toBe(3)
    return code
  }

  test('ERR_ERASURE_PLAN_EXPIRED', async () => {
    expect(await refused(() => ({ now: () => 1010 }))).toBe('ERR_ERASURE_PLAN_EXPIRED')
  })

  test('ERR_ERASURE_IDENTIFIER_MISMATCH: another identifier, or only one of two', async () => {
    const bob = matchSubject({ email: 'bob@example.org' })
    expect(await refused(() => ({ subject: bob }))).toBe('ERR_ERASURE_IDENTIFIER_MISMATCH')
    const both = matchSubject({ email: 'ada@example.org', phone: '+33612345678' })
    expect(await refused(() => ({ subject: both }))).toBe('ERR_ERASURE_IDENTIFIER_MISMATCH')
  })

  test('the identifier typed again in another spelling is the same', async () => {
    const own = host()
    const plan = await planErasure({ subject, targets: own.targets })
    const again = matchSubject({ email: ' <ADA@example.ORG>' })
    expect(await executeErasure(plan, { ...own, subject: again, confirmed: allOf(plan) })).toMatchObject({ records: 3 })
  })

  test('ERR_ERASURE_UNCONFIRMED: a record left out, decided twice, or not of the plan', async () => {
    expect(await refused((plan) => ({ confirmed: allOf(plan).slice(1) }))).toBe('ERR_ERASURE_UNCONFIRMED')
    expect(await refused((plan) => ({ kept: allOf(plan).slice(1, 2) }))).toBe('ERR_ERASURE_UNCONFIRMED')
    expect(await refused((plan) => ({ confirmed: [...allOf(plan), 'x'] }))).toBe('ERR_ERASURE_UNCONFIRMED')
  })

  test('links need no confirmation of their own', async () => {
    const own = host()
    const plan = await planErasure({ subject, targets: own.targets })
    const confirmed = plan.records.filter(({ relation }) => relation !== 'dependent').map(({ key }) => key)
    expect(await executeErasure(plan, { ...own, confirmed })).toMatchObject({ dependents: 1 })
  })

  test.each([
    ['changed', (records: Map<string, StoredRecord>) => records.set('one', { ...records.get('one'), npsScore: 1 })],
    ['added', (records: Map<string, StoredRecord>) => records.set('new', { email: 'ada@example.org' })],
    ['removed', (records: Map<string, StoredRecord>) => records.delete('three')],
  ])('ERR_ERASURE_DATA_CHANGED: a record was %s since the plan', async (_how, change) => {
    const code = await refused((_plan, { records }) => {
      change(records)
      return {}
    })
    expect(code).toBe('ERR_ERASURE_DATA_CHANGED')
  })

  test('ERR_ERASURE_ID_DUPLICATE: two records of one id', async () => {
    const record = { email: 'ada@example.org' }
    const store = {
      ...memoryRecords(new Map()),
      scan: async function* () {
        yield [
          ['1', record],
          ['1', record],
        ] as const
      },
    }
    const targets = [recordTarget({ name: 'a', store, policy: defaultPolicy('en') })]
    expect(await rejectionOf(planErasure({ subject, targets }))).toBe('ERR_ERASURE_ID_DUPLICATE')
  })

  test('ERR_ERASURE_ID_PERSONAL: the address is the id', async () => {
    const records = new Map([['ada@example.org', { email: 'ada@example.org' }]])
    const targets = [recordTarget({ name: 'a', store: memoryRecords(records), policy: defaultPolicy('en') })]
    expect(await rejectionOf(planErasure({ subject, targets }))).toBe('ERR_ERASURE_ID_PERSONAL')
  })

  test('ERR_INVALID_ARG_VALUE: two targets of one name, no time to confirm', async () => {
    const { targets } = host()
    const [first] = targets
    expect(await rejectionOf(planErasure({ subject, targets: [first, first] }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await rejectionOf(planErasure({ subject, targets, validFor: 0 }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(() =>
      recordTarget({ name: 1 as never, store: memoryRecords(new Map()), policy: defaultPolicy('en') }),
    ).toThrow()
  })

  test('a record of the person that nests too deep is refused by its code', async () => {
    const deep = JSON.parse(`{"email":"ada@example.org","a":${'['.repeat(1000)}${']'.repeat(1000)}}`)
    const targets = [
      recordTarget({ name: 'a', store: memoryRecords(new Map([['1', deep]])), policy: defaultPolicy('en') }),
    ]
    expect(await rejectionOf(planErasure({ subject, targets }))).toBe('ERR_RECORD_TOO_LARGE')
  })
})

describe('changed by others while it runs', () => {
  /** Runs something just before the first record is erased. */
  function interrupted(own: ReturnType<typeof host>, run: () => void): ErasureTarget[] {
    const [records, links] = own.targets
    const disturbed: ErasureTarget = {
      name: links.name,
      find: (search) => links.find(search),
      erase: async (step, tools) => {
        await links.erase(step, tools)
        run()
      },
    }
    return [records, disturbed]
  }

  test('ERR_ERASURE_DATA_CHANGED: the changed record is left, the rest is done, another plan finds it', async () => {
    const own = host()
    const targets = interrupted(own, () => own.records.set('one', { ...own.records.get('one'), npsScore: 0 }))
    const plan = await planErasure({ subject, targets })
    const code = await rejectionOf(executeErasure(plan, { ...own, targets, confirmed: allOf(plan) }))
    expect(code).toBe('ERR_ERASURE_DATA_CHANGED')
    expect(own.outbox.messages.some(({ type }) => type === 'erasure.completed')).toBe(false)
    // Resuming does not help: somebody has to look at the record as it is now.
    expect(await rejectionOf(resumeErasure(plan.id, { ...own, targets }))).toBe('ERR_ERASURE_DATA_CHANGED')
    expect(await own.journal.pending()).toEqual([plan.id])
    const again = await planErasure(own)
    expect(again.records.map(({ id }) => id)).toEqual(['one'])
    expect(await executeErasure(again, { ...own, confirmed: allOf(again) })).toMatchObject({ records: 1 })
    expect(await own.journal.pending()).toEqual([])
  })

  test('ERR_ERASURE_INCOMPLETE: a record that came meanwhile', async () => {
    const own = host()
    const targets = interrupted(own, () => own.records.set('late', { email: 'ada@example.org' }))
    const plan = await planErasure({ subject, targets })
    const code = await rejectionOf(executeErasure(plan, { ...own, targets, confirmed: allOf(plan) }))
    expect(code).toBe('ERR_ERASURE_INCOMPLETE')
    expect((await planErasure({ subject, targets: own.targets })).records.map(({ id }) => id)).toEqual(['late'])
  })

  test('what came late and holds nothing but the reference is found by the next plan, and so is what hangs on it', async () => {
    const own = host()
    const late = { npsComment: 'Canary', respondent: 'r1' }
    const targets = interrupted(own, () => own.records.set('late', late) && own.live.add('r1'))
    const plan = await planErasure({ ...own, targets })
    const code = await rejectionOf(executeErasure(plan, { ...own, targets, confirmed: allOf(plan) }))
    expect(code).toBe('ERR_ERASURE_INCOMPLETE')
    const others = await planErasure({ ...own, subject: matchSubject({ email: 'bob@example.org' }) })
    expect(others.continues).toEqual([])
    const again = await planErasure(own)
    expect(again.continues).toEqual([plan.id])
    expect(again.records.map(({ id }) => id)).toEqual(['late', 'r1'])
    await executeErasure(again, { ...own, confirmed: allOf(again) })
    expect([own.records.get('late'), own.live.has('r1')]).toEqual([
      { npsComment: expect.not.stringContaining('Canary') },
      false,
    ])
    expect(await own.journal.pending()).toEqual([])
    expect((await planErasure(own)).records).toEqual([])
  })

  test('what hangs on a reference and came late goes without a record', async () => {
    const own = host()
    const targets = interrupted(own, () => own.live.add('r1'))
    const plan = await planErasure({ ...own, targets })
    await rejectionOf(executeErasure(plan, { ...own, targets, confirmed: allOf(plan) }))
    const again = await planErasure(own)
    expect(again.records.map(({ id }) => id)).toEqual(['r1'])
    expect(await executeErasure(again, { ...own, confirmed: [] })).toMatchObject({ records: 0, dependents: 1 })
    expect([own.live.has('r1'), await own.journal.pending()]).toEqual([false, []])
  })
})

describe('resumed', () => {
  async function begun() {
    const own = host()
    const plan = await planErasure({ subject, targets: own.targets })
    const [records] = own.targets
    const broken = {
      name: 'answers',
      find: records.find.bind(records),
      erase: () => Promise.reject(new Error('power')),
    }
    const targets = [broken, own.targets[1]]
    expect(await rejectionOf(executeErasure(plan, { ...own, targets, confirmed: allOf(plan) }))).toBeInstanceOf(Error)
    return { own, plan }
  }

  test('the journal does not hold the identifier, and asks for it', async () => {
    const { own, plan } = await begun()
    expect((await own.journal.read(plan.id))?.text).not.toMatch(/ada@|ada%40/i)
    const bob = matchSubject({ email: 'bob@example.org' })
    expect(await rejectionOf(resumeErasure(plan.id, { ...own, subject: bob }))).toBe('ERR_ERASURE_IDENTIFIER_MISMATCH')
    expect(await resumeErasure(plan.id, own)).toMatchObject({ records: 3, dependents: 1 })
  })

  test('ERR_ERASURE_TARGET_MISSING', async () => {
    const { own, plan } = await begun()
    const code = await rejectionOf(resumeErasure(plan.id, { ...own, targets: [own.targets[1]] }))
    expect(code).toBe('ERR_ERASURE_TARGET_MISSING')
    expect(await own.journal.pending()).toEqual([plan.id])
  })

  test('ERR_ERASURE_UNKNOWN: completed, or never begun', async () => {
    const { own, plan } = await begun()
    await resumeErasure(plan.id, own)
    expect(await rejectionOf(resumeErasure(plan.id, own))).toBe('ERR_ERASURE_UNKNOWN')
  })

  test('ERR_ERASURE_JOURNAL_INVALID: half a text, or of another release', async () => {
    for (const text of ['{"version":1,"st', 'null', '{"version":2,"steps":[],"kept":[]}']) {
      const own = host()
      await own.journal.begin('x', text)
      expect(await rejectionOf(resumeErasure('x', own))).toBe('ERR_ERASURE_JOURNAL_INVALID')
    }
  })
})

describe('hostile data', () => {
  const policy = defaultPolicy('en')
  async function eraseFrom(records: Map<string, StoredRecord>, who = subject) {
    const targets = [recordTarget({ name: 'a', store: memoryRecords(records), policy, reference: 'respondent' })]
    const plan = await planErasure({ subject: who, targets })
    await executeErasure(plan, { subject: who, targets, journal: memoryErasureJournal(), confirmed: allOf(plan) })
    return plan
  }

  test('markup, formulas and patterns in comments and names are text like any other, in plans too', async () => {
    const evil = '<img src=x onerror=alert(1)>ada@example.org</img> =cmd|x!A1 $& $1 %s'
    const records = new Map<string, StoredRecord>([
      [
        '1',
        {
          email: 'bob@example.org',
          npsComment: evil,
          [`<script>ada@example.org</script>`]: { 'a.b*': 'ada@example.org' },
        },
      ],
    ])
    const plan = await eraseFrom(records)
    expect(plan.records[0]?.changes.map(({ field }) => field)).toEqual(['npsComment', '*', '*.a\\.b\\*'])
    expect(JSON.stringify(plan)).not.toMatch(/script|onerror|alert/)
    expect(records.get('1')).toEqual({
      email: 'bob@example.org',
      npsComment: '<img src=x onerror=alert(1)>***</img> =cmd|x!A1 $& $1 %s',
      '<script>***</script>': { 'a.b*': '***' },
    })
  })

  test('an identifier that looks like a pattern, or is part of others’, finds itself alone', async () => {
    for (const email of [
      'a.*@example.org',
      '$&@example.org',
      '^a|b$@example.org',
      '{1}@x.example',
      "o'neil+x@x.example",
    ]) {
      const records = new Map<string, StoredRecord>([
        ['1', { email }],
        ['2', { email: 'aaa@example.org', npsComment: 'xaaa@example.org b@example.org 1@x.example' }],
      ])
      const before = records.get('2')
      expect((await eraseFrom(records, matchSubject({ email }))).records.map(({ id }) => id)).toEqual(['1'])
      expect(records.get('2')).toEqual(before)
    }
    const others = [
      'canada@example.org',
      'ada@example.organic',
      'ada@example.org.uk',
      'ada.b@example.org',
      'x-ada@example.org.fr',
    ]
    const records = new Map<string, StoredRecord>(
      others.map((email, index) => [String(index), { email, npsComment: email }]),
    )
    expect((await eraseFrom(records)).records).toEqual([])
    const phone = matchSubject({ phone: '+33612345678' })
    const numbers = ['+336123456789', '1612345678', '+44 612345678', '33612345679']
    const calls = new Map<string, StoredRecord>(numbers.map((number, index) => [String(index), { phone: number }]))
    expect((await eraseFrom(calls, phone)).records).toEqual([])
  })

  test('a comment of ten megabytes that almost matches everywhere is looked through, and loses what it holds', async () => {
    const long = `${'ada@'.repeat(1_250_000)}ada@example.org${' 06 12 34 56 7'.repeat(384_000)}`
    const records = new Map<string, StoredRecord>([['1', { email: 'bob@example.org', npsComment: long }]])
    await eraseFrom(records)
    expect(records.get('1')?.['npsComment']).toBe(long.replace('@ada@example.org', '@***'))
  })

  test('a plan that two execute at once is done once, and the same is left', async () => {
    for (let round = 0; round < 20; round++) {
      const own = host()
      const plan = await planErasure({ subject, targets: own.targets })
      const run = () => executeErasure(plan, { ...own, confirmed: allOf(plan) })
      const outcomes = await Promise.all(
        [run(), run()].map((one) => one.catch((error: { code: string }) => error.code)),
      )
      for (const outcome of outcomes) {
        if (typeof outcome === 'string') expect(outcome).toMatch(/^ERR_ERASURE_(DATA_CHANGED|UNKNOWN)$/)
        else expect(outcome).toMatchObject({ records: 3, mentions: 1, dependents: 1 })
      }
      expect(outcomes.some((outcome) => typeof outcome !== 'string')).toBe(true)
      expect(JSON.stringify([...own.records])).not.toMatch(/ada|acme|r1|Great|B-17/i)
      expect(new Set(own.outbox.messages.map(({ key }) => key)).size).toBe(2)
      expect(await own.journal.pending()).toEqual([])
    }
  })

  test('a plan that somebody changed is worth no more than the looking again', async () => {
    const own = host()
    const plan = await planErasure({ subject, targets: own.targets })
    const bob = matchSubject({ email: 'bob@example.org' })
    const about = { ...own, confirmed: allOf(plan) }
    expect(await rejectionOf(executeErasure(plan, { ...about, subject: bob }))).toBe('ERR_ERASURE_IDENTIFIER_MISMATCH')
    const fewer = { ...plan, records: plan.records.slice(1) }
    // What is not in the list was not confirmed, whatever the list says.
    expect(await rejectionOf(executeErasure(fewer, { ...own, confirmed: allOf(fewer) }))).toBe(
      'ERR_ERASURE_UNCONFIRMED',
    )
    expect(JSON.stringify([...own.records])).toBe(JSON.stringify([...answers()]))
    const other = host()
    const again = await planErasure({ subject, targets: other.targets })
    const forged = { ...again, data: plan.data }
    expect(await rejectionOf(executeErasure(forged, { ...other, confirmed: allOf(again) }))).toBe(
      'ERR_ERASURE_DATA_CHANGED',
    )
    expect(JSON.stringify([...other.records])).toBe(JSON.stringify([...answers()]))
  })
})
