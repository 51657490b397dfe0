import { createHash } from 'node:crypto'
import { seededRandom } from '../src/lib/linkage/statistics.js'
import type { DumpTable, DumpValue, LinkageDump } from '../src/testing.js'

export type Row = Record<string, DumpValue>

/** One invitee, the rows about them, and the answer they gave. */
export interface Case {
  readonly at: number
  readonly person: string
  readonly email: string
  readonly answer: string
  readonly spend: Row
  readonly link: Row
  readonly reply: Row
  readonly spentAt: number
}

const WORDS = 'good bad slow fast kind rude clean cold warm late early great poor fine dear cheap'.split(' ')

/**
 * What a host that lets answers out shuffled keeps: links in order of issue, spends in order of use with everything an engine
 * notes, answers in random order.
 */
export function cases(count: number, seed: number): Case[] {
  const random = seededRandom(seed)
  const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
  let now = 1_760_000_000_000
  return Array.from({ length: count }, (_, at): Case => {
    now += 1 + Math.floor(random() * 40_000)
    const [person, digest, answer] = [`ref-${hex(12)}`, hex(40), hex(24)]
    const language = ['en', 'fr', 'de', 'nl-BE'][Math.floor(random() * 4)] ?? 'en'
    const text = Array.from({ length: Math.floor(random() * 12) }, () => WORDS[Math.floor(random() * 16)]).join(' ')
    return {
      at,
      person,
      email: `${hex(8)}@example.org`,
      answer,
      link: { digest, respondent: person, language, uses_left: 0, sent_at: new Date(now - 1e9 * random()) },
      spend: { digest, idempotency_key: hex(22), spent_at: now, xmin: 900 + at },
      reply: { body: JSON.stringify({ id: answer, score: Math.floor(random() * 11), text }), xmin: 5000 },
      spentAt: now,
    }
  })
}

export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed)
  const keyed = items.map((item) => [random(), item] as const)
  return keyed.sort(([a], [b]) => a - b).map(([, item]) => item)
}

/** The dump of such a host. */
export function dumpOf(all: readonly Case[], seed: number, change: Partial<LinkageDump> = {}): LinkageDump {
  return {
    tables: [
      numbered(
        'links',
        shuffled(all, seed + 1).map(({ link }) => link),
      ),
      numbered(
        'spends',
        all.map(({ spend }) => spend),
      ),
      numbered(
        'answers',
        shuffled(all, seed + 2).map(({ reply }) => reply),
      ),
    ],
    answers: { table: 'answers', key: 'body.id' },
    pairs: all.map(({ person, email, answer }) => ({ person: [person, email], answer })),
    ...change,
  }
}

export function numbered(name: string, rows: readonly Row[]): DumpTable {
  return { name, rows: rows.map((row, at) => ({ rowid: at + 1, ctid: `(${at >> 6},${(at % 64) + 1})`, ...row })) }
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
