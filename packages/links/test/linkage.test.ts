import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { LinkageReport } from '../src/testing.js'
import { testLinkage } from '../src/testing.js'
import { type Case, cases, dumpOf, md5, numbered, type Row, shuffled } from './linkage-support.js'

const all = cases(1000, 7)

/** Changes what is stored beside each answer. */
function withReply(change: (one: Case) => Row, among: readonly Case[] = all): LinkageReport {
  return testLinkage(
    dumpOf(
      among.map((one) => ({ ...one, reply: { ...one.reply, ...change(one) } })),
      7,
    ),
  )
}

/** Changes the answer's own text, which must keep its key. */
function withBody(change: (one: Case) => object): LinkageReport {
  return withReply((one) => ({ body: JSON.stringify({ id: one.answer, ...change(one) }) }))
}

describe('a dump in which nothing joins', () => {
  const report = testLinkage(dumpOf(all, 7))

  test('is told so, by every attack', () => {
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({ verdict: 'chance', pairs: 1000, batches: 1, level: 1e-6 })
    expect(report.attacks.every(({ joined, probability }) => joined < 15 && probability > 1e-6)).toBe(true)
    for (const attack of ['order', 'time', 'size', 'value'] as const) {
      expect(report.attacks.find((one) => one.attack === attack)?.figures, attack).toBeGreaterThan(
        attack === 'time' ? -1 : 0,
      )
    }
  })

  test('gives the same report again', () => {
    expect(testLinkage(dumpOf(all, 7))).toEqual(report)
  })

  test('is not judged by too few pairs, however they join', () => {
    const few = all.slice(0, 8)
    expect(testLinkage(dumpOf(few, 1)).verdict).toBe('undecided')
    expect(withReply(({ person }) => ({ person }), few).verdict).toBe('undecided')
    expect(withReply(({ person }) => ({ person }), all.slice(0, 30)).verdict).toBe('joined')
  })

  test('is not judged when each answer went out by itself', () => {
    const pairs = all.map(({ person, answer }) => ({ person: [person], answer, batch: answer }))
    expect(testLinkage(dumpOf(all, 7, { pairs })).verdict).toBe('undecided')
  })
})

describe('a planted leak is found, with the columns that cause it:', () => {
  const leaks: Record<string, { report: () => LinkageReport; attack: string; columns: RegExp; joined?: number }> = {
    'an ordered table': {
      report: () => testLinkage(dumpOf(all, 7, { tables: ordered() })),
      attack: 'order',
      columns: /^spends in physical order, answers in physical order$/,
    },
    'an ordered table, from the last to the first': {
      report: () => testLinkage(dumpOf(all, 7, { tables: ordered((rows) => rows.reverse()) })),
      attack: 'order',
      columns: /physical order/,
    },
    'an order kept in small blocks only': {
      report: () => testLinkage(dumpOf(all, 7, { tables: ordered(inBlocks) })),
      attack: 'order',
      columns: /physical order/,
    },
    'an order kept roughly': {
      report: () => testLinkage(dumpOf(all, 7, { tables: ordered(roughly) })),
      attack: 'order',
      columns: /physical order/,
    },
    'a stored meta.url': {
      report: () => withBody(({ link }) => ({ meta: { url: `https://s.example/f?u=%2Fs%2F${link['digest']}&l=en` } })),
      attack: 'identifier',
      columns: /answers\.body\.meta\.url/,
      joined: 1000,
    },
    'a reference in base64 in a URL': {
      report: () =>
        withReply(({ person }) => ({ url: `https://s.example/?Q_EED=${btoa(JSON.stringify({ person }))}` })),
      attack: 'identifier',
      columns: /answers\.url/,
      joined: 1000,
    },
    'an unsalted MD5': {
      report: () => withReply(({ email }) => ({ responder: md5(email) })),
      attack: 'hash',
      columns: /answers\.responder/,
      joined: 1000,
    },
    'a SHA-256 of the trimmed, lower-case address, in base64url': {
      report: () => {
        const shouting = all.map((one) => ({ ...one, email: ` ${one.email.toUpperCase()} ` }))
        const digest = (text: string) => createHash('sha256').update(text.trim().toLowerCase()).digest('base64url')
        return withReply(({ email }) => ({ responder: `v1:${digest(email)}` }), shouting)
      },
      attack: 'hash',
      columns: /answers\.responder/,
      joined: 1000,
    },
    'a consent event beside the answer': {
      report: () => {
        const events = all.map(({ person }, at) => ({ subject: person, jti: md5(`jti ${at}`), purposes: 'research' }))
        const replies = all.map((one, at) => ({ ...one, reply: { ...one.reply, consent: md5(`jti ${at}`) } }))
        const dump = dumpOf(replies, 7)
        return testLinkage({ ...dump, tables: [...dump.tables, numbered('consent_events', shuffled(events, 4))] })
      },
      attack: 'identifier',
      columns: /answers\.consent|consent_events\.jti/,
      joined: 1000,
    },
    'a table that maps one to the other': {
      report: () => {
        const map = all.map(({ link, answer }) => ({ d: link['digest'] ?? null, a: answer }))
        const dump = dumpOf(all, 7)
        return testLinkage({ ...dump, tables: [...dump.tables, numbered('map', shuffled(map, 4))] })
      },
      attack: 'identifier',
      columns: /map\./,
      joined: 1000,
    },
    'a timestamp to the second in both': {
      report: () => withReply(({ spentAt }) => ({ created: new Date(spentAt - (spentAt % 1000)).toISOString() })),
      attack: 'time',
      columns: /spends\.spent_at, answers\.created/,
    },
    'an instant a while later, inside JSON': {
      report: () => withBody(({ spentAt }) => ({ meta: { at: Math.floor((spentAt + 90_000) / 1000) } })),
      attack: 'time',
      columns: /spends\.spent_at, answers\.body\.meta\.at/,
    },
    'a sequence': {
      report: () => withReply(({ at }) => ({ number: 100_000 + at * 3 })),
      attack: 'order',
      columns: /answers\.number/,
    },
    'identifiers that sort by time': {
      report: () => withReply(({ spentAt, answer }) => ({ id: `${spentAt.toString(16).padStart(12, '0')}-${answer}` })),
      attack: 'order',
      columns: /answers\.id/,
    },
    'the same transaction': {
      report: () => withReply(({ spend }) => ({ xmin: spend['xmin'] ?? null })),
      attack: 'value',
      columns: /spends\.xmin, answers\.xmin/,
      joined: 1000,
    },
    'a language': {
      report: () => withReply(({ link }) => ({ lang: String(link['language']).toUpperCase() })),
      attack: 'language',
      columns: /links\.language, answers\.lang/,
    },
    'a language of few': {
      report: () => {
        const few = all.map((one, at) => ({ ...one, link: { ...one.link, language: at % 25 === 0 ? 'fi' : 'en' } }))
        return withReply(({ link }) => ({ lang: link['language'] ?? null }), few)
      },
      attack: 'language',
      columns: /links\.language, answers\.lang/,
    },
    'a size': {
      report: () => {
        const sized = all.map((one) => ({
          ...one,
          spend: { ...one.spend, bytes: String(one.reply['body']).length + 212 },
        }))
        return testLinkage(dumpOf(sized, 7))
      },
      attack: 'size',
      columns: /spends\.bytes, length of answers\.body/,
    },
    'a language and a size together': {
      report: () => {
        const two = all.map((one) => ({
          ...one,
          spend: { ...one.spend, size: one.at % 97, lang: one.link['language'] ?? null },
        }))
        return withReply(({ link, at }) => ({ lang: link['language'] ?? null, size: at % 97 }), two)
      },
      attack: 'combination',
      columns: / \+ .*, .* \+ /,
    },
    'a file in which they lie alike': {
      report: () => {
        const text = all.map(({ link, answer }) => `${link['digest']} ${answer.toUpperCase()} ${answer}\n`).join('')
        return testLinkage(dumpOf(all, 7, { files: [{ name: 'data.wal', content: new TextEncoder().encode(text) }] }))
      },
      attack: 'file-order',
      columns: /data\.wal/,
      joined: 1000,
    },
  }

  function ordered(change: (rows: Row[]) => Row[] = (rows) => rows): ReturnType<typeof numbered>[] {
    const [links, spends] = dumpOf(all, 7).tables
    const answers = numbered('answers', change(all.map(({ reply }) => reply)))
    return [links, spends, answers].filter((table) => table !== undefined) as ReturnType<typeof numbered>[]
  }

  function inBlocks(rows: Row[]): Row[] {
    const blocks = Array.from({ length: rows.length / 5 }, (_, at) => rows.slice(at * 5, at * 5 + 5))
    return shuffled(blocks, 3).flat()
  }

  function roughly(rows: Row[]): Row[] {
    const noise = shuffled(
      rows.map((_, at) => at),
      5,
    )
    const keyed = rows.map((row, at) => [at + 2 * (noise[at] ?? 0), row] as const)
    return keyed.sort(([a], [b]) => a - b).map(([, row]) => row)
  }

  test.each(Object.keys(leaks))('%s', (name) => {
    const { report, attack, columns, joined } = leaks[name] as (typeof leaks)[string]
    const found = report()
    expect(found.verdict).toBe('joined')
    const finding = found.findings.find((one) => one.attack === attack && columns.test(one.columns.join(', ')))
    expect(finding, JSON.stringify(found.findings.slice(0, 5))).toBeDefined()
    if (joined !== undefined) expect(found.attacks.find((one) => one.attack === attack)?.joined).toBe(joined)
  })

  test('a join of a few among many', () => {
    const report = withReply(({ at, person }) => ({ note: at % 60 === 0 ? person : null }))
    expect(report.findings[0]).toMatchObject({ attack: 'identifier', observed: 17 })
  })
})

describe('batches', () => {
  const batchOf = ({ at }: Case) => `${Math.floor(at / 50)}`
  const pairs = all.map((one) => ({ person: [one.person], answer: one.answer, batch: batchOf(one) }))

  test('an order of batches joins nobody within one', () => {
    const byBatch = Array.from({ length: 20 }, (_, batch) =>
      shuffled(all.slice(batch * 50, batch * 50 + 50), batch),
    ).flat()
    const [links, spends] = dumpOf(all, 7).tables
    const answers = numbered(
      'answers',
      byBatch.map(({ reply }) => reply),
    )
    const tables = [links, spends, answers].filter((table) => table !== undefined)
    expect(testLinkage(dumpOf(all, 7, { tables, pairs }))).toMatchObject({ verdict: 'chance', batches: 20 })
    expect(testLinkage(dumpOf(all, 7, { tables })).verdict).toBe('joined')
  })

  test('an order within batches is found', () => {
    const blocks = Array.from({ length: 20 }, (_, batch) => all.slice(batch * 50, batch * 50 + 50))
    const [links, spends] = dumpOf(all, 7).tables
    const answers = numbered(
      'answers',
      shuffled(blocks, 1)
        .flat()
        .map(({ reply }) => reply),
    )
    const tables = [links, spends, answers].filter((table) => table !== undefined)
    const report = testLinkage(dumpOf(all, 7, { tables, pairs }))
    expect(report.verdict).toBe('joined')
    expect(report.attacks.find(({ attack }) => attack === 'order')?.joined).toBe(1000)
  })
})

describe('a report', () => {
  test('repeats no value of the dump', () => {
    const report = withReply(({ person, email, answer }) => ({ person, hash: md5(email), again: answer }))
    const shown = JSON.stringify(report)
    for (const { person, email, answer, link } of all) {
      for (const value of [person, email, answer, String(link['digest']), md5(email)])
        expect(shown.includes(value)).toBe(false)
    }
  })

  test('is refused for a dump that lacks an answer, has one twice, or is no dump', () => {
    const dump = dumpOf(all.slice(0, 50), 7)
    const missing = { ...dump, pairs: [...dump.pairs, { person: ['x'], answer: 'none' }] }
    const twice = { ...dump, pairs: [...dump.pairs, ...dump.pairs.slice(0, 1)] }
    const elsewhere = { ...dump, answers: { table: 'nowhere', key: 'id' } }
    for (const wrong of [missing, twice, elsewhere]) {
      expect(() => testLinkage(wrong)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }))
    }
    for (const wrong of [
      { tables: null },
      { pairs: {} },
      { pairs: [{ person: 'x', answer: 'y' }] },
      { pairs: [{ person: [] }] },
    ]) {
      expect(() => testLinkage({ ...dump, ...wrong } as never)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
      )
    }
  })

  test('takes every type of value, and columns of any name', () => {
    const odd = all.slice(0, 100).map((one, at) => ({
      ...one,
      reply: {
        ...one.reply,
        __proto__: 'x',
        constructor: at % 2 === 0,
        big: BigInt(at) * 10n ** 20n,
        none: null,
        bytes: Uint8Array.of(at, 1),
      },
    }))
    expect(testLinkage(dumpOf(odd, 3)).verdict).toBe('joined')
  })
})
