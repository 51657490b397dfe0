/**
 * Whether stored data ties answers to the people who gave them.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { attack, type Tried } from '../lib/linkage/attack.js'
import { countTail } from '../lib/linkage/statistics.js'

/** What may stand in a column. */
export type DumpValue = string | number | bigint | boolean | Uint8Array | Date | null

/** One table as it was read. */
export interface DumpTable {
  readonly name: string
  /**
   * In physical order. The engine's own columns stand beside the others: `rowid` of SQLite, `ctid` and `xmin` of
   * PostgreSQL. Members of JSON texts are taken for columns, `answer.meta.url` for instance.
   */
  readonly rows: readonly Readonly<Record<string, DumpValue>>[]
}

/** One file as it lies on the disk. */
export interface DumpFile {
  readonly name: string
  readonly content: Uint8Array
}

/** One person and the answer they really gave: what an attacker wants to know, and the test must, to tell right from wrong. */
export interface LinkagePair {
  /** What the operator knows of the person: respondent reference, addresses, numbers, the pseudonym of their consents. */
  readonly person: readonly string[]
  /** What tells the answer from all others; see {@link LinkageDump.answers}. */
  readonly answer: string
  /** Answers that were let out together: within it the attacker must be left to chance. */
  readonly batch?: string
}

/** What an operator holds, and the truth about it. */
export interface LinkageDump {
  readonly tables: readonly DumpTable[]
  readonly files?: readonly DumpFile[]
  /** The table that holds the answers, and the column, or member of a JSON column, that tells them apart. */
  readonly answers: { readonly table: string; readonly key: string }
  readonly pairs: readonly LinkagePair[]
  /** Ties are broken at random; the same seed breaks them the same way. @defaultValue `1` */
  readonly seed?: number
}

/**
 * - `identifier`: a value of the one stands in a row of the other, also inside a URL, JSON or base64.
 * - `hash`: an unsalted MD5, SHA-1 or SHA-256 of it does.
 * - `order`: rows, numbers, transactions or texts are in one order.
 * - `time`: instants are in one order, or near.
 * - `value`: both have the same value in some column.
 * - `language`: the same, of language tags.
 * - `size`: lengths agree, or are in one order.
 * - `file-order`: they stand in one order, or near, in a file.
 * - `combination`: several such columns taken together.
 */
export type LinkageAttackName =
  | 'identifier'
  | 'hash'
  | 'order'
  | 'time'
  | 'value'
  | 'language'
  | 'size'
  | 'file-order'
  | 'combination'

/** The best that one way of joining did. */
export interface LinkageAttack {
  readonly attack: LinkageAttackName
  /** How many figures were looked at; with more of them each must be rarer to count. */
  readonly figures: number
  /** The most pairs one guess per person joined rightly, and how many chance would join on average. */
  readonly joined: number
  readonly expected: number
  /** An upper bound of the probability that chance alone makes one of all figures of the test as good as the best here. */
  readonly probability: number
}

/** Two columns that join people and answers better than chance. */
export interface LinkageFinding {
  readonly attack: LinkageAttackName
  /** Of the person, and of the answer; names only, never a value. */
  readonly columns: readonly [person: string, answer: string]
  /**
   * - `joined`: so many guesses, one per person, were right.
   * - `in sequence`: so many neighbours of the one order are neighbours in the other.
   * - `concordant`: so many pairs of pairs are in the same (or the opposite) order.
   * - `in one class`: so many answers of a class were given by people of that class.
   */
  readonly statistic: 'joined' | 'in sequence' | 'concordant' | 'in one class'
  readonly observed: number
  readonly expected: number
  readonly probability: number
}

/** What the test found. */
export interface LinkageReport {
  /**
   * - `joined`: something stored joins better than chance; see the findings.
   * - `chance`: nothing that was tried does. It proves nothing about what was not tried or is not in the dump.
   * - `undecided`: there are too few pairs to tell even a full join from luck.
   */
  readonly verdict: 'joined' | 'chance' | 'undecided'
  readonly pairs: number
  readonly batches: number
  /** A probability below this is a finding: the rate of false alarms per test, all attacks together. */
  readonly level: number
  readonly attacks: readonly LinkageAttack[]
  /** The least probable first, one per attack and pair of columns. */
  readonly findings: readonly LinkageFinding[]
}

/** {@link LinkageReport.level}. */
const LEVEL = 1e-6

/**
 * Tries to join people with answers by everything a dump holds, and compares each try with chance.
 *
 * Rows are given to people by what is known of them, then by what stands beside that, from table to table. Every column of
 * their rows is then compared with every column of the answers: equal values, the same order, the nearest number or instant,
 * neighbours, lengths, languages, places in a file, digests, values inside texts. The truth is only used to count.
 *
 * Each figure comes with an upper bound of its probability under random permutations within each batch, multiplied by the
 * number of figures; no approximation is involved. So `chance` becomes `joined` by accident in less than one of a million
 * tests. The other way round it finds a full join of 20 pairs or more in one batch, and weaker ties with hundreds.
 *
 * Out of its reach: what is not in the dump (backups, archives of write-ahead logs, logs of web servers, replicas, whoever
 * watches), salted and keyed digests, handwriting: what an answer says is its author's.
 *
 * @example
 * A table in which the answers lie in the order in which the links were used.
 *
 * ```ts
 * import { testLinkage } from '@surveyseal/links/testing'
 *
 * const people = Array.from({ length: 100 }, (_, at) => ({ ref: `person-${at}`, answer: crypto.randomUUID() }))
 * const report = testLinkage({
 *   tables: [
 *     { name: 'spends', rows: people.map(({ ref }, at) => ({ rowid: at, respondent: ref })) },
 *     { name: 'answers', rows: people.map(({ answer }, at) => ({ rowid: at, id: answer })) },
 *   ],
 *   answers: { table: 'answers', key: 'id' },
 *   pairs: people.map(({ ref, answer }) => ({ person: [ref], answer })),
 * })
 * report.verdict // joined
 * report.findings[0]?.columns // ['spends in physical order', 'answers in physical order']
 * ```
 *
 * @param dump - Tables, files, and who gave which answer.
 * @returns What was tried and what it joined; names of tables and columns, no values.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when a part of the dump is of another type.
 * @throws `RangeError` `ERR_INVALID_ARG_VALUE` when the answers' table or an answer of a pair is missing or there twice.
 */
export function testLinkage(dump: LinkageDump): LinkageReport {
  assertDump(dump)
  const tried = attack(dump)
  const figures = tried.reduce((sum, { figures }) => sum + figures.length, 1)
  const batches = new Set(dump.pairs.map(({ batch }) => batch)).size
  const corrected = (probability: number): number => Math.min(1, probability * figures)
  const findings = findingsOf(tried, corrected)
  const best = corrected(countTail(dump.pairs.length, batches))
  return {
    verdict: findings.length > 0 ? 'joined' : best < LEVEL ? 'chance' : 'undecided',
    pairs: dump.pairs.length,
    batches,
    level: LEVEL,
    attacks: attacksOf(tried, corrected),
    findings,
  }
}

function assertDump({ tables, answers, pairs }: LinkageDump): void {
  if (!Array.isArray(tables)) throw invalidArgumentType('tables', 'array', tables)
  if (!Array.isArray(pairs)) throw invalidArgumentType('pairs', 'array', pairs)
  for (const { person, answer } of pairs as LinkageDump['pairs']) {
    if (!Array.isArray(person) || person.some((value) => typeof value !== 'string')) {
      throw invalidArgumentType('pairs.person', 'array of strings', person)
    }
    if (typeof answer !== 'string') throw invalidArgumentType('pairs.answer', 'string', answer)
  }
  if (tables.filter(({ name }) => name === answers.table).length !== 1) {
    throw invalidArgumentValue('answers.table', 'the name of one of the tables')
  }
}

function findingsOf(tried: readonly Tried[], corrected: (probability: number) => number): readonly LinkageFinding[] {
  const findings = tried.flatMap(({ attack, columns, figures }): readonly LinkageFinding[] => {
    const [best] = [...figures].sort((a, b) => a.probability - b.probability)
    if (best === undefined || corrected(best.probability) >= LEVEL) return []
    return [{ attack, columns, ...best, probability: corrected(best.probability) }]
  })
  return findings.sort((a, b) => a.probability - b.probability)
}

function attacksOf(tried: readonly Tried[], corrected: (probability: number) => number): readonly LinkageAttack[] {
  return ATTACKS.map((attack) => {
    const figures = tried.filter((one) => one.attack === attack).flatMap(({ figures }) => figures)
    const joins = figures.filter(({ statistic }) => statistic === 'joined').sort((a, b) => b.observed - a.observed)
    const probability = corrected(figures.reduce((least, { probability }) => Math.min(least, probability), 1))
    const { observed: joined = 0, expected = 0 } = joins[0] ?? {}
    return { attack, figures: figures.length, joined, expected, probability }
  })
}

const ATTACKS: readonly LinkageAttackName[] = [
  'identifier',
  'hash',
  'order',
  'time',
  'value',
  'language',
  'size',
  'file-order',
  'combination',
]
