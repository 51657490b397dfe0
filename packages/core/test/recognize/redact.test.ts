import { describe, expect, test } from 'vitest'
import { type NerProvider, redact, redactWithNer, type Span } from '../../src/recognize.js'

describe('redact', () => {
  test('one value has one placeholder within a text, whatever its case', () => {
    expect(redact('Mail jo@example.org or JO@example.org, not al@example.org.').text).toBe(
      'Mail [EMAIL_1] or [EMAIL_1], not [EMAIL_2].',
    )
  })

  test('a number has one placeholder within a text, however it is grouped', () => {
    expect(redact('4111 1111 1111 1111, 4111111111111111 and 5555 5555 5555 4444').text).toBe(
      '[CARD_1], [CARD_1] and [CARD_2]',
    )
    expect(redact('call 06 12 34 56 78, I mean 06.12.34.56.78').text).toBe('call [PHONE_1], I mean [PHONE_1]')
  })

  test('numbers start again with every text', () => {
    expect(redact('al@example.org').text).toBe(redact('jo@example.org').text)
  })

  test('spans say where the values were in the text given', () => {
    expect(redact('to jo@example.org')).toEqual({
      text: 'to [EMAIL_1]',
      spans: [{ start: 3, end: 17, kind: 'email', confidence: 0.95 }],
    })
  })

  test.each([
    ['another case and without accents', 'then ZOE MULLER left', ['Zoé Müller'], 'then [SUBJECT_1] left'],
    ['accents the file has not', 'then Zoé Müller left', ['zoe muller'], 'then [SUBJECT_1] left'],
    ['decomposed accents', 'then Zoe\u0301 Mu\u0308ller left', ['Zoé Müller'], 'then [SUBJECT_1] left'],
    ['part of a name', 'then müller left', ['Zoé Müller'], 'then [SUBJECT_1] left'],
    ['spacing', 'then zoé \n müller left', ['Zoé Müller'], 'then [SUBJECT_1] left'],
    ['a telephone number in national form', 'call 06-12-34-56-78 now', ['+33612345678'], 'call [SUBJECT_1] now'],
    [
      'a telephone number in international form',
      'call +33 (0)6 12345678 now',
      ['06 12 34 56 78'],
      'call [SUBJECT_1] now',
    ],
    ['a customer number', 'account c-0042x, yes', ['C-0042X'], 'account [SUBJECT_1], yes'],
    ['a name that is a word, with its capital', 'Will said he will', ['Will Young'], '[SUBJECT_1] said he will'],
    ['a pattern, taken literally', 'then a.*b left, aXXb stayed', ['a.*b'], 'then [SUBJECT_1] left, aXXb stayed'],
  ])('finds the subject by %s', (_title, text, subject, expected) => {
    expect(redact(text, { subject, kinds: ['email'] }).text).toBe(expected)
  })

  test('values of the subject do not match inside words', () => {
    expect(redact('annals of Annapolis', { subject: ['Anna'], kinds: [] }).text).toBe('annals of Annapolis')
  })

  test('empty and one-letter values match nothing', () => {
    expect(redact('a b c', { subject: ['', ' ', 'a'], kinds: [] }).text).toBe('a b c')
  })

  test('a span that reaches over another covers both', () => {
    expect(redact('write anna.kowalska@example.org', { subject: ['Kowalska'] }).text).toBe('write [EMAIL_1]')
  })

  test('ERR_INVALID_ARG_TYPE for a value of the subject that is no string', () => {
    expect(() => redact('x', { subject: [7 as unknown as string] })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
    )
  })
})

describe('redactWithNer', () => {
  const provider = (...spans: Span[]): NerProvider => ({ recognize: async () => spans })

  test('adds what the provider finds to what the recognizers find', async () => {
    const ner = provider({ start: 0, end: 4, kind: 'name', confidence: 0.8 })
    expect((await redactWithNer('xq17 wrote jo@example.org', { ner })).text).toBe('[NAME_1] wrote [EMAIL_1]')
  })

  test('leaves out what the provider is not sure of, and kinds not asked for', async () => {
    const unsure = provider({ start: 0, end: 4, kind: 'name', confidence: 0.2 })
    const sure = provider({ start: 0, end: 4, kind: 'name', confidence: 0.9 })
    expect((await redactWithNer('xq17 wrote', { ner: unsure })).text).toBe('xq17 wrote')
    expect((await redactWithNer('xq17 wrote', { ner: sure, kinds: ['email'] })).text).toBe('xq17 wrote')
  })

  test.each([
    [-1, 2],
    [0, 99],
    [3, 3],
    [0.5, 2],
    [Number.NaN, 2],
  ])('ERR_INVALID_ARG_VALUE for a span from %s to %s of the provider', async (start, end) => {
    const ner = provider({ start, end, kind: 'name', confidence: 0.9 })
    await expect(redactWithNer('xq17 wrote', { ner })).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
    )
  })
})
