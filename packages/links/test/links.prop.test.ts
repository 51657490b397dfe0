import { aessiv } from '@noble/ciphers/aes.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LinkError, type LinkFields, openLink, type Placement, type Scope, sealLink } from '../src/index.js'
import { bindSiv as nodeSiv } from '../src/lib/backend-node.js'
import { bindSiv as portableSiv } from '../src/lib/backend-portable.js'
import { decodeBase64url, encodeBase64url } from '../src/lib/base64url.js'
import { decodePayload, writePayload } from '../src/lib/payload.js'
import { looksPersonal } from '../src/lib/personal-data.js'
import { decodeRespondent, encodeRespondent } from '../src/lib/respondent-codec.js'
import { BASE_URL, newKeyring, openWith, sealAllWith, sealWith } from './support.js'

const keyring = await newKeyring()

const text = (maxBytes: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: maxBytes })
    .filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value) && Buffer.byteLength(value) <= maxBytes)

const respondent = fc
  .oneof(
    fc.uuid(),
    fc.uuid().map((uuid) => uuid.toUpperCase()),
    fc.bigInt({ min: 0n, max: 2n ** 65n }).map(String),
    fc.stringMatching(/^0[0-9]{1,5}$/),
    fc.string({ minLength: 1, maxLength: 64 }).filter((value) => !/\p{Cc}/u.test(value)),
    text(64),
    fc.uint8Array({ minLength: 1, maxLength: 64 }),
  )
  .filter((value) => typeof value !== 'string' || !looksPersonal(value))

const MAX_EXPIRY = 2 ** 34 - 1

/** Link contents whose instants are whole seconds. */
const fields: fc.Arbitrary<LinkFields> = fc
  .record(
    {
      respondent,
      expiresAt: fc.integer({ min: 1, max: MAX_EXPIRY }),
      lead: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      serial: fc.nat({ max: 2 ** 32 - 1 }),
      language: fc.stringMatching(/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8}){0,2}$/),
    },
    { requiredKeys: ['respondent', 'expiresAt'] },
  )
  .map(({ expiresAt, lead, ...rest }) => ({
    ...rest,
    expiresAt: new Date(expiresAt * 1000),
    ...(lead !== undefined && lead <= expiresAt && { notBefore: new Date((expiresAt - lead) * 1000) }),
  }))

const scope: fc.Arbitrary<Scope> = fc.record({ tenant: text(128), survey: text(128), purpose: text(128) })
const placement = fc.constantFrom<Placement>('path', 'fragment', 'query')

/** An instant at which the link is valid. */
const during = ({ expiresAt }: LinkFields): Date => new Date(expiresAt.getTime() - 1)

const seal = (link: LinkFields, within: Scope, at: Placement = 'path') =>
  sealLink(link, { ...within, keyring, baseUrl: BASE_URL, placement: at })

function codeOfOpening(url: string, within: Scope, now: Date, at: Placement = 'path'): string {
  try {
    openLink(url, { ...within, keyring, now, placement: at })
    return 'opened'
  } catch (error) {
    if (error instanceof LinkError) return error.code
    throw error
  }
}

describe('a sealed link', () => {
  test('opens to exactly what was sealed, for every type of respondent, option and placement', () => {
    fc.assert(
      fc.property(fields, scope, placement, (link, within, at) => {
        const { url, keyId } = seal(link, within, at)
        const opened = openLink(url, { ...within, keyring, now: during(link), placement: at })
        const { survey } = within
        expect(opened).toEqual({ serial: 0, notBefore: null, language: null, ...link, survey, keyId })
      }),
    )
  })

  test('is the same each time it is sealed', () => {
    fc.assert(
      fc.property(fields, scope, (link, within) => {
        expect(seal(link, within)).toEqual(seal(link, within))
      }),
    )
  })

  test('is another link for every other content', () => {
    fc.assert(
      fc.property(fields, fields, scope, (one, other, within) => {
        fc.pre(JSON.stringify({ serial: 0, ...one }) !== JSON.stringify({ serial: 0, ...other }))
        expect(seal(one, within).token).not.toBe(seal(other, within).token)
      }),
    )
  })

  test('does not open with any one bit flipped', () => {
    fc.assert(
      fc.property(fields, scope, fc.nat(), (link, within, position) => {
        const bytes = decodeBase64url(seal(link, within).token) ?? new Uint8Array()
        const bit = position % (bytes.length * 8)
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const code = codeOfOpening(encodeBase64url(bytes), within, during(link))
        const expected =
          bit < 8
            ? ['ERR_LINK_MALFORMED']
            : bit < 16
              ? ['ERR_LINK_KEY_UNKNOWN', 'ERR_LINK_MALFORMED']
              : ['ERR_LINK_AUTHENTICATION_FAILED']
        expect(expected).toContain(code)
      }),
    )
  })

  test('does not open truncated, extended, or with any one character replaced', () => {
    const character = fc.oneof(
      fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/%. \n\t'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    )
    fc.assert(
      fc.property(fields, scope, fc.nat(), character, (link, within, position, other) => {
        const { token } = seal(link, within)
        const at = position % token.length
        const altered = [
          token.slice(0, at),
          token.slice(at + 1),
          token.slice(0, at) + other + token.slice(at),
          token.slice(0, at) + other + token.slice(at + 1),
          token + other,
        ]
        for (const spelling of altered.filter((candidate) => candidate !== token)) {
          // In a path a "?" or "#" ends the token, as it must.
          fc.pre(!/[?#/:]/.test(spelling))
          expect(codeOfOpening(spelling, within, during(link))).not.toBe('opened')
        }
      }),
    )
  })

  test('has one spelling: whatever opens is what sealing wrote', () => {
    const SPELLING = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    fc.assert(
      fc.property(fields, scope, (link, within) => {
        const { token } = seal(link, within)
        for (const last of SPELLING) {
          const spelling = token.slice(0, -1) + last
          if (codeOfOpening(spelling, within, during(link)) === 'opened') expect(spelling).toBe(token)
        }
      }),
      { numRuns: 10 },
    )
  })

  test('opens in no other scope', () => {
    fc.assert(
      fc.property(fields, scope, scope, (link, within, other) => {
        fc.pre(JSON.stringify(within) !== JSON.stringify(other))
        expect(codeOfOpening(seal(link, within).url, other, during(link))).toBe('ERR_LINK_AUTHENTICATION_FAILED')
      }),
    )
  })

  test('opens in no scope whose parts merely join to the same text', () => {
    fc.assert(
      fc.property(fields, text(60), text(60), fc.nat(), (link, tenant, survey, position) => {
        const joined = [...(tenant + survey)]
        const at = 1 + (position % (joined.length - 1))
        const other = { tenant: joined.slice(0, at).join(''), survey: joined.slice(at).join(''), purpose: 'p' }
        fc.pre(other.tenant !== tenant)
        const { url } = seal(link, { tenant, survey, purpose: 'p' })
        expect(codeOfOpening(url, other, during(link))).toBe('ERR_LINK_AUTHENTICATION_FAILED')
      }),
    )
  })

  test('shows no part of the respondent reference, plain or encoded', () => {
    const reference = fc.oneof(
      fc.uuid(),
      fc.stringMatching(/^[a-z]{10,40}$/),
      fc.bigInt({ min: 10n ** 15n, max: 2n ** 64n - 1n }).map(String),
    )
    fc.assert(
      fc.property(reference, scope, (value, within) => {
        const { token } = seal({ respondent: value, expiresAt: new Date(1e12) }, within)
        const shown = [value, encodeBase64url(Buffer.from(value)), encodeBase64url(Buffer.from(value, 'hex'))]
        const parts = shown.flatMap((spelling) => spelling.match(/.{8}/g) ?? [])
        for (const part of parts) expect(token).not.toContain(part)
      }),
    )
  })
})

describe('opening', () => {
  test('throws nothing but a LinkError, whatever text it is given', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.uint8Array({ maxLength: 140 }).map((bytes) => encodeBase64url(bytes)),
      fc.uint8Array({ minLength: 22, maxLength: 129 }).map((bytes) => encodeBase64url(Uint8Array.of(1, 1, ...bytes))),
    )
    fc.assert(
      fc.property(anything, placement, (link, at) => {
        const within = { tenant: 't', survey: 's', purpose: 'p' }
        expect(codeOfOpening(link, within, new Date(0), at)).toMatch(/^ERR_LINK_/)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the encodings have one spelling', () => {
  const bytes = fc.uint8Array({ maxLength: 100 })

  test('base64url: what decodes encodes back to the same text, and agrees with another implementation', () => {
    fc.assert(
      fc.property(bytes, fc.string({ maxLength: 20 }), (value, any) => {
        expect(encodeBase64url(value)).toBe(Buffer.from(value).toString('base64url'))
        expect(decodeBase64url(encodeBase64url(value))).toEqual(value)
        const decoded = decodeBase64url(any)
        if (decoded !== null) expect(encodeBase64url(decoded)).toBe(any)
      }),
      { numRuns: 1000 },
    )
  })

  test('plaintext: what decodes encodes back to the same bytes, wherever it lies in a buffer', () => {
    const header = fc.nat({ max: 63 }).map((flags) => Uint8Array.of(0, 0, 0, 1, flags))
    fc.assert(
      fc.property(header, bytes, (first, rest) => {
        const framed = Uint8Array.of(7, 7, 7, ...first, ...rest, 7)
        const plaintext = framed.subarray(3, framed.length - 1)
        const payload = decodePayload(framed, 3, framed.length - 1)
        fc.pre(payload !== null)
        const encoded = payload && encodeRespondent(payload.respondent)
        const written = new Uint8Array(200)
        const end = payload && encoded && writePayload(written, 3, payload, encoded)
        expect(written.subarray(3, end ?? 0)).toEqual(Uint8Array.from(plaintext))
      }),
      { numRuns: 1000 },
    )
  })

  test('respondent: every type gives back exactly what went in', () => {
    fc.assert(
      fc.property(respondent, (value) => {
        const encoded = encodeRespondent(value)
        expect(encoded && decodeRespondent(encoded.type, encoded.bytes)).toEqual(value)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('AES-SIV', () => {
  const data = fc.uint8Array({ maxLength: 70 })
  const key = fc.constantFrom(32, 48, 64).chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))

  test('of both backends agrees with another implementation byte for byte', () => {
    fc.assert(
      fc.property(key, fc.array(data, { maxLength: 8 }), data, (secret, associated, plaintext) => {
        const sealed = aessiv(secret, ...associated).encrypt(plaintext)
        for (const bindSiv of [nodeSiv, portableSiv]) {
          const siv = bindSiv(secret, associated)
          expect(sealWith(siv, plaintext)).toEqual(sealed)
          expect(openWith(siv, sealed)).toEqual(plaintext)
        }
      }),
    )
  })

  test('of both backends gives the same bytes in 100,000 cases, one by one and side by side', () => {
    const message = fc.uint8Array({ maxLength: 120 })
    fc.assert(
      fc.property(key, fc.array(data, { maxLength: 8 }), fc.infiniteStream(message), (secret, associated, messages) => {
        const [node, portable] = [nodeSiv(secret, associated), portableSiv(secret, associated)]
        const plaintexts = [...messages.take(1000)]
        const sealed = plaintexts.map((plaintext) => Buffer.from(sealWith(portable, plaintext)).toString('hex'))
        const hex = (list: Uint8Array[]) => list.map((bytes) => Buffer.from(bytes).toString('hex'))
        expect(hex(plaintexts.map((plaintext) => sealWith(node, plaintext)))).toEqual(sealed)
        expect(hex(sealAllWith(node, plaintexts))).toEqual(sealed)
        for (const [at, plaintext] of plaintexts.entries()) {
          const opened = openWith(node, Buffer.from(sealed[at] ?? '', 'hex'))
          if (Buffer.compare(opened ?? new Uint8Array(), plaintext) !== 0) throw new Error('opened to something else')
        }
      }),
      { numRuns: 100 },
    )
  })

  test('does not open what was changed, on either backend, and goes on to work', () => {
    const change = fc.record({ at: fc.nat(), bit: fc.nat({ max: 7 }) })
    fc.assert(
      fc.property(key, data, change, (secret, plaintext, { at, bit }) => {
        for (const siv of [nodeSiv(secret, []), portableSiv(secret, [])]) {
          const sealed = sealWith(siv, plaintext)
          const changed = sealed.map((byte, index) => (index === at % sealed.length ? byte ^ (1 << bit) : byte))
          expect(openWith(siv, changed)).toBe(null)
          expect(openWith(siv, sealed)).toEqual(plaintext)
        }
      }),
    )
  })
})
