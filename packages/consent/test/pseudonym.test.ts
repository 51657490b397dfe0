import { createHmac } from 'node:crypto'
import { pseudonymize } from '@surveyseal/consent'
import { describe, expect, test } from 'vitest'
import { SECRET } from './support/fixtures.js'
import { codeOf } from './support/matchers.js'

const options = { secret: SECRET, survey: 'spring-2026' }

describe('pseudonymize', () => {
  test('is HMAC-SHA-256 over the label and the length-prefixed survey and reference', () => {
    const prefixed = (text: string) => {
      const bytes = Buffer.from(text)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return Buffer.concat([length, bytes])
    }
    const expected = createHmac('sha256', SECRET)
      .update('surveyseal consent pseudonym v1\n')
      .update(prefixed('spring-2026'))
      .update(prefixed('Zoë 4711'))
      .digest('base64url')
    expect(pseudonymize('Zoë 4711', options)).toBe(expected)
  })

  test('differs by survey, by secret and by the smallest difference of the reference', () => {
    const all = [
      pseudonymize('a', options),
      pseudonymize('A', options),
      pseudonymize('a ', options),
      pseudonymize('a', { ...options, survey: 'spring-2027' }),
      pseudonymize('a', { ...options, secret: new Uint8Array(32).fill(8) }),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  test('refuses what has no one spelling, and a short secret', async () => {
    const refused: [unknown, object, string][] = [
      ['', {}, 'ERR_INVALID_ARG_VALUE'],
      ['\ud800', {}, 'ERR_INVALID_ARG_VALUE'],
      [4711, {}, 'ERR_INVALID_ARG_TYPE'],
      ['a', { secret: new Uint8Array(31) }, 'ERR_INVALID_ARG_VALUE'],
      ['a', { secret: 'x'.repeat(32) }, 'ERR_INVALID_ARG_TYPE'],
      ['a', { survey: 'été' }, 'ERR_INVALID_ARG_VALUE'],
      ['a', { survey: undefined }, 'ERR_INVALID_ARG_TYPE'],
    ]
    for (const [respondent, changes, code] of refused) {
      expect(await codeOf(() => pseudonymize(respondent as string, { ...options, ...changes }))).toBe(code)
    }
  })
})
