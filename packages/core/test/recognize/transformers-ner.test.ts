import { describe, expect, test } from 'vitest'
import { redactWithNer, type TokenClassification, type TokenClassifier, transformersNer } from '../../src/recognize.js'

/** Answers as pipelines of @huggingface/transformers 4 do: words in order, groups, scores, no offsets; remembers what it saw. */
function standIn(...results: TokenClassification[]): { classifier: TokenClassifier; seen: string[] } {
  const seen: string[] = []
  return {
    seen,
    classifier: async (text, { aggregation_strategy }) => {
      expect(aggregation_strategy).toBe('simple')
      seen.push(text)
      return results
    },
  }
}

async function redacted(text: string, ...results: TokenClassification[]): Promise<string> {
  return (await redactWithNer(text, { ner: transformersNer(standIn(...results).classifier), kinds: ['name'] })).text
}

const per = (word: string, score = 0.99): TokenClassification => ({ entity_group: 'PER', score, word })

describe('transformersNer', () => {
  test.each([
    ['a word as it stands', 'then xq wrote', [per('xq')], 'then [NAME_1] wrote'],
    [
      'the second of two equal words',
      'xq or xq',
      [{ ...per('xq'), entity_group: 'MISC' }, per('xq')],
      'xq or [NAME_1]',
    ],
    ['a word without its case and accents', 'then Zxé left', [per('zxe')], 'then [NAME_1] left'],
    ['signs set apart by spaces', "then o'xq-zx left", [per("o ' xq - zx")], 'then [NAME_1] left'],
    ['a piece of a word, widened to the whole', 'then xqzxson left', [per('##zx')], 'then [NAME_1] left'],
    ['a piece marked by sentencepiece', 'then xqzx left', [per('\u2581xqzx')], 'then [NAME_1] left'],
    ['characters the model does not know', 'then xq😀 zx left', [per('xq [UNK] zx')], 'then [NAME_1] left'],
    ['offsets in UTF-16 units after an emoji', '😀 xq left', [per('xq')], '😀 [NAME_1] left'],
    ['decomposed accents', 'then zxe\u0301q left', [per('zxeq')], 'then [NAME_1] left'],
    [
      'a token that is not grouped',
      'then xq left',
      [{ entity: 'B-PER', score: 0.9, word: 'xq' }],
      'then [NAME_1] left',
    ],
    ['characters with a meaning in patterns', 'then x.*(q left', [per('x . * ( q')], 'then [NAME_1] left'],
  ])('finds %s', async (_title, text, results, expected) => {
    expect(await redacted(text, ...results)).toBe(expected)
  })

  test('leaves labels alone that mean nothing here, whatever they are called', async () => {
    const results = ['MISC', 'O', '__proto__', 'constructor', ''].map((entity_group) => ({
      entity_group,
      score: 1,
      word: 'xq',
    }))
    expect(await redacted('xq xq xq xq xq', ...results)).toBe('xq xq xq xq xq')
  })

  test('labels of another model can be given', async () => {
    const { classifier } = standIn({ entity_group: 'TELEPHONENUM', score: 0.9, word: 'xq' })
    const ner = transformersNer(classifier, { labels: { TELEPHONENUM: 'phone' } })
    expect((await redactWithNer('then xq', { ner })).text).toBe('then [PHONE_1]')
  })

  test('a score below the minimum confidence is left out', async () => {
    expect(await redacted('then xq left', per('xq', 0.2))).toBe('then xq left')
  })

  test('a long text reaches the model in pieces that hold all of it and cut no word', async () => {
    const { classifier, seen } = standIn()
    const text = `${'some words here. '.repeat(200)}${'x'.repeat(300)}`
    await transformersNer(classifier, { maximumLength: 128 }).recognize(text)
    expect(seen.join('')).toBe(text)
    expect(Math.max(...seen.map(({ length }) => length))).toBeLessThanOrEqual(128)
    expect(seen.slice(0, 20).every((piece) => piece.endsWith('. '))).toBe(true)
  })

  test('places in later pieces are places of the whole text', async () => {
    const text = `${'some words here. '.repeat(20)}then xq left.`
    const classifier: TokenClassifier = async (piece) => (piece.includes('xq') ? [per('xq')] : [])
    const [span] = await transformersNer(classifier, { maximumLength: 64 }).recognize(text)
    expect(text.slice(span?.start, span?.end)).toBe('xq')
  })

  test('ERR_INVALID_ARG_VALUE for a name that does not stand in the text, which says nothing of it', async () => {
    const ner = transformersNer(standIn(per('Kowalska')).classifier)
    await expect(redactWithNer('nobody', { ner })).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE', message: expect.not.stringContaining('Kowalska') }),
    )
  })

  test.each([0, 63, 1.5, Number.NaN, '99'])('ERR_INVALID_ARG_VALUE for pieces of length %j', (maximumLength) => {
    expect(() => transformersNer(standIn().classifier, { maximumLength: maximumLength as number })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_VALUE' }),
    )
  })

  test('ERR_INVALID_ARG_TYPE for a classifier that is no function', () => {
    expect(() => transformersNer({} as TokenClassifier)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
    )
  })
})
