import { afterEach, describe, expect, test } from 'vitest'
import { restore, watch } from '../../../../test/watch-work.js'
import { isOrdinaryUrl } from '../../src/audit/lib/ordinary-url.js'
import { auditUrl, indexSubjects, scrubUrl } from '../../src/audit.js'

/** Longer texts than any piece that is cut out to look at its surroundings. */
const LONG = 300

const seeds = [
  '%',
  '%25',
  '%2',
  'YWJj',
  '616263',
  'a@',
  '=',
  '&a=b',
  ';',
  '/',
  '{{',
  '*|',
  '%%',
  '${',
  '[',
  '"',
  '{"a":',
  'eyJh.',
  '://',
  '-3A__',
  '+1 (',
  '1.',
  ':',
  'a=',
  '?',
  '#',
  '%40',
  '%E0',
  'email=',
  'A',
  '\u00e9',
  '\ud800',
  'YWFh.',
  '<%',
]

afterEach(restore)

describe('work is proportional to the length of the URL, whatever it holds', () => {
  test.each(seeds)('%j repeated: eight times the URL, at most ten times the work', (seed) => {
    const known = indexSubjects([['jo@example.org']])
    const steps = (length: number): number =>
      watch(() => auditUrl(`https://s.example/?q=${seed.repeat(length)}`, { known })).work
    expect(steps(8000)).toBeLessThanOrEqual(10 * steps(1000))
  })

  test.each(seeds)('%j repeated costs the scan that turns ordinary URLs away no more', (seed) => {
    for (const prefix of ['https://s.example/', 'https://s.example/?q=', '/?', '/#']) {
      const steps = (length: number): number => watch(() => isOrdinaryUrl(`${prefix}${seed.repeat(length)}`)).work
      expect(steps(8000)).toBeLessThanOrEqual(10 * steps(1000))
    }
  })

  test('regular expressions over long texts repeat one class of characters at most', () => {
    const { sources } = watch(() => {
      for (const seed of seeds) auditUrl(`https://s.example/?q=${seed.repeat(200)}&name=${seed.repeat(200)}`)
    }, LONG)
    const repeated = [...sources].filter((source) =>
      /\)[*+]|\)\{\d+,\}/.test(source.replace(/\\./gs, '_').replace(/\[[^\]]*\]/g, '_')),
    )
    expect(repeated).toEqual([])
  })

  test('a URL of a megabyte is audited and scrubbed', () => {
    for (const seed of seeds) {
      const url = `https://s.example/?q=${seed.repeat(1_000_000 / seed.length)}&email=jo@example.org`
      expect(auditUrl(url).some(({ kind }) => kind === 'email' || kind === 'undecoded')).toBe(true)
    }
    expect(scrubUrl(`https://s.example/?q=${'%25'.repeat(300_000)}&email=jo@example.org`).url).not.toContain('jo@')
  }, 120_000)

  // Engines pass about a hundred and twenty thousand arguments to one call.
  test('a parameter that holds more values than a call takes arguments is audited', () => {
    const list = JSON.stringify([...Array<number>(200_000).fill(1), 'jo@example.org'])
    for (const text of [encodeURIComponent(list), Buffer.from(list).toString('base64url')]) {
      expect(auditUrl(`https://s.example/?q=${text}`).some(({ kind }) => kind === 'email')).toBe(true)
    }
  }, 120_000)
})
