import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf } from '../../../../test/code-of.js'
import { auditEveryPart, auditParts } from '../../src/audit/audit-url.js'
import { auditUrl, formatAuditSarif, scrubUrl } from '../../src/audit.js'
import { groupLinkId } from '../../src/index.js'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const base64url = (text: string): string => Buffer.from(text).toString('base64url')
const jwt = (claims: object): string =>
  `${base64url('{"alg":"HS256"}')}.${base64url(JSON.stringify(claims))}.c2lnbmF0dXJl`

const encodings: Readonly<Record<string, (text: string) => string>> = {
  percent: (text) => encodeURIComponent(text),
  'percent, every character': (text) =>
    Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  base64: (text) => encodeURIComponent(base64(text)),
  base64url,
  hex: (text) => Buffer.from(text).toString('hex'),
  'hex with 0x': (text) => `0x${Buffer.from(text).toString('hex')}`,
  json: (text) => encodeURIComponent(JSON.stringify({ a: [1, { b: text }] })),
  jwt: (text) => jwt({ sub: text }),
  url: (text) => encodeURIComponent(`https://r.example/p?x=1&u=${encodeURIComponent(text)}#f`),
  query: (text) => encodeURIComponent(`a=1&b=${encodeURIComponent(text)}`),
  prefix: (text) => `id_${base64url(text)}`,
}

const positions: Readonly<Record<string, (value: string) => string>> = {
  path: (value) => `https://s.example/a/${encodeURIComponent(value)}/b`,
  matrix: (value) => `https://s.example/a;v=${encodeURIComponent(value)}/b`,
  query: (value) => `https://s.example/a?x=1&y=${encodeURIComponent(value)}&z=2`,
  'parameter name': (value) => `https://s.example/a?${encodeURIComponent(value)}=1`,
  'bare parameter': (value) => `https://s.example/a?${encodeURIComponent(value)}`,
  fragment: (value) => `https://s.example/a#${encodeURIComponent(value)}`,
  'fragment query': (value) => `https://s.example/a#/r?q=${encodeURIComponent(value)}`,
  userinfo: (value) => `https://${encodeURIComponent(value)}@s.example/a`,
}

const atom = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 1,
  maxLength: 12,
})
const email = fc
  .tuple(
    atom,
    fc.constantFrom('', '.', '+', '_'),
    atom,
    atom,
    fc.constantFrom('org', 'com', 'fr', 'co.uk', 'example', 'xn--p1ai'),
  )
  .map(([first, separator, second, domain, top]) => `${first}${separator}${second}@${domain}.${top}`)
const chain = fc.array(fc.constantFrom(...Object.keys(encodings)), { maxLength: 4 })
const position = fc.constantFrom(...Object.keys(positions))

function plant(value: string, chained: readonly string[], where: string): string {
  const encoded = chained.reduce((text, encoding) => encodings[encoding]?.(text) ?? text, value)
  return positions[where]?.(encoded) ?? encoded
}

test('an e-mail address is found at any position through any chain of four encodings', () => {
  fc.assert(
    fc.property(email, chain, position, (value, chained, where) => {
      expect(auditUrl(plant(value, chained, where)).map(({ kind }) => kind)).toContain('email')
    }),
    { numRuns: 2000 },
  )
})

test('findings never repeat what was planted', () => {
  fc.assert(
    fc.property(email, chain, position, (value, chained, where) => {
      const findings = auditUrl(plant(value, chained, where)).map((finding) => ({ ...finding, line: 1 }))
      const report = formatAuditSarif({ scanned: 1, findings }).toLowerCase()
      const [local = ''] = value.split('@')
      expect(report).not.toContain(value)
      if (local.length > 8) expect(report).not.toContain(local)
    }),
    { numRuns: 300 },
  )
})

test('a scrubbed URL has no findings and is scrubbed to itself', () => {
  const anyUrl = fc.oneof(
    fc.tuple(email, chain, position).map(([value, chained, where]) => plant(value, chained, where)),
    fc.string({ unit: fc.constantFrom(...'ab1@.?&=#/;:%40+-_{}[]"*|'), maxLength: 60 }),
    fc
      .tuple(fc.constantFrom('first_name', 'dob', 'phone', 'address', 'zip', 'customer_id'), email)
      .map(
        ([name, value]) =>
          `https://s.example/${name}/0612345678?${name}=1980-01-02&${name}=${value}&${name}=Ann;b#${name}=12+rue+X`,
      ),
  )
  fc.assert(
    fc.property(anyUrl, (url) => {
      const scrubbed = scrubUrl(url, { transport: false }).url
      expect(auditUrl(scrubbed, { transport: false })).toEqual([])
      expect(scrubUrl(scrubbed, { transport: false }).url).toBe(scrubbed)
    }),
    { numRuns: 2000 },
  )
})

test('a URL without findings is scrubbed to itself', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      fc.pre(auditUrl(url).length === 0)
      expect(scrubUrl(url).url).toBe(url)
    }),
    { numRuns: 300 },
  )
})

test('any string is audited without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(Array.isArray(auditUrl(text))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('the links of SurveySeal itself give no finding: 25,976 random sealed tokens and opaque ids', () => {
  const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  for (let index = 0; index < 25_976; index++) {
    // Version 1, a key id, a synthetic IV and a ciphertext.
    const sealed = Buffer.concat([Uint8Array.of(1), randomBytes(38)]).toString('base64url')
    const opaque = randomBytes(16).toString('base64url')
    const typed = Array.from(randomBytes(27), (byte) => crockford[byte % 32]).join('')
    for (const url of [
      `https://s.example/s/${sealed}`,
      `https://s.example/s?t=${opaque}`,
      `https://s.example/s#${sealed}`,
      `https://s.example/s/${typed}`,
    ]) {
      expect(auditUrl(url)).toEqual([])
    }
  }
})

test('an opaque id printed in groups that read as a telephone number is no finding; the same with a wrong check is', () => {
  const isId = (id: string) => codeOf(() => groupLinkId(id)) === null
  let ids = 0
  for (let first = 0; first < 500; first++) {
    const digits = `${String(first).padStart(3, '0')}K-0029-2659-0376-KDZW-QKR6-J`
    for (const id of [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'].map((check) => `${digits}N${check}`).filter(isId)) {
      ids++
      expect(auditUrl(`https://s.example/s/${id}`)).toEqual([])
      expect(auditUrl(`https://s.example/s?t=${id}`)).toEqual([])
      const mistyped = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`
      expect(auditUrl(`https://s.example/s/${mistyped}`)).toMatchObject([{ kind: 'phone' }])
    }
  }
  expect(ids).toBeGreaterThan(250)
})

test('what is turned away at once is what a full audit finds nothing in', () => {
  const anyUrl = fc.oneof(
    fc.tuple(email, chain, position).map(([value, chained, where]) => plant(value, chained, where)),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc
      .array(
        fc.constantFrom(
          ...'/ ? & = # . : - _ + ; a Z 9 0612345678 +33612345678 email first_name dob 1980-03-12 lat 48.8566 YWxpY2VAZXhhbXBsZS5vcmc 616c696365406578616d706c652e6f7267 eyJhIjoiYiJ9 203.0.113.7 DE89370400440532013000 4111111111111111 http https-3A__a ::1 219-09-9999 @ % %40 %20 %2F %3D https%3A%2F%2Fa.example%2F %7B logo@2x.png @3x.png x= &y='.split(
            ' ',
          ),
        ),
        { maxLength: 12 },
      )
      .map((pieces) => `https://s.example/${pieces.join('')}`),
  )
  fc.assert(
    fc.property(anyUrl, (url) => {
      expect(auditParts(url, {})).toEqual(auditEveryPart(url, {}))
    }),
    { numRuns: 5000 },
  )
})

test('an opaque id or sealed token whose pieces happen to read as an address or an identifier gives no finding', () => {
  for (const token of [
    'RQ_el177686a-pXivxRYTw',
    'Ll835284c_J0KZHkKKkV-A',
    'J7RbMP-x2j22_WL246468A',
    'X0388317P_d25ljKF8PbfQ',
    'dEAu1JdGLtqgTyu-G2r3uA',
    'ITlyQGwub9OCG_wNJ-9Szg',
    'AQwFZDk0iqAAF1Y5ELPAHsBeUBwC7tQybrr_T1vSmkBOLlFTd_3t',
    'AWeJovQj-VEBZLkJvQ3u-kXTvTHcV-tkv5avKoT1ATy2t2b6g0h1',
  ]) {
    expect(auditUrl(`https://s.example/s/${token}`)).toEqual([])
    expect(auditUrl(`https://s.example/s?t=${token}`)).toEqual([])
  }
})

test('what somebody put together is looked at piece by piece, and an address as long as an opaque id is found', () => {
  const hidden = Buffer.from('anna@example.net').toString('base64url')
  expect(hidden).toHaveLength(22)
  const kinds = (token: string) => auditUrl(`https://s.example/s?t=${token}`).map(({ kind }) => kind)
  expect(kinds(hidden)).toEqual(['email'])
  expect(kinds('customer_QQ123456C_nps')).toEqual([])
  expect(kinds('customer_MM785633C_npA')).toEqual(['national-id'])
  expect(kinds(`wave-${Buffer.from('a.b@ab.example').toString('base64url')}-x`)).toEqual(['email'])
})
