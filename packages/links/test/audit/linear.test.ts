import { afterEach, describe, expect, test } from 'vitest'
import { auditUrl, indexSubjects, scrubUrl } from '../../src/audit.js'

const exec = RegExp.prototype.exec
const indexOf = String.prototype.indexOf
/** Longer texts than any piece that is cut out to look at its surroundings. */
const LONG = 300

/** Counts the characters that searches and regular expressions looked at: the work, whatever the machine. */
function watch(action: () => void): { sources: Set<string>; work: number } {
  const sources = new Set<string>()
  let work = 0
  RegExp.prototype.exec = function (this: RegExp, text: string): RegExpExecArray | null {
    if (text.length > LONG) sources.add(this.source)
    const from = this.global || this.sticky ? this.lastIndex : 0
    const match = exec.call(this, text)
    const end = match === null ? (this.sticky ? from : text.length) : match.index + match[0].length
    work += 1 + end - Math.min(from, end)
    return match
  }
  String.prototype.indexOf = function (this: string, search: string, from = 0): number {
    const index = indexOf.call(this, search, from)
    work += 1 + (index === -1 ? this.length : index) - Math.min(from, this.length)
    return index
  }
  try {
    action()
  } finally {
    restore()
  }
  return { sources, work }
}

function restore(): void {
  RegExp.prototype.exec = exec
  String.prototype.indexOf = indexOf
}

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

  test('regular expressions over long texts repeat one class of characters at most', () => {
    const { sources } = watch(() => {
      for (const seed of seeds) auditUrl(`https://s.example/?q=${seed.repeat(200)}&name=${seed.repeat(200)}`)
    })
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
})
