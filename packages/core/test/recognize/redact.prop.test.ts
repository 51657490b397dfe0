import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recognize, redact } from '../../src/recognize.js'

const planted = fc.constantFrom(
  'jo@example.org',
  '+33 6 12 34 56 78',
  'DE89 3704 0044 0532 0130 00',
  '4111 1111 1111 1111',
  '203.0.113.7',
  'https://example.org/a',
  '219-09-9999',
  '48.8566, 2.3522',
)
const prose = fc.string({ unit: fc.constantFrom(..."abc def. 12,'-é😀\n\u0301A", 'Ann ', 'the '), maxLength: 60 })
const anyText = fc.oneof(
  prose,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.oneof(prose, planted), { maxLength: 6 }).map((parts) => parts.join(' ')),
)

test('spans are disjoint, in order and within the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let last = 0
      for (const { start, end, confidence } of recognize(text, { minimumConfidence: 0 })) {
        expect(start).toBeGreaterThanOrEqual(last)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
        expect(confidence).toBeGreaterThan(0)
        expect(confidence).toBeLessThanOrEqual(1)
        last = end
      }
    }),
    { numRuns: 500 },
  )
})

test('what surrounds the spans is kept to the letter', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: redacted, spans } = redact(text)
      const kept = [0, ...spans.flatMap(({ start, end }) => [start, end]), text.length]
      const pieces = kept.flatMap((from, index) => (index % 2 === 0 ? [text.slice(from, kept[index + 1])] : []))
      expect(redacted.split(/\[[A-Z_]+_\d+\]/)).toEqual(pieces)
    }),
    { numRuns: 500 },
  )
})

test('a planted value between words is gone whatever surrounds it', () => {
  fc.assert(
    fc.property(prose, planted, prose, (before, value, after) => {
      expect(redact(`${before} of ${value} of ${after}`).text).not.toContain(value)
    }),
    { numRuns: 500 },
  )
})

test('a known value of the subject is gone whatever surrounds it', () => {
  fc.assert(
    fc.property(
      prose,
      fc.string({ unit: fc.constantFrom(...'abcdéñ'), minLength: 2, maxLength: 12 }),
      prose,
      (before, value, after) => {
        expect(
          redact(`${before} ${value.toUpperCase()} ${after}`, { subject: [value] }).text.split(/\s/),
        ).not.toContain(value.toUpperCase())
      },
    ),
    { numRuns: 300 },
  )
})

test('redacting twice changes nothing more', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(planted, fc.constantFrom('call', 'Ann Kowalska', 'my name is')), { maxLength: 5 }),
      (parts) => {
        const once = redact(parts.join(', ')).text
        expect(redact(once).text).toBe(once)
      },
    ),
    { numRuns: 300 },
  )
})
