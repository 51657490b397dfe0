import {
  compilePolicy,
  defaultPolicy,
  escapeFieldName,
  parsePolicy,
  RETAIN_IDENTIFIERS,
  TECHNIQUES,
} from '@surveyseal/core/anonymize'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'

const retain = { technique: 'retain' }
const fields = (map: object): object => ({ version: 1, language: 'en', fields: map, segments: {} })
const two = (map: object): object => ({ version: 2, language: 'en', kinds: {}, records: [], fields: map, segments: {} })
const segments = (map: object): object => ({ version: 1, language: 'en', fields: {}, segments: map })

describe('parsePolicy', () => {
  test('gives back the policy it read, frozen', () => {
    const json = {
      version: 1,
      language: 'fr',
      fields: { email: { technique: 'random-email' }, name: { technique: 'mask', with: '--', warning: 'gone' } },
      segments: { '*': retain },
    }
    const policy = parsePolicy(json)
    expect(policy).toEqual(json)
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
    for (const part of [policy, policy.fields, policy.segments, policy.fields['name']]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
    json.fields.email.technique = 'retain'
    expect(policy.fields['email']).toEqual({ technique: 'random-email' })
  })

  test('language and segments may be left out', () => {
    expect(parsePolicy({ version: 1, fields: {} })).toEqual({ version: 1, language: 'en', fields: {}, segments: {} })
  })

  test('ERR_POLICY_INVALID', () => {
    const wrong: unknown[] = [
      null,
      undefined,
      'text',
      [],
      { version: 1 },
      { version: 1, fields: [] },
      { version: 1, fields: null },
      { version: 1, fields: {}, extra: true },
      { version: 1, fields: {}, language: 'de' },
      { version: 1, fields: {}, language: 'constructor' },
      { version: 1, fields: {}, segments: [] },
      JSON.parse('{"version":1,"fields":{},"__proto__":{"language":"fr"}}'),
      fields({ a: null }),
      fields({ a: 'retain' }),
      fields({ a: [retain] }),
      fields({ a: { ...retain, with: 'x' } }),
      fields({ a: { technique: 'mask', with: 7 } }),
      fields({ a: { technique: 'mask', with: 'x'.repeat(101) } }),
      fields({ a: { technique: 'mask', constructor: 'x' } }),
      fields({ a: JSON.parse('{"technique":"mask","__proto__":"x"}') }),
      fields({ a: { ...retain, warning: 7 } }),
      fields({ a: { ...retain, warning: '' } }),
      { version: 1, fields: {}, kinds: {} },
      { version: 1, fields: {}, records: [] },
      fields({ a: { ...retain, when: { language: 'fr' } } }),
      two({ a: [] }),
      two({ a: Array.from({ length: 101 }, (_, index) => ({ ...retain, when: { fields: { b: [`${index}`] } } })) }),
      two({ a: [[retain]] }),
      ...[null, [], {}, 'fr', { when: {} }, { kind: 'number', also: 1 }].map((when) => two({ a: { ...retain, when } })),
      ...['FR', 'fr-CA', 'f', '', 7, ['fr']].map((language) => two({ a: { ...retain, when: { language } } })),
      ...['email', 'toString', '', 7, ['text']].map((kind) => two({ a: { ...retain, when: { kind } } })),
      ...[
        null,
        {},
        [],
        { b: [] },
        { b: 'x' },
        { b: [7] },
        { b: ['x'.repeat(101)] },
        { b: Array(1001).fill('x') },
      ].flatMap((tests) => [
        two({ a: { ...retain, when: { segments: tests } } }),
        two({ a: { ...retain, when: { fields: tests } } }),
      ]),
      two({ a: JSON.parse('{"technique":"retain","when":{"__proto__":{"language":"fr"}}}') }),
      two({ a: { technique: 'suppress-record' } }),
      ...[null, {}, [7], [retain], [{ technique: 'suppress-record', when: { kind: 'text' } }]].map((records) => ({
        ...two({}),
        records,
      })),
      ...[null, [], { a: 'email' }, { a: null }, { a: ['text'] }].map((kinds) => ({ ...two({}), kinds })),
      new Map(),
      Object.create({ version: 1, fields: {} }),
      {
        get version(): number {
          return 1
        },
        fields: {},
      },
    ]
    for (const json of wrong)
      expect(
        codeOf(() => parsePolicy(json)),
        JSON.stringify(json),
      ).toBe('ERR_POLICY_INVALID')
    const cyclic = fields({})
    expect(codeOf(() => parsePolicy(Object.assign(cyclic, { fields: { cyclic } })))).toBe('ERR_POLICY_INVALID')
  })

  test('ERR_POLICY_VERSION_UNKNOWN', () => {
    for (const version of [0, 3, '1', '2', null, undefined]) {
      expect(codeOf(() => parsePolicy({ version, fields: {} }))).toBe('ERR_POLICY_VERSION_UNKNOWN')
    }
  })

  test('ERR_POLICY_TECHNIQUE_UNKNOWN', () => {
    for (const technique of ['tokenize', 'toString', '__proto__', 'constructor', '', 7, null, undefined, ['mask']]) {
      expect(codeOf(() => parsePolicy(fields({ a: { technique } })))).toBe('ERR_POLICY_TECHNIQUE_UNKNOWN')
      expect(codeOf(() => parsePolicy(segments({ a: { technique } })))).toBe('ERR_POLICY_TECHNIQUE_UNKNOWN')
    }
  })

  test('ERR_POLICY_PATH_INVALID', () => {
    const deep = Array.from({ length: 65 }, () => 'a').join('.')
    for (const path of ['', '.', 'a.', '.a', 'a..b', 'a*', '*a', '**', 'a\\', '\\a', 'a\\.\\', deep]) {
      expect(
        codeOf(() => parsePolicy(fields({ [path]: retain }))),
        path,
      ).toBe('ERR_POLICY_PATH_INVALID')
    }
    expect(codeOf(() => parsePolicy(segments({ 'a.b': retain })))).toBe('ERR_POLICY_PATH_INVALID')
    for (const path of ['', 'a..b', 'a*']) {
      expect(codeOf(() => parsePolicy({ ...two({}), kinds: { [path]: 'text' } }))).toBe('ERR_POLICY_PATH_INVALID')
    }
    const when = (when: object): object => two({ a: { ...retain, when } })
    for (const path of ['', 'a.*', '*', 'segments.a', 'segments']) {
      const wrong = when({ fields: { [path]: ['x'] } })
      expect(
        codeOf(() => parsePolicy(wrong)),
        path,
      ).toBe('ERR_POLICY_PATH_INVALID')
    }
    for (const path of ['', 'a.b', '*']) {
      const wrong = when({ segments: { [path]: ['x'] } })
      expect(
        codeOf(() => parsePolicy(wrong)),
        path,
      ).toBe('ERR_POLICY_PATH_INVALID')
    }
  })

  test('ERR_POLICY_RULES_CONTRADICT', () => {
    for (const [one, other] of [
      ['a', 'a.b'],
      ['a.*', 'a.*.b'],
      ['a.b', 'a.b.*'],
      ['*', '*.a'],
      ['segments.a', 'b'],
      ['segments', 'b'],
      ['segments.*', 'b'],
    ] as const) {
      const rules = [
        { [one]: retain, [other]: retain },
        { [other]: retain, [one]: retain },
      ]
      for (const map of rules)
        expect(
          codeOf(() => parsePolicy(fields(map))),
          one,
        ).toBe('ERR_POLICY_RULES_CONTRADICT')
    }
  })

  test('an alternative that an earlier one leaves nothing to contradicts it: ERR_POLICY_RULES_CONTRADICT', () => {
    const inEurope = { segments: { region: ['EU', 'UK'] } }
    for (const [earlier, later] of [
      [undefined, undefined],
      [undefined, inEurope],
      [inEurope, inEurope],
      [inEurope, { segments: { region: ['UK'] } }],
      [inEurope, { ...inEurope, language: 'fr' }],
      [{ kind: 'text' }, { language: 'fr', kind: 'text' }],
    ]) {
      const [one, other] = [earlier, later].map((when) => ({ ...retain, ...(when && { when }) }))
      const code = codeOf(() => parsePolicy(two({ a: [one, other] })))
      expect(code, JSON.stringify([earlier, later])).toBe('ERR_POLICY_RULES_CONTRADICT')
    }
    for (const [earlier, later] of [
      [inEurope, { segments: { region: ['US'] } }],
      [{ segments: { region: ['UK'] } }, inEurope],
      [{ language: 'fr' }, { kind: 'text' }],
      [inEurope, { fields: { region: ['EU'] } }],
    ]) {
      const rules = [earlier, later].map((when) => ({ ...retain, when }))
      expect(parsePolicy(two({ a: rules })).fields['a']).toEqual(rules)
    }
  })

  test('ERR_POLICY_RETAINS_IDENTIFIER, unless the marked symbol says why', () => {
    const left = [retain, { technique: 'truncate', keep: 3 }, { technique: 'round', to: 10 }]
    const names = [
      'email',
      'E-Mail',
      'customers.*.first_name',
      'téléphones',
      'contact.phone.*',
      'customerNumber',
      'Nom',
      'work_email',
      'Contact E-mail Addresses',
      'customer.contactPhone2',
      'guestFirstName',
      'courriel professionnel.client courriel',
      'last login IP address',
    ]
    const refused = [
      ...names.flatMap((name) => left.map((rule) => fields({ [name]: rule }))),
      segments({ 'Customer ID': retain }),
      two({ email: [{ technique: 'mask', when: { language: 'fr' } }, retain] }),
      { ...two({ code: retain }), kinds: { code: 'identifier' } },
      { ...two({ 'codes.*': retain }), kinds: { 'codes.*': 'identifier' } },
      { ...two({ person: retain }), kinds: { 'person.code': 'identifier' } },
      { ...two({}), segments: { code: retain }, kinds: { 'segments.code': 'identifier' } },
    ]
    for (const json of refused) {
      expect(
        codeOf(() => parsePolicy(json)),
        JSON.stringify(json),
      ).toBe('ERR_POLICY_RETAINS_IDENTIFIER')
      const marked = parsePolicy({ ...json, [RETAIN_IDENTIFIERS]: 'a register is published' })
      expect(marked[RETAIN_IDENTIFIERS]).toBe('a register is published')
      expect(parsePolicy(marked)).toEqual(marked)
      expect(codeOf(() => compilePolicy(marked))).toBe(null)
      expect(codeOf(() => parsePolicy(JSON.parse(JSON.stringify(marked))))).toBe('ERR_POLICY_RETAINS_IDENTIFIER')
    }
    const hidden = { technique: 'remove', when: { kind: 'text' } }
    for (const json of [
      fields({ email: { technique: 'random-email' }, phone: { technique: 'mask' }, name: { technique: 'remove' } }),
      fields({ 'email.verified': retain, nameOfShip: retain, emailed: retain, companyName: retain }),
      fields({ hasEmail: retain, 'prefers phone': retain, smartphone: retain, hotel: retain, by_telephone: retain }),
      fields({ emailOptIn: retain, phoneModel: retain, 'product number': retain, saxophones: retain }),
      two({ email: hidden }),
    ]) {
      expect(
        codeOf(() => parsePolicy(json)),
        JSON.stringify(json),
      ).toBe(null)
    }
  })

  test('no JSON and no prototype is the mark, and the reason must be a text', () => {
    const json = fields({ email: retain })
    const name = RETAIN_IDENTIFIERS.toString()
    expect(codeOf(() => parsePolicy({ ...json, [name]: 'why' }))).toBe('ERR_POLICY_INVALID')
    expect(codeOf(() => parsePolicy({ ...json, RETAIN_IDENTIFIERS: 'why' }))).toBe('ERR_POLICY_INVALID')
    for (const reason of ['', true, null, {}, 'x'.repeat(1001)]) {
      expect(codeOf(() => parsePolicy({ ...json, [RETAIN_IDENTIFIERS]: reason }))).toBe('ERR_POLICY_INVALID')
    }
    try {
      Object.assign(Object.prototype, { [RETAIN_IDENTIFIERS]: 'why' })
      expect(codeOf(() => parsePolicy(json))).toBe('ERR_POLICY_RETAINS_IDENTIFIER')
    } finally {
      Reflect.deleteProperty(Object.prototype, RETAIN_IDENTIFIERS)
    }
  })

  test('names of prototypes are names like any other', () => {
    const policy = parsePolicy(
      JSON.parse(
        '{"version":1,"fields":{"__proto__":{"technique":"retain"},"constructor.prototype":{"technique":"mask"}}}',
      ),
    )
    expect(Object.keys(policy.fields)).toEqual(['__proto__', 'constructor.prototype'])
    expect(Object.getPrototypeOf(policy.fields)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['technique']).toBeUndefined()
  })

  test('a polluted prototype adds no rules', () => {
    const prototype = Object.prototype as Record<string, unknown>
    try {
      Object.assign(prototype, { segments: { '*': retain }, technique: 'retain', language: 'fr' })
      expect(parsePolicy({ version: 1, fields: {} })).toEqual({ version: 1, language: 'en', fields: {}, segments: {} })
      expect(codeOf(() => parsePolicy(fields({ a: {} })))).toBe('ERR_POLICY_TECHNIQUE_UNKNOWN')
    } finally {
      for (const name of ['segments', 'technique', 'language']) delete prototype[name]
    }
  })

  test('messages number the rule and name neither fields nor values', () => {
    const secret = 'alice@example.com'
    const messages = [
      fields({ a: retain, [secret]: { technique: 'mask', with: 7 } }),
      fields({ a: retain, [secret]: { technique: secret } }),
      fields({ a: retain, [`${secret}..`]: retain }),
      fields({ 'x.y': retain, x: { technique: 'mask', [secret]: secret } }),
      segments({ 'alice\\@': retain }),
      two({ a: [{ technique: 'mask', when: { fields: { [secret]: [7] } } }] }),
      two({ a: [retain, { technique: 'mask', when: { fields: { [secret]: ['x'] } } }] }),
      { ...two({}), kinds: { [secret]: secret } },
      { ...fields({}), [secret]: 1 },
    ].map((json) => {
      try {
        return String(parsePolicy(json))
      } catch (error) {
        return (error as Error).message
      }
    })
    expect(messages).toEqual([
      'fields[1].with is not of the documented form',
      'fields[1].technique does not exist',
      'the name of fields[1] is not a path',
      'fields[1] is not of the documented form',
      'the name of segments[0] is not a path',
      'fields[0][0].when.fields is not of the documented form',
      'fields[0][1] comes after a rule that leaves nothing to it',
      'kinds[0] is not of the documented form',
      'the policy is not of the documented form',
    ])
  })
})

test('the techniques are those of ISO/IEC 20889, in two languages', () => {
  const families = Object.entries(TECHNIQUES).map(([id, { family, name }]) => [
    id,
    family,
    name.en !== '' && name.fr !== '',
  ])
  expect(families).toEqual([
    ['retain', 'none', true],
    ['mask', 'suppression', true],
    ['comment', 'suppression', true],
    ['blank', 'suppression', true],
    ['remove', 'suppression', true],
    ['random-email', 'randomization', true],
    ['round', 'generalization', true],
    ['top-bottom-code', 'generalization', true],
    ['band', 'generalization', true],
    ['coarsen-date', 'generalization', true],
    ['truncate', 'generalization', true],
    ['region', 'generalization', true],
    ['suppress-record', 'suppression', true],
  ])
})

test('escapeFieldName makes any name one step', () => {
  expect(escapeFieldName('Q1.a*b\\c')).toBe('Q1\\.a\\*b\\\\c')
})

describe('defaultPolicy', () => {
  test.each(['en', 'fr'] as const)('in %s is a policy that reads back as itself', (language) => {
    const policy = defaultPolicy(language)
    expect(policy.language).toBe(language)
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
  })

  test('refuses a language it does not have', () => {
    for (const language of ['de', 'toString', undefined, 7]) {
      expect(codeOf(() => defaultPolicy(language as 'en'))).toBe('ERR_INVALID_ARG_VALUE')
    }
  })
})
