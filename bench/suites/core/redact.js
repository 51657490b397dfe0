// Comments of some 300 characters: with something to replace, and without.
import assert from 'node:assert/strict'
import { redact, SPAN_KINDS } from '@surveyseal/core/recognize'
import { overAll } from '../../harness.js'
import { clean, cleanFrench, cleanWithRarerOpeners, withEveryKind, withTwoValues } from './comments.js'

/** E-mail, URL, IBAN, card, IP, telephone: what one writes after reading what each looks like, longer numbers before shorter. */
const PATTERNS = [
  [/[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}/g, '[EMAIL]'],
  [/(?:https?:\/\/|www\.)[^\s<>"]+/gi, '[URL]'],
  [/\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b/gi, '[IBAN]'],
  [/\b\d(?:[ -]?\d){12,18}\b/g, '[CARD]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[IP]'],
  [/\+?\(?\d[\d ().-]{6,}\d\b/g, '[PHONE]'],
]

/** The kinds that the patterns look for, all but names, all. */
const sameSix = { kinds: ['email', 'url', 'iban', 'card', 'ip', 'phone'] }
const withoutNames = { kinds: SPAN_KINDS.filter((kind) => kind !== 'name') }

/** @type {import('../../harness.js').Part} */
export const redaction = {
  unit: 'comments/s',
  cases: [
    'six regexes, hits',
    'redact-hits',
    'redact-hits, all but names',
    'redact-hits, names',
    'six regexes, six hits',
    'redact-hits, six',
    'six regexes, clean',
    'redact-clean',
    'redact-clean, names',
    'six regexes, rarer words',
    'redact-clean, names, rarer words',
    'six regexes, French',
    'redact-clean, names, French',
  ],
  async prepare() {
    return [
      ...compared('six regexes, hits', withTwoValues(), {
        'redact-hits': [sameSix, 1.2],
        'redact-hits, all but names': [withoutNames],
        'redact-hits, names': [{}],
      }),
      ...compared('six regexes, six hits', withEveryKind(), { 'redact-hits, six': [sameSix] }),
      ...compared('six regexes, clean', clean(), {
        'redact-clean': [withoutNames, 8],
        'redact-clean, names': [{}, 4],
      }),
      ...compared('six regexes, rarer words', cleanWithRarerOpeners(), { 'redact-clean, names, rarer words': [{}] }),
      ...compared('six regexes, French', cleanFrench(), { 'redact-clean, names, French': [{}] }),
    ]
  },
}

function compared(reference, comments, subjects) {
  const texts = comments.map(({ text }) => text)
  return [
    { name: reference, run: overAll(texts, byHand) },
    ...Object.entries(subjects).map(([name, [options, atLeast]]) => {
      for (const comment of comments) assertRecall(comment, options)
      const limit = atLeast === undefined ? {} : { limit: { of: 'ratio', atLeast } }
      return { name, reference, run: overAll(texts, (text) => redact(text, options)), ...limit }
    }),
  ]
}

function byHand(text) {
  let redacted = text
  for (const [pattern, placeholder] of PATTERNS) redacted = redacted.replace(pattern, placeholder)
  return redacted
}

/** Both find every planted value, and nothing where nothing is. */
function assertRecall({ text, values }, options) {
  for (const redacted of [byHand(text), redact(text, options).text]) {
    for (const value of values) assert.ok(!redacted.includes(value), `${value} is left`)
    if (values.length === 0) assert.equal(redacted, text)
  }
}
