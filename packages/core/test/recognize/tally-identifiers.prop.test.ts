import { compilePolicy, defaultPolicy, parsePolicy } from '@surveyseal/core/anonymize'
import { tallyIdentifiers } from '@surveyseal/core/recognize'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const planted = {
  email: ['jo@example.org', 'Jo.Bloggs+news@Example.ORG'],
  iban: ['DE89370400440532013000'],
  card: ['4111 1111 1111 1111'],
  phone: ['+33 6 12 34 56 78', '0612345678'],
  ip: ['192.168.1.77'],
} as const
const canary = fc.constantFrom(
  ...Object.entries(planted).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text }))),
)
const harmless = fc.constantFrom('fine', 'order 17', '2026-11-30', '3.5', '', 'ok', '12345')
const sentence = fc.tuple(harmless, canary, harmless).map(([before, { kind, text }, after]) => ({
  kind,
  text: `${before}, ${text}, ${after}`,
}))
const policy = parsePolicy({
  version: 1,
  fields: { notes: { technique: 'retain' }, 'orders.*.ref': { technique: 'retain' }, extra: { technique: 'retain' } },
  segments: { plant: { technique: 'retain' } },
})

test('every identifier in a value that is kept is counted once per value and kind, and no value is told', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(canary, sentence, harmless), { maxLength: 20 }), (values) => {
      const tally = tallyIdentifiers(policy)
      const expected = new Map<string, number>()
      for (const [at, value] of values.entries()) {
        const text = typeof value === 'string' ? value : value.text
        const [record, field] = [
          [{ notes: text, other: text }, 'notes'],
          [{ orders: [{ ref: text, mail: text }] }, 'orders.*.ref'],
          [{ segments: { plant: text, x: text } }, 'segments.plant'],
        ][at % 3] as [object, string]
        if (typeof value !== 'string') {
          const key = `${field} ${value.kind}`
          expected.set(key, (expected.get(key) ?? 0) + 1)
        }
        tally.add(compilePolicy(policy).apply(record).record ?? {})
      }
      const findings = tally.findings()
      expect(new Map(findings.map(({ field, kind, values }) => [`${field} ${kind}`, values]))).toEqual(expected)
      for (const { text } of values.filter((value) => typeof value !== 'string'))
        expect(JSON.stringify(findings)).not.toContain(text)
    }),
  )
})

test('names that neither policy nor host names are not told, and are looked through themselves', () => {
  fc.assert(
    fc.property(canary, fc.constantFrom('secret name', '__proto__', 'constructor'), ({ kind, text }, name) => {
      const tally = tallyIdentifiers(policy, { columns: ['mine.too'] })
      tally.add(JSON.parse(`{"extra":{"${text}":1,"${name}":["${text}"]},"mine.too":"${text}"}`))
      expect(tally.findings()).toEqual([
        { field: 'extra.*', kind, values: 1 },
        { field: 'extra.*.*', kind, values: 1 },
        { field: 'mine\\.too', kind, values: 1 },
      ])
    }),
  )
})

test('what is called like an identifier in an object that is kept is counted, whatever it holds', () => {
  const name = fc.constantFrom('email', 'first_name', 'workEmail', 'téléphone')
  fc.assert(
    fc.property(name, fc.oneof(fc.string(), fc.integer(), fc.constant(null)), (name, value) => {
      const tally = tallyIdentifiers(policy)
      tally.add(compilePolicy(policy).apply({ extra: { deep: [{ [name]: value }], score: 3 } }).record ?? {})
      expect(tally.findings()).toContainEqual({ field: 'extra.*.*.*', kind: 'identifier', values: 1 })
    }),
  )
})

test('of customer records under the default policy nothing is recognized, its own addresses included', () => {
  const text = fc.oneof(
    harmless,
    canary.map(({ text }) => text),
  )
  const name = fc.constantFrom('email', 'phone', 'firstName', 'npsComment', 'reviewComment', 'x', 'a@b.example')
  const record = fc.dictionary(name, fc.oneof(text, fc.array(text), fc.dictionary(name, text)))
  const compiled = compilePolicy(defaultPolicy('en'))
  fc.assert(
    fc.property(record, (given) => {
      const tally = tallyIdentifiers(defaultPolicy('en'))
      tally.add(compiled.apply({ ...given, customFields: given, segments: given }).record ?? {})
      expect(tally.findings()).toEqual([])
    }),
  )
})

test('ERR_INVALID_ARG_TYPE: no record', () => {
  expect(() => tallyIdentifiers(policy).add('jo@example.org' as never)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
  )
})
