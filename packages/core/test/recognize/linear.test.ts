import { afterEach, describe, expect, test } from 'vitest'
import { restore, watch } from '../../../../test/watch-work.js'
import { recognize, redact } from '../../src/recognize.js'

/** Longer texts than any piece that is cut out to look at its surroundings. */
const LONG = 100

const seeds = [
  'a@',
  'a@a.',
  '1',
  '1 ',
  '1.',
  '12-',
  'a1:',
  '://',
  'www.',
  'Aa ',
  'A. ',
  'AA ',
  'GB29 ',
  'name is a ',
  'born 1.1.',
  '1 A ',
  "1 rue d'A ",
  '+1 (',
  'tel 1',
  '\u0301',
  'é',
  '😀',
  '\ud800',
  'card 1',
  'zip A1',
  "1°1'",
  '2000-',
  '"@',
  "A'",
  'A-',
  'a%40',
  'a(at)b.co',
  'a&#64;',
  'a\u200b',
  '1\u200b',
  '1\ufe0f\u20e3',
  'in Aa 1234 ',
  '1 A Street\nAa\n',
  'Apt 1\nAa, ',
  'Jo ',
  'jo ',
  'ann ',
  'Zzyx and Ann. ',
  'Mr. Jo ',
  '1 a of ',
  ' ',
]

afterEach(restore)

describe('work is proportional to the length of the text, whatever it holds', () => {
  test('no regular expression has an unbounded quantifier', () => {
    const everything = `${seeds.join(' ')} jo@example.org DE89 3704 0044 0532 0130 00 card 4111 1111 1111 1111 219-09-9999 203.0.113.7 2001:db8::1 born 1980-01-02
      call +33 6 12 34 56 78 x12 SW1A 1AA zip 3520 12 rue de la Paix My name is Rose Field. Hi Will, Definately`
    const { sources } = watch(() => redact(everything, { subject: ['Zoé Young', '+33612345678', 'C-42'] }), LONG)
    const unbounded = [...sources].filter((source) => /[*+]|\{\d+,\}/.test(withoutClassesAndEscapes(source)))
    expect(unbounded).toEqual([])
    expect(sources.size).toBeGreaterThan(40)
  })

  test.each(seeds)('%j repeated: eight times the text, at most ten times the work', (seed) => {
    const steps = (length: number): number =>
      watch(() => redact(seed.repeat(length), { subject: ['Zoé Young', '+33612345678'] })).work
    expect(steps(8000)).toBeLessThanOrEqual(10 * steps(1000))
  })

  // Engines pass about a hundred and twenty thousand arguments to one call.
  test.each(['ann, ', 'my name is anna. '])('%j more often than a call takes arguments is found each time', (seed) => {
    expect(recognize(seed.repeat(150_000), { kinds: ['name'] })).toHaveLength(150_000)
  })
})

function withoutClassesAndEscapes(source: string): string {
  return source.replace(/\\./gs, '_').replace(/\[[^\]]*\]/g, '_')
}
