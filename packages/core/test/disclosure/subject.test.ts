import type { OtherRecord } from '@surveyseal/core/disclosure'
import { assessSubject } from '@surveyseal/core/disclosure'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'

/** One record of each other person, numbered. */
function others(...records: object[]): OtherRecord[] {
  return records.map((record, person) => ({ person, record }))
}

function sentences(assessment: ReturnType<typeof assessSubject>): string[] {
  return assessment.because.map(({ risk, text }) => `${risk}: ${text.en}`)
}

describe('singling out', () => {
  test('job level and company together, though each is shared', () => {
    const assessment = assessSubject({
      records: [{ firstName: '***', jobLevel: 'C', company: 'Acme', region: 'north' }],
      others: others(
        { firstName: 'Ann', jobLevel: 'C', company: 'Globex', region: 'north' },
        { firstName: 'Bob', jobLevel: 'B', company: 'Acme', region: 'north' },
      ),
    })
    expect(assessment.verdict).toBe('singled-out')
    expect(sentences(assessment)).toEqual(['singling-out: jobLevel + company: nobody else has this in a record'])
    expect(assessment.because[0]).toMatchObject({ fields: ['jobLevel', 'company'], persons: 1 })
  })

  test('nine surveys, six of them from New England', () => {
    const survey = (region: string) => ({ region, score: 8 })
    const person = (total: number, fromNewEngland: number) =>
      Array.from({ length: total }, (_, at) => survey(at < fromNewEngland ? 'New England' : 'Quebec'))
    const crowd = [person(9, 5), person(9, 4), person(8, 6), person(7, 6), person(9, 5)]
    const assessment = assessSubject({
      records: person(9, 6),
      others: crowd.flatMap((records, who) => records.map((record) => ({ person: who, record }))),
    })
    expect(assessment.verdict).toBe('singled-out')
    expect(sentences(assessment)).toContain('singling-out: 9 records, 6 × region = "New England": nobody else')
    expect(assessment.because[0]?.text.fr).toBe('9 enregistrements, 6 × region = "New England" : personne d’autre')
  })

  test('four suppressed records of others do not make a unique person look safe', () => {
    const suppressed = { jobLevel: '***', company: null }
    const assessment = assessSubject({
      records: [{ jobLevel: 'C', company: 'Acme' }],
      others: others(suppressed, suppressed, suppressed, suppressed),
    })
    expect(assessment.verdict).toBe('singled-out')
  })

  test('more than three fields that only together betray are found too', () => {
    const subject = { a: 1, b: 1, c: 1, d: 1, e: 1 }
    const almost = ['a', 'b', 'c', 'd'].map((name) => ({ ...subject, [name]: 2 }))
    const assessment = assessSubject({ records: [subject], others: others(...almost) })
    expect(assessment.because).toMatchObject([{ fields: ['a', 'b', 'c', 'd'], persons: 1 }])
  })

  test('masks, random addresses and the sentence in place of a comment tell nothing', () => {
    const comment = 'This comment has been anonymised based on customer request'
    const records = [{ email: 'k3x9@anonymized.invalid', lastName: '***', npsComment: comment, score: 9 }]
    const { verdict, because } = assessSubject({ records, others: others({ email: 'a@b.example', score: 9 }) })
    expect({ verdict, because }).toEqual({ verdict: 'not-singled-out', because: [] })
  })

  test('fields of nested objects and arrays are read, those of the prototype are not', () => {
    const record = (tags: string[], plan: string) => JSON.parse(JSON.stringify({ custom: { 'a.b': plan }, tags }))
    const hostile = JSON.parse('{"__proto__":{"plan":"gold"},"custom":{"a.b":"gold"},"tags":["y","x"]}')
    const { because } = assessSubject({
      records: [record(['x', 'y'], 'gold')],
      others: others(hostile, record(['y', 'x'], 'free'), record(['x'], 'gold')),
    })
    expect(because).toEqual([])
    const alone = assessSubject({ records: [record(['x', 'y'], 'gold')], others: others(record(['x'], 'gold')) })
    expect(alone.because).toMatchObject([{ fields: ['tags.*'] }])
    expect(assessSubject({ records: [hostile], others: others({ plan: 'gold' }) }).tested.fields).toContain(
      '__proto__.plan',
    )
  })

  test('a person written as a number and as text is one person', () => {
    const record = { region: 'north' }
    const data = { records: [record], others: [1, '1'].map((person) => ({ person, record })) }
    expect(assessSubject(data).tested.persons).toBe(2)
    expect(assessSubject(data, { k: 3 }).verdict).toBe('singled-out')
  })

  test('k says how many are too few, and others of one person are one', () => {
    const record = { region: 'north' }
    const data = { records: [record], others: [...others(record, record), { person: 0, record }] }
    expect(assessSubject(data, { k: 3 }).verdict).toBe('not-singled-out')
    const four = assessSubject(data, { k: 4 })
    expect(four.because).toMatchObject([{ fields: [], persons: 3 }])
  })
})

describe('linkability', () => {
  test('a token that two persons happen to share, and one of them uses often', () => {
    const token = { panel: 'p-77', score: 1 }
    const assessment = assessSubject({
      records: [token, { ...token, score: 2 }, { ...token, score: 3 }],
      others: [
        ...others(token, { panel: 'p-1', score: 2 }, { panel: 'p-2', score: 3 }),
        ...[1, 2, 3].map((score) => ({ person: 'x', record: { panel: 'p-3', score } })),
      ],
    })
    expect(assessment.because).toContainEqual(
      expect.objectContaining({ risk: 'linkability', fields: ['panel'], persons: 2 }),
    )
  })

  test('is the verdict when a double hides the person, and not the fact that records are of few persons', () => {
    const records = [1, 2, 3, 4].map(() => ({ panel: 'p-77', year: 2026 }))
    const person = (name: string, panel: string) =>
      [1, 2, 3, 4].map(() => ({ person: name, record: { panel, year: 2026 } }))
    const others = [...person('double', 'p-77'), ...person('b', 'p-1'), ...person('c', 'p-2'), ...person('d', 'p-3')]
    expect(assessSubject({ records, others })).toMatchObject({
      verdict: 'linkable',
      because: [{ risk: 'linkability', fields: ['panel'], persons: 2 }],
    })
    const many = [...others, ...person('e', 'p-77'), ...person('f', 'p-77')]
    expect(assessSubject({ records, others: many })).toMatchObject({ verdict: 'not-singled-out', because: [] })
  })
})

describe('inference', () => {
  const crowd = [
    ...Array.from({ length: 9 }, () => ({ site: 'Lyon', satisfied: 'no' })),
    ...Array.from({ length: 9 }, () => ({ site: 'Nantes', satisfied: 'yes' })),
  ]

  test('everybody of one site gave the same answer', () => {
    const data = { records: [{ site: 'Lyon', satisfied: 'no' }], others: others(...crowd) }
    const { verdict, because } = assessSubject(data, { sensitive: ['satisfied'] })
    expect(verdict).toBe('not-singled-out')
    expect(because).toMatchObject([{ risk: 'inference', fields: ['site'], inferred: 'satisfied', persons: 10 }])
  })

  test('nearly everybody of one site gave the same answer', () => {
    const many = (site: string, no: number, yes: number) => [
      ...Array.from({ length: no }, () => ({ site, satisfied: 'no' })),
      ...Array.from({ length: yes }, () => ({ site, satisfied: 'yes' })),
    ]
    const asked = (no: number, yes: number) =>
      assessSubject(
        {
          records: [{ site: 'Lyon', satisfied: 'no' }],
          others: others(...many('Lyon', no, yes), ...many('Nantes', 9, 90)),
        },
        { sensitive: ['satisfied'] },
      ).because
    expect(asked(99, 1)).toMatchObject([{ risk: 'inference', fields: ['site'], persons: 101 }])
    expect(asked(99, 1)[0]?.text.en).toBe('site: 99 % of the records with these values have the same satisfied')
    expect(asked(89, 11)).toEqual([])
  })

  test('is not seen in what two who agree by chance share, nor in what everybody answers', () => {
    const records = [{ site: 'Brest', satisfied: 'no' }]
    const few = others(...crowd, ...records)
    expect(assessSubject({ records, others: few }, { sensitive: ['satisfied'] }).because).toEqual([])
    const same = others(...crowd.map((record) => ({ ...record, satisfied: 'no' })), ...records)
    expect(assessSubject({ records, others: same }, { sensitive: ['satisfied'] }).because).toEqual([])
  })

  test('is said not to be tested without a sensitive field', () => {
    const { notTested } = assessSubject({ records: [{ a: 1 }], others: others({ a: 1 }) })
    expect(notTested[0]?.en).toContain('Inference')
    expect(JSON.stringify(notTested).toLowerCase()).not.toContain('anonym')
  })
})

describe('refusals', () => {
  test('ERR_DISCLOSURE_EMPTY: nothing is left of the person', () => {
    expect(codeOf(() => assessSubject({ records: [], others: [] }))).toBe('ERR_DISCLOSURE_EMPTY')
  })

  test('ERR_DISCLOSURE_COLUMN_MISSING: a field no record of the person has', () => {
    const data = { records: [{ a: 1 }], others: [] }
    expect(codeOf(() => assessSubject(data, { fields: ['b'] }))).toBe('ERR_DISCLOSURE_COLUMN_MISSING')
    expect(codeOf(() => assessSubject(data, { sensitive: ['b'] }))).toBe('ERR_DISCLOSURE_COLUMN_MISSING')
  })

  test('ERR_DISCLOSURE_VALUE_INVALID: a function, an invalid date, a record that contains itself', () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    for (const record of [{ a: () => 1 }, { a: new Date(Number.NaN) }, circular]) {
      expect(codeOf(() => assessSubject({ records: [record], others: [] }))).toBe('ERR_DISCLOSURE_VALUE_INVALID')
    }
  })

  test('ERR_INVALID_ARG_TYPE and ERR_INVALID_ARG_VALUE: a calling program that is wrong', () => {
    const assess = (data: unknown, options?: unknown) => codeOf(() => assessSubject(data as never, options as never))
    expect(assess({ records: [1], others: [] })).toBe('ERR_INVALID_ARG_TYPE')
    expect(assess({ records: [{ a: 1 }], others: [{ a: 1 }] })).toBe('ERR_INVALID_ARG_TYPE')
    expect(assess({ records: [{ a: 1 }], others: [{ record: { a: 1 } }] })).toBe('ERR_INVALID_ARG_TYPE')
    expect(assess({ records: [{ a: 1 }], others: [] }, { k: 1 })).toBe('ERR_INVALID_ARG_VALUE')
  })
})
