import { describe, expect, test } from 'vitest'
import { recognize, redact } from '../../src/recognize.js'

/** What a text holds, as it stands in it. */
function found(text: string): string[] {
  return recognize(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)
}

const between = (text: string, mark: string): string => Array.from(text).join(mark)
const [email, phone, card] = ['jo@example.org', '+33 6 12 34 56 78', '4111 1111 1111 1111']

describe('what hides a value from the eye of a machine hides nothing', () => {
  test.each([
    ['zero-width spaces', '\u200b'],
    ['zero-width joiners', '\u200d'],
    ['word joiners', '\u2060'],
    ['soft hyphens', '\u00ad'],
    ['byte order marks', '\ufeff'],
    ['variation selectors', '\ufe0f'],
    ['right-to-left marks', '\u200f'],
    ['directional overrides', '\u202e'],
    ['isolates', '\u2066'],
    ['combining grapheme joiners', '\u034f'],
  ])('%s between all characters', (_title, mark) => {
    for (const [kind, value] of [
      ['email', email],
      ['phone', phone],
      ['card', card],
    ] as const)
      expect(found(`to ${between(value, mark)} now`)).toEqual([`${kind}: ${between(value, mark)}`])
    expect(redact(`ask ${between('Müller', mark)} now`, { subject: ['Zoé Müller'], kinds: [] }).text).toBe(
      'ask [SUBJECT_1] now',
    )
  })

  test.each([
    ['keycaps', Array.from('0612345678', (digit) => `${digit}\ufe0f\u20e3`).join(''), 'tel '],
    ['full width', '０６　１２　３４　５６　７８', ''],
    ['Arabic digits', '٠٦ ١٢ ٣٤ ٥٦ ٧٨', ''],
    ['Devanagari digits', '०६ १२ ३४ ५६ ७८', ''],
    ['Bengali digits', '০৬ ১২ ৩৪ ৫৬ ৭৮', ''],
    ['Thai digits', '๐๖ ๑๒ ๓๔ ๕๖ ๗๘', ''],
    ['no-break spaces', '06\u00a012\u00a034\u00a056\u00a078', ''],
    ['narrow no-break spaces', '06\u202f12\u202f34\u202f56\u202f78', ''],
    ['figure dashes', '06\u201212\u201234\u201256\u201278', ''],
    ['superscripts', '⁰⁶ ¹² ³⁴ ⁵⁶ ⁷⁸', ''],
  ])('a telephone number in %s', (_title, value, lead) => {
    expect(found(`${lead}${value} please`)).toEqual([`phone: ${value}`])
  })

  test.each([
    ['an HTML reference', 'jo&#64;example.org'],
    ['a hexadecimal HTML reference', 'jo&#x0040;example.org'],
    ['a named HTML reference', 'jo&commat;example.org'],
    ['HTML references for both', 'jo&#64;example&#46;org'],
    ['percent-encoding', 'jo%40example.org'],
    ['words in parentheses', 'jo (at) example (dot) org'],
    ['words in brackets', 'jo[at]example[dot]org'],
    ['French words', 'jo (arobase) exemple (point) fr'],
    ['full width', 'ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ'],
    ['Cyrillic letters that look Latin', 'jо@ехаmple.org'],
    ['combining marks', 'jo\u0301@exa\u0308mple.org'],
    ['letters beyond the Basic Multilingual Plane', '𝐣𝐨@example.org'],
  ])('an e-mail address with %s', (_title, value) => {
    expect(found(`to ${value} now`)).toEqual([`email: ${value}`])
  })
})

describe('places are UTF-16 units of the text given', () => {
  test.each([
    ['surrogate pairs', '😀😀 '],
    ['half a surrogate pair', '\ud83d '],
    ['the other half', '\ude00 '],
    ['CRLF', 'a\r\nb\r\n'],
    ['NUL', '\0 '],
    ['combining marks', 'e\u0301\u0302\u0303 '],
    ['ligatures', 'ﬁﬂ '],
    ['a family', '👩‍👩‍👧‍👦 '],
    ['a flag', '🇫🇷 '],
    ['Hangul in parts', '\u1112\u1161\u11ab '],
  ])('after %s', (_title, before) => {
    for (const value of [email, phone])
      expect(found(`${before}${value} ${before}`).map((line) => line.split(': ')[1])).toEqual([value])
  })
})

test('an emoji touches an e-mail address on both sides', () => {
  expect(found('😀jo@example.org😀')).toEqual(['email: jo@example.org'])
})

describe('what looks alike is left alone', () => {
  test.each([
    'It is 50&#37; and (at) noon, [dot] and 20%40 of it.',
    'Ask at (a) the desk, (at the front), or {all}.',
    'Room 1234 in Building 4203, in Windows 2000.',
    'É à ü ß, œuvre, cœur: rien à signaler.',
  ])('%s', (text) => {
    expect(found(text)).toEqual([])
  })
})

test('a text of a megabyte is redacted, and nothing of it stays behind in the next', () => {
  const text = `${'The person at the desk was kind. '.repeat(32_000)}${email}`
  expect(redact(text).text.endsWith('kind. [EMAIL_1]')).toBe(true)
  expect(found('nothing here')).toEqual([])
})

test('a text shorter than the one before is not read beyond its end', () => {
  expect(found(`é ${card} ${email}`)).toHaveLength(2)
  expect(found('é 4111')).toEqual([])
  expect(found('é jo@')).toEqual([])
})
