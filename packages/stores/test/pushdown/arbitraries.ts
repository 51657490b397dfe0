import type { Policy, Rule, When } from '@surveyseal/core/anonymize'
import { escapeFieldName, parsePolicy, RETAIN_IDENTIFIERS } from '@surveyseal/core/anonymize'
import type { ColumnType, PushdownDialect } from '@surveyseal/stores/pushdown'
import fc from 'fast-check'

/** Names that an engine could take for something else. Engines that fold case never see two of them as one. */
export const hostileNames = [
  'email',
  'language',
  'segments',
  'select',
  'order',
  'rowid',
  'source',
  '"',
  'a"b',
  "it's",
  '"; DROP TABLE answers; --',
  '$1',
  '?',
  '__proto__',
  'constructor',
  'ada@example.com',
  '+33 6 12 34 56 78',
  'naïve ÉTÉ',
  '名前😀',
  'x.y',
  '*',
  ' ',
  '\n',
  'x'.repeat(63),
] as const

/** A column as it is made, and what goes into it. */
interface GeneratedColumn {
  readonly name: string
  readonly type: ColumnType
}

/** What goes into one row: what JavaScript reads of it, and by `text` what is written. */
type Cell = { readonly value: unknown; readonly written: string } | null

export interface GeneratedTable {
  readonly columns: readonly GeneratedColumn[]
  readonly rows: readonly (readonly Cell[])[]
  readonly policy: Policy
}

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 5 }).filter((value) => !value.includes('\0') && value.isWellFormed()),
    fc.constantFrom('', 'fr', 'FR', 'en', 'fr-CA', 'EN_gb', 'fra', 'Lyon', 'Nice', 'Rhône', '<0', '[0, 10)', '7', ' 7'),
    fc.constantFrom(
      '2026',
      '2026-W12',
      '2026-W54',
      '2026-03',
      '2026-13',
      '2026-Q1',
      '2026-Q5',
      '2026-03-17\n',
      '2026\n',
    ),
    fc.constantFrom('0000-01-01', '0001-01-01', '2100-02-29', '2000-02-29', '2021-01-03', '2018-12-31', '2026-00-10'),
    fc.constantFrom(
      'This comment has been anonymised based on customer request',
      '1e5',
      '-0',
      '+5',
      '12\n',
      '.5',
      '5.',
    ),
    fc.constantFrom('Ce commentaire a été anonymisé à la demande du client', '999999999999999999999', '-0.0000001'),
    fc
      .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().replace('T', Math.floor(date.getTime()) % 2 === 0 ? 'T' : ' ')),
    fc
      .tuple(fc.nat(9999), fc.nat(13), fc.nat(32))
      .map((parts) => parts.map((part, at) => String(part).padStart(at === 0 ? 4 : 2, '0')).join('-')),
    fc.integer({ min: -1000, max: 1000 }).map(String),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map(String),
    fc.stringMatching(/^[+-]?\d{1,21}(\.\d{1,20})?$/),
  )
  .map((value) => ({ value, written: value }))

/** Rounded up, a whole number near 2^53 is beyond it, and refused when it is read. */
const halfSafe = fc.maxSafeInteger().map((value) => Math.trunc(value / 2))
const integer = fc
  .oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer(), halfSafe, fc.constantFrom(0, 7, 10, -1))
  .map((value) => ({ value, written: String(value) }))

/** Shortest digits; fast-check prefers the edges of doubles. */
const double = (special: boolean) =>
  fc
    .oneof(
      fc.double({ noNaN: !special, noDefaultInfinity: !special }),
      fc.double({ min: -1000, max: 1000, noNaN: true }),
      fc.integer({ min: -100_000, max: 100_000 }).map((cents) => cents / 100),
      fc.constantFrom(0, -0, 0.5, -0.5, 0.49999999999999994, 2 ** 52 + 0.5, 2 ** 53, 7, 5e-324, Number.MAX_VALUE),
    )
    .map((value) => ({ value, written: Object.is(value, -0) ? '-0' : String(value) }))

const boolean = fc.boolean().map((value) => ({ value, written: String(value) }))

const date = (to: number) =>
  fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((value) => value.toISOString().slice(0, to).replace('T', ' '))
    .map((value) => ({ value, written: value }))

const instant = fc
  .date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
  .map((value) => ({ value, written: value.toISOString() }))

/** A whole number of SQLite is an integer of 64 bits, and one beyond 2^53 is refused when it is read. */
function isHeld(value: number): boolean {
  return !Number.isInteger(value) || Number.isSafeInteger(value) || Math.abs(value) > 2 ** 64
}

function cell(type: ColumnType, dialect: PushdownDialect): fc.Arbitrary<Cell> {
  if (dialect === 'sqlite')
    return fc.option(
      fc.oneof(
        text,
        integer,
        double(false).filter(({ value }) => isHeld(value)),
      ),
    )
  const cells: Partial<Record<ColumnType, fc.Arbitrary<Cell>>> = {
    text,
    integer,
    double: double(true),
    boolean,
    date: date(10),
    timestamp: date(19),
    timestamptz: instant,
  }
  return fc.option(cells[type] ?? fc.constant(null))
}

const types: Readonly<Record<PushdownDialect, readonly ColumnType[]>> = {
  postgres: ['text', 'text', 'integer', 'double', 'boolean', 'date', 'timestamp', 'timestamptz'],
  duckdb: ['text', 'text', 'integer', 'double', 'boolean', 'date', 'timestamp', 'timestamptz'],
  sqlite: ['text', 'integer', 'double', 'other'],
}

const warning = fc.option(fc.constantFrom('Reports change.'), { nil: undefined })

const rule: fc.Arbitrary<Rule> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom<Rule>(
        { technique: 'retain' },
        { technique: 'mask' },
        { technique: 'mask', with: `'; DROP TABLE answers; -- "$1" 😀` },
        { technique: 'comment' },
        { technique: 'blank' },
        { technique: 'remove' },
        { technique: 'random-email' },
      ),
      fc
        .constantFrom(1e-6, 0.01, 0.1, 0.25, 0.5, 1, 3, 5, 7, 1000, 1e15, 0.00000123, 12.5)
        .map((to): Rule => ({ technique: 'round', to })),
      fc
        .tuple(fc.integer({ min: -10, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.constantFrom(0, 0.5, 0.1))
        .map(([bottom, more, part]): Rule => ({ technique: 'top-bottom-code', bottom, top: bottom + more + part })),
      fc.constantFrom<Rule>({ technique: 'top-bottom-code', top: 65 }, { technique: 'top-bottom-code', bottom: 0.1 }),
      fc
        .uniqueArray(fc.oneof(fc.integer({ min: -100, max: 100 }), fc.constantFrom(0.1, 1e-9, 1e21 / 3)), {
          minLength: 1,
          maxLength: 5,
        })
        .map((edges) => edges.filter((edge) => !Number.isInteger(edge) || Number.isSafeInteger(edge)))
        .filter((edges) => edges.length > 0)
        .map((edges): Rule => ({ technique: 'band', edges: edges.sort((a, b) => a - b) })),
      fc.constantFrom('day', 'week', 'month', 'quarter', 'year').map((to): Rule => ({ technique: 'coarsen-date', to })),
      fc.integer({ min: 1, max: 6 }).map((keep): Rule => ({ technique: 'truncate', keep })),
      fc
        .tuple(
          fc.dictionary(
            fc.constantFrom('Lyon', 'Nice', '7', '0', '-1', '0.5', '07', 'fr', '', '__proto__'),
            fc.constantFrom('Rhône', 'x', 'Sud'),
            {
              minKeys: 1,
              noNullPrototype: true,
            },
          ),
          fc.option(fc.constantFrom('elsewhere', ''), { nil: undefined }),
        )
        .map(([groups, others]): Rule => ({ technique: 'region', groups, ...(others !== undefined && { others }) })),
    ),
    warning,
  )
  .map(([bare, text]) => (text === undefined ? bare : { ...bare, warning: text }))

/** A table of an engine with a policy for it, of which some columns have no rule. */
export function tableOf(dialect: PushdownDialect): fc.Arbitrary<GeneratedTable> {
  const column = fc.record({
    name: fc.constantFrom<string>(...hostileNames),
    type: fc.constantFrom<ColumnType>(...types[dialect]),
  })
  return fc.uniqueArray(column, { minLength: 1, maxLength: 5, selector: ({ name }) => name }).chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.tuple(...columns.map(({ type }) => cell(type, dialect))), { minLength: 1, maxLength: 8 }),
      policy: fc.oneof(
        policyFor(columns.map(({ name }) => name)),
        conditionalPolicyFor(columns.map(({ name }) => name)),
      ),
    }),
  )
}

/** Conditions on columns of the table, and on what is not there. */
function conditions(names: readonly string[]): fc.Arbitrary<When> {
  const values = fc.uniqueArray(fc.constantFrom('fr', '', '7', '0', 'true', 'Lyon', '2026', '-1', '0.5'), {
    minLength: 1,
    maxLength: 4,
  })
  const tests = fc.dictionary(
    fc.constantFrom(...names.filter((name) => name !== 'segments').map(escapeFieldName), 'nowhere', 'email.a'),
    values,
    {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    },
  )
  return fc
    .record(
      { fields: tests, language: fc.constantFrom('fr', 'en', 'fra'), segments: fc.constant({ company: ['x'] }) },
      { requiredKeys: [] },
    )
    .filter((when) => Object.keys(when).length > 0 && (when.segments === undefined || when.fields !== undefined))
}

/** Rules with conditions, some rows suppressed. */
function conditionalPolicyFor(names: readonly string[]): fc.Arbitrary<Policy> {
  const when = conditions(names)
  const conditional = fc
    .tuple(rule, fc.option(when, { nil: undefined }))
    .map(([rule, when]) => (when ? { ...rule, when } : rule))
  const alternatives = fc.array(conditional, { minLength: 1, maxLength: 3 })
  const records = fc.array(
    when.map((when) => ({ technique: 'suppress-record', when })),
    { maxLength: 2 },
  )
  return fc
    .record({
      rules: fc.array(fc.option(alternatives, { freq: 5 }), { minLength: names.length, maxLength: names.length }),
      records,
      language: fc.constantFrom('en', 'fr'),
    })
    .map(({ rules, records, language }) => {
      const fields = names.flatMap((name, at) => {
        const own = rules[at] ?? null
        return own === null || name === 'segments' ? [] : [[escapeFieldName(name), own] as const]
      })
      return { version: 2, language, records, fields: Object.fromEntries(fields) }
    })
    .filter(isPolicy)
    .map(parsedPolicy)
}

/** Where a policy keeps identifiers it says why. */
function parsedPolicy(json: object): Policy {
  try {
    return parsePolicy(json)
  } catch {
    return parsePolicy({ ...json, [RETAIN_IDENTIFIERS]: 'a test' })
  }
}

/** A rule after one that leaves nothing to it is refused. */
function isPolicy(json: object): boolean {
  try {
    return parsedPolicy(json) !== null
  } catch {
    return false
  }
}

function policyFor(names: readonly string[]): fc.Arbitrary<Policy> {
  const language = fc.constantFrom('en', 'fr')
  const any = fc.option(rule, { freq: 4 })
  return fc
    .tuple(fc.array(fc.option(rule, { freq: 5 }), { minLength: names.length, maxLength: names.length }), language, any)
    .map(([rules, chosen, others]) => {
      const named = names.flatMap((name, at) => {
        const own = rules[at] ?? null
        return own === null || name === 'segments' ? [] : [[escapeFieldName(name), own] as const]
      })
      const fields = Object.fromEntries([...named, ...(others === null ? [] : [['*', others] as const])])
      return parsedPolicy({ version: 1, language: chosen, fields })
    })
}
