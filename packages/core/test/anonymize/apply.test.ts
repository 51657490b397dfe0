import { runInNewContext } from 'node:vm'
import {
  type CompileOptions,
  compilePolicy,
  defaultPolicy,
  parsePolicy,
  RETAIN_IDENTIFIERS,
} from '@surveyseal/core/anonymize'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'
import { applied } from './applied.js'

const retain = { technique: 'retain' }

/** Applies a policy of only these rules. */
function apply(record: object, fields: object, rest: object = {}, options: CompileOptions = {}) {
  return applied(compilePolicy(parsePolicy({ version: 1, fields, ...rest }), options), record)
}

describe('a name that is itself personal', () => {
  test.each(['bob@example.com', 'Bob <bob@example.com>', '+33 6 12 34 56 78', '0612345678', '020 7946-0000'])(
    'is not reached by *: %s',
    (name) => {
      const { record, changes } = apply({ customFields: { [name]: 'x', club: 'y' } }, { 'customFields.*': retain })
      expect(record).toEqual({ customFields: { club: 'y' } })
      expect(JSON.stringify(changes)).not.toContain(name)
      expect(changes).toEqual([{ field: 'customFields.*', technique: 'remove', because: 'default-deny', count: 1 }])
      expect(apply({ [name]: 'x', club: 'y' }, { '*': retain }).record).toEqual({ club: 'y' })
    },
  )

  test('is kept where a rule names it, and ordinary names with digits are reached', () => {
    const fields = { 'bob@example\\.com': retain }
    expect(apply({ 'bob@example.com': 'x' }, fields).record).toEqual({ 'bob@example.com': 'x' })
    const ordinary = { cf_1700000000123: 1, 'field 12': 2, '@mention': 3, 2026: 4 }
    expect(apply(ordinary, { '*': retain }).record).toEqual(ordinary)
  })
})

describe('a name of an identifier', () => {
  const people = { email: 'a', Telefon: 1, 'Phone number': 2, score: 3, tags: { name: 'b', mood: 'c' } }

  test('is not reached by a * that keeps something, at whatever level', () => {
    expect(apply(people, { '*': { technique: 'truncate', keep: 1 } }).record).toEqual({})
    expect(apply(people, { '*': retain, 'tags.*': retain }).record).toEqual({
      Telefon: 1,
      score: 3,
      tags: { mood: 'c' },
    })
    expect(apply({ people: { email: { score: 1 }, x: { score: 2 } } }, { 'people.*.score': retain }).record).toEqual({
      people: { x: { score: 2 } },
    })
    expect(apply({ segments: { 'Client-ID': 1, b: 2 } }, {}, { segments: { '*': retain } }).record).toEqual({
      segments: { b: 2 },
    })
  })

  test('is reached by a * that keeps nothing, and where the marked symbol says so', () => {
    expect(apply(people, { '*': { technique: 'mask' } }).record).toEqual({
      email: '***',
      Telefon: '***',
      'Phone number': '***',
      score: '***',
      tags: '***',
    })
    expect(apply(people, { '*': retain }, { [RETAIN_IDENTIFIERS]: 'a test' }).record).toEqual(people)
  })

  test('may be declared by the host: what only * reaches is removed, what a rule names is refused', () => {
    const policy = parsePolicy({ version: 1, fields: { 'custom.*': retain, code: retain } })
    const { apply } = compilePolicy(policy, { kinds: { 'custom.badge': 'identifier' } })
    expect(apply({ custom: { badge: 1, club: 2 } })).toEqual({
      record: { custom: { club: 2 } },
      changes: [{ field: 'custom.*', technique: 'remove', because: 'default-deny', count: 1 }],
    })
    expect(codeOf(() => compilePolicy(policy, { kinds: { code: 'identifier' } }))).toBe('ERR_POLICY_RETAINS_IDENTIFIER')
    expect(codeOf(() => compilePolicy(policy, { kinds: { code: 'email' as never } }))).toBe('ERR_POLICY_INVALID')
  })
})

describe('the default policy', () => {
  const customer = {
    id: 'r-1',
    email: 'ada@lovelace.example',
    firstName: 'Ada',
    lastName: 'Lovelace',
    phone: '+44 20 7946 0000',
    followUpDetails: 'call after six',
    customerNumber: 'C-1843',
    jobLevel: 'CEO',
    jobPosition: 'Countess',
    npsComment: 'I invented this',
    commentTranslation: 'Das habe ich erfunden',
    workflowComment: 'spoke to Ada',
    directReply: 'Dear Ada',
    autoReply: 'Dear Ms Lovelace',
    reviewComment: 'Love, Ada',
    additionalComment: 'call me Ada',
    inputBoxes: { favouriteEngine: 'analytical' },
    customFields: { club: 'Blue Stockings', nested: { poet: 'Byron' } },
    segments: { company: 'Babbage & Co', region: 'London' },
    sentDate: '2026-01-01',
    completedDate: '2026-01-02',
    npsScore: 9,
    drivers: ['speed', { label: 'price' }],
    followUpRequested: true,
    additionalRating: 4,
    dropDown: 'b',
    radioButton: 'yes',
    checkBox: ['x', 'y'],
    csat: 5,
    ces: 2,
  }
  const sentence = 'This comment has been anonymised based on customer request'
  const { record, changes } = applied(compilePolicy(defaultPolicy('en')), customer)
  const { email, ...rest } = record

  test('gives the list of A1, A3, A4 and A5', () => {
    expect(rest).toEqual({
      firstName: '***',
      lastName: '***',
      phone: '***',
      followUpDetails: '***',
      customerNumber: '***',
      jobLevel: '*',
      jobPosition: '--',
      npsComment: sentence,
      commentTranslation: sentence,
      workflowComment: sentence,
      directReply: sentence,
      autoReply: sentence,
      reviewComment: sentence,
      additionalComment: sentence,
      inputBoxes: { favouriteEngine: '***' },
      customFields: { club: '***', nested: '***' },
      sentDate: '2026-01-01',
      completedDate: '2026-01-02',
      npsScore: 9,
      drivers: ['speed', { label: 'price' }],
      followUpRequested: true,
      additionalRating: 4,
      dropDown: 'b',
      radioButton: 'yes',
      checkBox: ['x', 'y'],
      csat: 5,
      ces: 2,
    })
  })

  test('gives a valid e-mail address that leads nowhere', () => {
    expect(email).toMatch(/^[a-z2-7]{26}@anonymized\.invalid$/)
  })

  test('reports what was changed, what no rule named, and warns about the company and custom fields', () => {
    expect(changes).toContainEqual({ field: 'email', technique: 'random-email', because: 'rule', count: 1 })
    expect(changes).toContainEqual({
      field: 'customFields.*',
      technique: 'mask',
      because: 'rule',
      count: 2,
      warning: 'Custom fields are anonymized too: whatever is computed from them changes.',
    })
    expect(changes).toContainEqual({ field: 'segments.*', technique: 'remove', because: 'default-deny', count: 1 })
    expect(changes).toContainEqual({ field: '*', technique: 'remove', because: 'default-deny', count: 1 })
    expect(changes.find(({ field }) => field === 'segments.company')?.warning).toMatch(/^Reports that join people/)
    expect(changes.map(({ field }) => field)).not.toContain('npsScore')
  })

  test('speaks French to French records, and English to English ones', () => {
    const french = 'Ce commentaire a été anonymisé à la demande du client'
    const comment = (policy: 'en' | 'fr', language?: unknown): unknown =>
      compilePolicy(defaultPolicy(policy)).apply({ npsComment: 'x', language }).record?.['npsComment']
    for (const tag of ['fr', 'FR', 'fr-FR', 'fr_CA']) expect(comment('en', tag)).toBe(french)
    for (const tag of ['en', 'en-GB']) expect(comment('fr', tag)).toBe(sentence)
    for (const tag of [undefined, 'fro', 'de', 'f', '', 7, null]) {
      expect(comment('en', tag)).toBe(sentence)
      expect(comment('fr', tag)).toBe(french)
    }
  })
})

describe('a rule', () => {
  test('retain keeps a copy of the value, whatever it is', () => {
    const value = { list: [1, 'a', null, true, { deep: new Date(7) }], empty: {} }
    const { record, changes } = apply({ value }, { value: retain })
    expect(record).toEqual({ value })
    expect(record['value']).not.toBe(value)
    expect(changes).toEqual([])
  })

  test('mask, blank and remove say the same about every value', () => {
    for (const value of ['x', 7, null, false, ['a'], { a: 1 }, new Date()]) {
      const rules = {
        a: { technique: 'mask' },
        b: { technique: 'mask', with: '' },
        c: { technique: 'blank' },
        d: { technique: 'remove' },
      }
      expect(apply({ a: value, b: value, c: value, d: value }, rules).record).toEqual({ a: '***', b: '', c: '' })
    }
  })

  test('never makes a field that was not there', () => {
    const rules = { a: { technique: 'mask' }, b: { technique: 'random-email' }, 'c.d': { technique: 'blank' } }
    expect(apply({ a: undefined }, rules)).toEqual({ record: {}, changes: [] })
  })

  test('random-email is another one for every value, and from the given source', () => {
    const rules = { a: { technique: 'random-email' }, b: { technique: 'random-email' } }
    let drawn = 0
    const randomBytes = (length: number): Uint8Array => new Uint8Array(length).fill(drawn++)
    const { record } = apply({ a: 'x', b: 'x' }, rules, {}, { randomBytes })
    expect(record).toEqual({ a: `${'a'.repeat(26)}@anonymized.invalid`, b: `${'a'.repeat(26)}@anonymized.invalid` })
    const { a, b } = apply({ a: 'x', b: 'x' }, rules).record
    expect(a).not.toBe(b)
  })

  test('a source of randomness that gives something else is an argument error', () => {
    for (const bytes of [new Uint8Array(3), 'x', undefined]) {
      const randomBytes = (): Uint8Array => bytes as Uint8Array
      expect(codeOf(() => apply({ a: 'x' }, { a: { technique: 'random-email' } }, {}, { randomBytes }))).toBe(
        'ERR_INVALID_ARG_TYPE',
      )
    }
  })

  test('a warning is handed on when the rule changes something', () => {
    const rules = { a: { technique: 'remove', warning: 'the report of a' } }
    expect(apply({ a: 1 }, rules).changes).toMatchObject([{ field: 'a', warning: 'the report of a' }])
    expect(apply({ b: 1 }, rules).changes).toMatchObject([{ field: '*' }])
  })

  test('comment leaves the sentence of another language as it is', () => {
    const comments = { comment: { technique: 'comment' } }
    const once = apply({ comment: 'x', language: 'fr' }, comments).record
    expect(once['comment']).toMatch(/^Ce commentaire/)
    expect(apply(once, comments).record).toEqual(once)
  })
})

describe('paths', () => {
  test('an exact name goes before *, and * is not tried again where the name leads', () => {
    const rules = { 'custom.*': { technique: 'mask' }, 'custom.tier': retain, 'custom.address.city': retain }
    const custom = { tier: 'gold', club: 'x', address: { city: 'Paris', street: 'y' } }
    expect(apply({ custom }, rules).record).toEqual({
      custom: { tier: 'gold', club: '***', address: { city: 'Paris' } },
    })
    expect(apply({ custom: { address: 'Paris' } }, rules).record).toEqual({})
  })

  test('* at the top names every other field, and still no segment', () => {
    expect(apply({ a: 1, b: { c: 2 }, segments: { d: 3 } }, { '*': retain, a: { technique: 'mask' } }).record).toEqual({
      a: '***',
      b: { c: 2 },
    })
  })

  test('a name may hold dots, stars and backslashes', () => {
    const record = { 'a.b': 1, a: { b: 2 }, '*': 3, c: 4, 'd\\': 5 }
    expect(apply(record, { 'a\\.b': retain, '\\*': retain, 'd\\\\': retain }).record).toEqual({
      'a.b': 1,
      '*': 3,
      'd\\': 5,
    })
  })

  test('* names every element of an array, and those kept close up', () => {
    const replies = [{ text: 'x', score: 1 }, { text: 'y' }, 'z', { score: 3 }]
    expect(apply({ replies }, { 'replies.*.score': retain }).record).toEqual({ replies: [{ score: 1 }, { score: 3 }] })
    expect(apply({ replies }, { 'replies.0': retain }).record).toEqual({})
  })

  test('segments are kept by name or all together', () => {
    const record = { segments: { region: 'EU', company: 'Acme' } }
    expect(apply(record, {}).record).toEqual({})
    expect(apply(record, {}, { segments: { region: retain } }).record).toEqual({ segments: { region: 'EU' } })
    expect(apply(record, {}, { segments: { '*': retain, company: { technique: 'remove' } } }).record).toEqual({
      segments: { region: 'EU' },
    })
  })
})

describe('the report', () => {
  test('never names a field only the record knows', () => {
    const record = { 'ada@lovelace.example': 1, custom: { 'Ada Lovelace': { Ada: 2 } }, segments: { Ada: 3 } }
    const { changes } = apply(record, { 'custom.*.x': retain })
    expect(changes.map(({ field, count }) => [field, count])).toEqual([
      ['*', 1],
      ['custom.*.*', 1],
      ['segments.*', 1],
    ])
  })

  test('names the columns the host vouches for', () => {
    const { changes } = apply({ 'Q1.a': 1, age: 2, 'other ada': 3 }, {}, {}, { columns: ['Q1.a', 'age', 'gone'] })
    expect(changes.map(({ field }) => field)).toEqual(['Q1\\.a', 'age', '*'])
  })

  test('names the branch whose value has no parts', () => {
    for (const custom of ['Ada', 7, null, new Date()]) {
      expect(apply({ custom }, { 'custom.*': retain })).toEqual({
        record: {},
        changes: [{ field: 'custom', technique: 'remove', because: 'default-deny', count: 1 }],
      })
    }
  })
})

describe('hostile records', () => {
  const rules = { kept: retain, masked: { technique: 'mask' }, 'branch.a': retain }
  const places = (value: unknown): object[] => [
    { kept: value },
    { masked: value },
    { branch: value },
    { branch: { a: value } },
    { branch: { b: value } },
    { denied: value },
    { kept: [{ x: value }] },
    { denied: { x: [value] } },
  ]

  test('ERR_RECORD_ACCESSOR, without calling it', () => {
    let calls = 0
    const accessor = (): object => Object.defineProperty({}, 'x', { enumerable: true, get: () => ++calls })
    for (const record of [
      ...places(accessor()),
      Object.defineProperty({}, 'kept', { enumerable: true, get: () => ++calls }),
    ]) {
      expect(codeOf(() => apply(record, rules))).toBe('ERR_RECORD_ACCESSOR')
    }
    const array = Object.defineProperty([], 0, { enumerable: true, get: () => ++calls })
    expect(codeOf(() => apply({ kept: array }, rules))).toBe('ERR_RECORD_ACCESSOR')
    const setter = Object.defineProperty({}, 'kept', { enumerable: true, set: () => {} })
    expect(codeOf(() => apply(setter, rules))).toBe('ERR_RECORD_ACCESSOR')
    const language = Object.defineProperty({}, 'language', { get: () => ++calls })
    expect(apply(language, rules).record).toEqual({})
    expect(calls).toBe(0)
  })

  test('ERR_RECORD_CYCLE', () => {
    for (const name of ['kept', 'masked', 'branch', 'denied']) {
      const record: Record<string, unknown> = {}
      record[name] = { deeper: [record] }
      expect(
        codeOf(() => apply(record, rules)),
        name,
      ).toBe('ERR_RECORD_CYCLE')
    }
    const loop: unknown[] = []
    loop.push(loop)
    for (const record of places(loop)) expect(codeOf(() => apply(record, rules))).toBe('ERR_RECORD_CYCLE')
  })

  test('the same object in two places is no cycle', () => {
    const shared = { a: 1 }
    expect(apply({ kept: [shared, shared] }, rules).record).toEqual({ kept: [shared, shared] })
  })

  test('ERR_RECORD_NOT_PLAIN', () => {
    class Person {}
    const holes = new Array(3)
    const impostor = Object.create(Date.prototype) as object
    const strange = [
      new Map(),
      new Set(),
      new Person(),
      () => 1,
      Symbol('x'),
      10n,
      holes,
      Object.create({}),
      /x/,
      impostor,
      new Uint8Array(2),
      Object('x'),
      new Array(2 ** 32 - 1),
    ]
    for (const value of strange) {
      for (const record of places(value)) expect(codeOf(() => apply(record, rules))).toBe('ERR_RECORD_NOT_PLAIN')
    }
    expect(codeOf(() => apply(new Person(), rules))).toBe('ERR_RECORD_NOT_PLAIN')
    expect(codeOf(() => apply(Object.create({ kept: 1 }), rules))).toBe('ERR_RECORD_NOT_PLAIN')
  })

  test('ERR_RECORD_TOO_LARGE', () => {
    let deep: unknown = 1
    for (let level = 0; level < 64; level += 1) deep = [deep]
    let doubled: unknown = 1
    for (let level = 0; level < 40; level += 1) doubled = [doubled, doubled]
    const many = Array.from({ length: 10_001 }, () => ({}))
    for (const value of [deep, doubled, many]) {
      for (const record of places(value)) expect(codeOf(() => apply(record, rules))).toBe('ERR_RECORD_TOO_LARGE')
    }
  })

  test('what is no object is an argument error', () => {
    for (const record of [null, undefined, 'x', 7, [], [{ kept: 1 }]]) {
      expect(codeOf(() => apply(record as object, rules))).toBe('ERR_INVALID_ARG_TYPE')
    }
  })

  test('__proto__, constructor and prototype are data', () => {
    const json = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"kept":{"__proto__":{"x":1}}}'
    const { record } = apply(JSON.parse(json), rules)
    expect(JSON.stringify(record)).toBe('{"kept":{"__proto__":{"x":1}}}')
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype)
    expect(Object.getPrototypeOf(record['kept'])).toBe(Object.prototype)
    const named = apply(JSON.parse(json), { '__proto__.polluted': retain, 'constructor.prototype.polluted': retain })
    expect(JSON.stringify(named.record)).toBe('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('symbols, hidden members and undefined are left out', () => {
    const record = { [Symbol('kept')]: 'Ada', kept: undefined, denied: undefined }
    Object.defineProperty(record, 'masked', { value: 'Ada', enumerable: false })
    expect(apply(record, { ...rules, '*': retain })).toEqual({ record: {}, changes: [] })
  })

  test('objects without a prototype or of another realm are plain', () => {
    const bare = Object.assign(Object.create(null) as object, { kept: 1 })
    expect(apply(bare, rules).record).toEqual({ kept: 1 })
    const foreign = runInNewContext('({ kept: { a: [1] } })') as object
    expect(apply(foreign, rules).record).toEqual({ kept: { a: [1] } })
  })

  test('messages name neither fields nor values', () => {
    const secret = 'ada@lovelace.example'
    for (const record of [{ [secret]: () => secret }, { [secret]: { [secret]: new Map([[secret, secret]]) } }]) {
      try {
        apply(record, rules)
      } catch (error) {
        expect(String((error as Error).stack) + JSON.stringify(error)).not.toContain(secret)
      }
    }
  })
})

describe('records of scalars', () => {
  const rules = { name: { technique: 'mask' }, score: retain, comment: { technique: 'comment' } }
  const policy = parsePolicy({ version: 1, fields: rules })
  const ada = { name: 'Ada', score: 9, comment: 'x', other: 1 }

  test('share their report, which is frozen', () => {
    for (const options of [{}, { functionConstructor: Function }]) {
      const compiled = compilePolicy(policy, options)
      const { changes } = compiled.apply(ada)
      expect(compiled.apply({ ...ada, name: 'Grace' }).changes).toBe(changes)
      expect(Object.isFrozen(changes) && changes.every(Object.isFrozen)).toBe(true)
    }
  })

  test('no program is made of text unless asked for', () => {
    const made: string[] = []
    const functionConstructor = new Proxy(Function, {
      apply: (target, _, texts: string[]) => {
        made.push(texts.join(' '))
        return target(...texts)
      },
    })
    const compiled = compilePolicy(policy, { functionConstructor })
    expect(made).toEqual([])
    for (let times = 0; times < 3; times += 1) compiled.apply(ada)
    expect(made).toHaveLength(1)
    expect(made[0]).not.toContain('Ada')
    for (let count = 0; count < 100; count += 1) compiled.apply({ [`kind${count}`]: 1 })
    expect(made.length).toBeLessThan(20)
  })

  test('where the platform forbids it, things are as without', () => {
    const functionConstructor = (() => {
      throw new EvalError('Code generation from strings disallowed')
    }) as unknown as FunctionConstructor
    const expected = compilePolicy(policy).apply(ada)
    expect(compilePolicy(policy, { functionConstructor }).apply(ada)).toEqual(expected)
  })

  test('a getter in records said to be parsed runs once, and only where all else are scalars', () => {
    for (const functionConstructor of [undefined, Function]) {
      const compiled = compilePolicy(policy, { parsed: true, ...(functionConstructor && { functionConstructor }) })
      compiled.apply(ada)
      let calls = 0
      const accessor = { get: () => ++calls, enumerable: true }
      expect(compiled.apply(Object.defineProperty({ ...ada }, 'score', accessor)).record?.['score']).toBe(1)
      expect(codeOf(() => compiled.apply(Object.defineProperty({}, 'score', accessor)))).toBe('ERR_RECORD_ACCESSOR')
      expect(calls).toBe(1)
    }
  })

  test('a language that is hidden does not count', () => {
    const hidden = Object.defineProperty({ comment: 'x' }, 'language', { value: 'fr' })
    for (const record of [hidden, Object.defineProperty({ comment: ['x'] }, 'language', { value: 'fr' })]) {
      expect(compilePolicy(policy).apply(record).record?.['comment']).toMatch(/^This/)
    }
  })

  test('options of the wrong type are argument errors', () => {
    for (const wrong of [{ parsed: 'false' }, { parsed: null }, { functionConstructor: 'Function' }]) {
      expect(codeOf(() => compilePolicy(policy, wrong as unknown as CompileOptions))).toBe('ERR_INVALID_ARG_TYPE')
    }
  })
})

test('compilePolicy checks a policy that was not parsed', () => {
  const forged = { version: 1, language: 'en', fields: { a: { technique: 'tokenize' } }, segments: {} }
  expect(codeOf(() => compilePolicy(forged as never))).toBe('ERR_POLICY_TECHNIQUE_UNKNOWN')
})
