import { describe, expect, test } from 'vitest'
import { scrubUrl } from '../../src/audit.js'

const s = 'https://survey.example/s'

describe('scrubUrl', () => {
  test.each([
    ['one parameter of several', `${s}?a=1&email=jo%40example.org&b=2`, `${s}?a=1&b=2`],
    ['the first parameter', `${s}?email=jo%40example.org&b=2#top`, `${s}?b=2#top`],
    ['the last parameter', `${s}?a=1&email=jo%40example.org#top`, `${s}?a=1#top`],
    ['the only parameter', `${s}?email=jo%40example.org#top`, `${s}#top`],
    ['the first two of three', `${s}?email=jo@example.org&first_name=Jo&b=2`, `${s}?b=2`],
    ['every other one', `${s}?email=jo@example.org&b=2&first_name=Jo&d=4`, `${s}?b=2&d=4`],
    ['all of them', `${s}?email=jo@example.org&first_name=Jo`, s],
    ['a path segment', `${s}/jo@example.org/start?a=1`, `${s}/redacted/start?a=1`],
    ['a matrix parameter', `${s};email=jo@example.org;v=2/start`, `${s};v=2/start`],
    ['a user name', 'https://jo:secret@survey.example/s', s],
    ['a fragment', `${s}?a=1#email=jo@example.org`, `${s}?a=1`],
    [
      'what a redirect carries',
      `https://go.example/r?url=${encodeURIComponent(`${s}?email=jo@example.org&a=1`)}&x=1`,
      `https://go.example/r?url=${encodeURIComponent(`${s}?a=1`)}&x=1`,
    ],
    [
      'an unreadable redirect',
      `https://go.example/r?url=${encodeURIComponent('https://jo@example.org:x@y@z/jo@example.org')}`,
      'https://go.example/r?url=https%3A%2F%2Fz%2Fredacted',
    ],
    ['a mail link', 'mailto:jo@example.org?subject=Survey', 'mailto:redacted?subject=Survey'],
  ])('takes out %s', (_title, url, expected) => {
    expect(scrubUrl(url).url).toBe(expected)
  })

  test('reports what it took out', () => {
    expect(scrubUrl(`${s}?email=jo@example.org`).findings).toEqual([
      { kind: 'email', location: 'query.email', decoded: [] },
    ])
  })

  test('leaves everything else to the letter', () => {
    const url = `${s}?a=%zz&&b=+&=&c#%F0`
    expect(scrubUrl(url)).toEqual({ url, findings: [] })
  })

  test('leaves http as it is, and says so', () => {
    expect(scrubUrl('http://survey.example/s?email=jo@example.org')).toEqual({
      url: 'http://survey.example/s',
      findings: [
        { kind: 'insecure-transport', location: 'scheme', decoded: [] },
        { kind: 'email', location: 'query.email', decoded: [] },
      ],
    })
  })

  test('ERR_INVALID_ARG_TYPE for no string', () => {
    expect(() => scrubUrl(null as unknown as string)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
  })
})
