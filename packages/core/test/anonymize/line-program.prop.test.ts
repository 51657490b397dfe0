import { anonymizeNdjson, compilePolicy, parsePolicy } from '@surveyseal/core/anonymize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endOfScalar } from '../../src/anonymize/json-line.js'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const randomBytes = (length: number): Uint8Array => new Uint8Array(length).fill(7)

/** One field for each way a value is treated: kept, overwritten, removed, made without a look, told from others, computed. */
const policy = parsePolicy({
  version: 1,
  fields: {
    kept: { technique: 'retain' },
    'k\u00e9pt "2"': { technique: 'retain' },
    masked: { technique: 'mask' },
    email: { technique: 'random-email' },
    comment: { technique: 'comment' },
    age: { technique: 'round', to: 10 },
    language: { technique: 'retain' },
  },
})
const names = ['language', 'kept', 'gone', 'masked', 'email', 'comment', 'age', 'k\u00e9pt "2"']

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.constantFrom('0', '-0', '0.0', '-0.5', '1.50', '1.0', '00', '01', '1.', '.5', '1e3', '1E-7', '-', '+1', '0x1'),
  fc.constantFrom(
    '0.000001',
    '0.0000001',
    '123456789012345',
    '1234567890123456',
    '12345678901234567890',
    '0.1234567890123456',
  ),
)
const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
  fc.constantFrom('""', '"\u007f\u2028"', '"\\u0061"', '"\t"', '"a', '"\ud83d\ude00"', '"\\ud800"', '" "'),
  fc.constantFrom(
    ...Object.values({ en: 'based on customer request', fr: 'la demande du client' }).map((end) => `"${end}"`),
  ),
  fc.constantFrom('"This comment has been anonymised based on customer request"', '"fr"', '"FR-ca"'),
)
const value = fc.oneof(number, text, fc.constantFrom('true', 'false', 'null', 'nul', 'True', '[]', '{}', '[1]', ''))

/** A line as `JSON.stringify` writes it but for its values. */
const line = fc.tuple(...names.map(() => value)).map((values) => {
  const members = values.map((each, index) => `${JSON.stringify(names[index])}:${each}`)
  return `{${members.join(',')}}`
})

/** The same with something in it that does not belong there. */
const damaged = fc
  .tuple(
    line,
    fc.nat(),
    fc.oneof(
      fc.constantFrom(...[' ', ',', '"', '\\', '{', '}', '\r', '"kept":1,'].map((each) => encoder.encode(each))),
      fc
        .constantFrom(...[[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80]])
        .map((each) => Uint8Array.from(each)),
    ),
    fc.boolean(),
  )
  .map(([whole, place, piece, replaces]) => {
    const bytes = encoder.encode(whole)
    const at = place % (bytes.length + 1)
    return Uint8Array.from([...bytes.subarray(0, at), ...piece, ...bytes.subarray(replaces ? at + piece.length : at)])
  })

const well = names.map((name) => `${JSON.stringify(name)}:"x"`)
const learned = encoder.encode(`{${well.join(',')}}\n`)

/** What becomes of a line by parsing it, or the code it is refused with. */
function simply(bytes: Uint8Array): string {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    return 'ERR_NDJSON_NOT_UTF8'
  }
  if (text.trim() === '') return ''
  try {
    return `${JSON.stringify(compilePolicy(policy, { randomBytes }).apply(JSON.parse(text) as object).record)}\n`
  } catch {
    return 'ERR_NDJSON_MALFORMED'
  }
}

/** The same after a line from which the program for such lines is made. */
async function quickly(bytes: Uint8Array): Promise<string> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield learned
    yield Uint8Array.from([...bytes, 0x0a])
  }
  let whole = ''
  try {
    for await (const block of anonymizeNdjson(chunks(), compilePolicy(policy, { randomBytes })))
      whole += decoder.decode(block)
  } catch (error) {
    return String(Object(error).code)
  }
  return whole.slice(whole.indexOf('\n') + 1)
}

describe('a line that is not parsed', () => {
  test('becomes what parsing it makes of it, whatever its values', () =>
    fc.assert(
      fc.asyncProperty(line, async (whole) => {
        const bytes = encoder.encode(whole)
        expect(await quickly(bytes)).toBe(simply(bytes))
      }),
      { numRuns: 2000 },
    ))

  test('is refused as parsing refuses it, whatever is wrong with it', () =>
    fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        fc.pre(!bytes.includes(0x0a))
        expect(await quickly(bytes)).toBe(simply(bytes))
      }),
      { numRuns: 2000 },
    ))

  test('has only values that JSON.stringify writes as they are', () =>
    fc.assert(
      fc.property(fc.oneof(value, fc.string({ unit: 'binary' })), (text) => {
        const bytes = encoder.encode(`${text}\n`)
        const end = endOfScalar(bytes, 0)
        if (end === -1) return
        const accepted = decoder.decode(bytes.subarray(0, end))
        expect(JSON.stringify(JSON.parse(accepted))).toBe(accepted)
      }),
      { numRuns: 5000 },
    ))

  test('has the values records usually have', () => {
    for (const usual of [
      '"Jane Do\u00e9"',
      '"\ud83d\ude00"',
      '""',
      '0',
      '-7',
      '4.5',
      '-0.25',
      '20260105',
      'true',
      'false',
      'null',
    ]) {
      expect(endOfScalar(encoder.encode(`${usual},`), 0)).toBe(encoder.encode(usual).length)
    }
  })
})
