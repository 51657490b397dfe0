import type { Change, CompileOptions, Policy } from '@surveyseal/core/anonymize'
import {
  anonymizeNdjson,
  anonymizeRecords,
  compilePolicy,
  defaultPolicy,
  parsePolicy,
} from '@surveyseal/core/anonymize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policy, record } from './arbitraries.js'
import { conditionalPolicy, told } from './conditional.js'

const randomBytes = (length: number): Uint8Array => new Uint8Array(length).fill(7)
const compile = (policy: Policy, options: CompileOptions = {}) => compilePolicy(policy, { randomBytes, ...options })
const retainAll = parsePolicy({ version: 1, fields: { '*': { technique: 'retain' } } })
const ways: CompileOptions[] = [{}, { parsed: true }, { parsed: true, functionConstructor: Function }]

/** Records of scalars too, among them texts that JSON escapes. */
const flat = fc.dictionary(
  fc.constantFrom('a', 'b', '"', '\\', '\u2028', '\ud800', '__proto__', 'language', 'toJSON', '0', '$' + '{a}'),
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.double(),
    fc.constantFrom(null, true, -0, 'fr', '\ud800', '"\\\n\u007f'),
  ),
)
const anyRecord = fc.oneof(flat, record, told)
const anyPolicy = fc.oneof(policy, conditionalPolicy, fc.constant(retainAll))

/** The bytes cut anywhere, within characters too. */
function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1)
    yield bytes.slice(at, at + size)
    at += size
  }
}

async function* async<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items
}

async function all(blocks: AsyncIterable<Uint8Array>): Promise<string> {
  let whole = ''
  for await (const block of blocks) whole += new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(block)
  return whole
}

async function codeOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => 'nothing was thrown',
    (error: unknown) => Object(error).code,
  )
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const emptied = async (blocks: AsyncIterable<Uint8Array>): Promise<void> => void (await all(blocks))

describe('a stream of NDJSON', () => {
  test('gives line by line what the policy leaves, however it is cut and compiled', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPolicy,
        fc.array(anyRecord, { maxLength: 6 }),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('\n', '\r\n', '\n\n', '\n \n'),
        async (policy, records, sizes, separator) => {
          const texts = records.map((record) => JSON.stringify(record))
          const input = `${texts.join(separator)}${records.length % 2 === 0 ? '\n' : ''}`
          const simple = compile(policy)
          const left = texts.map((text) => simple.apply(JSON.parse(text) as object))
          const expected = left.map(({ record }) => (record === null ? '' : `${JSON.stringify(record)}\n`)).join('')
          for (const way of ways) {
            const told: (readonly Change[])[] = []
            const options = { onChanges: (changes: readonly Change[]) => told.push(changes) }
            const chunks = sizes.length % 2 === 0 ? [input] : cut(bytesOf(`\uFEFF${input}`), sizes)
            expect(await all(anonymizeNdjson(async<Uint8Array | string>(chunks), compile(policy, way), options))).toBe(
              expected,
            )
            expect(told).toEqual(left.map(({ changes }) => changes))
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test('takes no more chunks than its reader asks for, and closes them when the reader stops', async () => {
    let taken = 0
    let closed = false
    async function* chunks(): AsyncGenerator<Uint8Array> {
      try {
        for (; ; taken += 1) yield bytesOf('{"a":1}\n')
      } finally {
        closed = true
      }
    }
    for await (const block of anonymizeNdjson(chunks(), compile(retainAll))) {
      expect(block).toEqual(bytesOf('{"a":1}\n'))
      await new Promise((resolve) => setTimeout(resolve, 1))
      expect(taken).toBeLessThanOrEqual(3)
      if (taken === 3) break
    }
    expect(closed).toBe(true)
  })

  test('two records with one id are two records, with an address each', async () => {
    const line = '{"id":"7","email":"ann@example.com"}\n'
    const rules = { id: { technique: 'retain' }, email: { technique: 'random-email' } }
    const out = await all(
      anonymizeNdjson(async([line + line]), compilePolicy(parsePolicy({ version: 1, fields: rules }))),
    )
    const [one, other] = out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Record<string, string>)
    expect(one?.['id']).toBe(other?.['id'])
    expect(one?.['email']).not.toBe(other?.['email'])
  })

  test('ERR_NDJSON_MALFORMED, with the number of the line and nothing of it', async () => {
    const secret = 'ann@example.com'
    const lines = [
      '[]',
      'null',
      '7',
      `"${secret}"`,
      `{"a":"${secret}"`,
      '{"a":1},{"a":2}',
      '{"a":[1',
      '2]}',
      "{'a':1}",
      '{"a":NaN}',
    ]
    for (const line of lines) {
      const out = emptied(anonymizeNdjson(async([`{"a":1}\n\n${line}\n{"a":2}\n`]), compile(retainAll)))
      await expect(out).rejects.toMatchObject({ code: 'ERR_NDJSON_MALFORMED', message: 'line 3: not a JSON object' })
    }
  })

  test('ERR_NDJSON_LINE_TOO_LONG, wherever the chunks are cut', async () => {
    const line = (bytes: number): string => `{"a":"${'é'.repeat((bytes - 8) / 2)}"}`
    for (const [bytes, code] of [
      [64, 'nothing was thrown'],
      [66, 'ERR_NDJSON_LINE_TOO_LONG'],
    ] as const) {
      for (const input of [
        line(bytes),
        `${line(bytes)}\n{"a":1}`,
        `{"a":1}\n${line(bytes)}\n`,
        `{"a":1}\n${line(bytes)}`,
      ]) {
        expect(bytesOf(line(bytes)).length).toBe(bytes)
        for (const chunks of [[input], cut(bytesOf(input), [7]), cut(bytesOf(input), [1000])]) {
          const out = anonymizeNdjson(async<Uint8Array | string>(chunks), compile(retainAll), { maxLineBytes: 64 })
          expect(await codeOf(emptied(out)), input).toBe(code)
        }
      }
    }
  })

  test('a line of 100 MB is refused at bounded memory: ERR_NDJSON_LINE_TOO_LONG', async () => {
    let given = 0
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (; given < 1600; given += 1) yield new Uint8Array(65_536).fill(0x61)
    }
    expect(await codeOf(emptied(anonymizeNdjson(chunks(), compile(retainAll))))).toBe('ERR_NDJSON_LINE_TOO_LONG')
    expect(given).toBeLessThan(20)
  })

  test('ERR_NDJSON_NOT_UTF8, for what decoders would replace', async () => {
    const wrong = [[0xfc], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80]]
    for (const bytes of wrong) {
      const input = Uint8Array.from([...bytesOf('{"a":"'), ...bytes, ...bytesOf('"}\n')])
      for (const sizes of [[1], [7], [100]]) {
        expect(await codeOf(emptied(anonymizeNdjson(async(cut(input, sizes)), compile(retainAll))))).toBe(
          'ERR_NDJSON_NOT_UTF8',
        )
      }
    }
    const half = emptied(anonymizeNdjson(async(['{"a":"\ud83d', '\ude00"}\n']), compile(retainAll)))
    expect(await codeOf(half)).toBe('ERR_NDJSON_NOT_UTF8')
  })

  test('a byte order mark is dropped at the beginning and nowhere else', async () => {
    const compiled = compile(retainAll)
    expect(await all(anonymizeNdjson(async(['\uFEFF{"a":"\uFEFF"}\n']), compiled))).toBe('{"a":"\uFEFF"}\n')
    expect(await codeOf(emptied(anonymizeNdjson(async(['{"a":1}\n\uFEFF{"a":1}\n']), compiled)))).toBe(
      'ERR_NDJSON_MALFORMED',
    )
  })

  test('prototypes are not polluted by members called like them', async () => {
    const lines = [
      '{"__proto__":{"x":1},"a":1}',
      '{"constructor":{"prototype":{"x":1}}}',
      '{"a":{"__proto__":{"x":1}}}',
    ]
    const out = await all(anonymizeNdjson(async([lines.join('\n')]), compile(retainAll, ways[2])))
    expect(out).toBe(`${lines.join('\n')}\n`)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  test('says which line a record was that no policy can be applied to', async () => {
    let deep = '1'
    for (let level = 0; level < 70; level += 1) deep = `[${deep}]`
    const out = emptied(anonymizeNdjson(async([`{"a":1}\n\n{"a":${deep}}\n`]), compile(retainAll)))
    await expect(out).rejects.toMatchObject({
      code: 'ERR_RECORD_TOO_LARGE',
      message: expect.stringMatching(/^line 3: /),
    })
  })

  test('a limit that is none is an argument error', () => {
    const start = (maxLineBytes: unknown) => () =>
      anonymizeNdjson(async([]), compile(retainAll), { maxLineBytes: maxLineBytes as number })
    expect(start('1')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
    for (const wrong of [0, -1, 1.5, Number.NaN, Infinity]) {
      expect(start(wrong)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }))
    }
  })

  test('of any size takes the memory of a line: SURVEYSEAL_NDJSON_MB sets the size', async () => {
    const megabytes = Number(process.env['SURVEYSEAL_NDJSON_MB'] ?? 16)
    const block = bytesOf(`${JSON.stringify({ email: 'ann@example.com', npsComment: 'x'.repeat(900) })}\n`.repeat(1024))
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let length = 0; length < megabytes * 2 ** 20; length += block.length) yield block
    }
    const policy = compilePolicy(defaultPolicy('en'), { parsed: true, functionConstructor: Function })
    const before = process.memoryUsage.rss()
    let most = before
    for await (const _ of anonymizeNdjson(chunks(), policy)) most = Math.max(most, process.memoryUsage.rss())
    expect(most - before).toBeLessThan(256 * 2 ** 20)
  })
})

describe('a stream of records', () => {
  test('gives what the policy leaves of each, those suppressed left out', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPolicy,
        fc.array(anyRecord, { maxLength: 6 }),
        fc.boolean(),
        async (policy, records, isAsync) => {
          const simple = compile(policy)
          const expected = records.map((record) => simple.apply(record))
          const told: unknown[] = []
          const left: unknown[] = []
          const options = { onChanges: (changes: readonly Change[]) => told.push(changes) }
          for await (const record of anonymizeRecords(isAsync ? async(records) : records, compile(policy), options))
            left.push(record)
          expect(left).toEqual(expected.flatMap(({ record }) => (record === null ? [] : [record])))
          expect(told).toEqual(expected.map(({ changes }) => changes))
        },
      ),
    )
  })

  test('says which record it was that no policy can be applied to', async () => {
    const records = [{ a: 1 }, { a: () => 1 }]
    const run = async (): Promise<void> => {
      for await (const _ of anonymizeRecords(records, compile(retainAll)));
    }
    await expect(run()).rejects.toMatchObject({
      code: 'ERR_RECORD_NOT_PLAIN',
      message: expect.stringMatching(/^record 2: /),
    })
  })
})
