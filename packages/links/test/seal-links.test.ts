import { describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../test/code-of.js'
import {
  allowPersonalRespondent,
  generateKey,
  generateKeyring,
  type Keyring,
  type LinkFields,
  loadKeyring,
  type SealedLink,
  sealLink,
  sealLinks,
} from '../src/index.js'
import { decodeBase64url } from '../src/lib/base64url.js'
import { BASE_URL, LATER, NOW, newKeyring, SCOPE, UUID } from './support.js'

const keyring = await newKeyring()
const options = { ...SCOPE, keyring, baseUrl: BASE_URL }
const context = keyring.bind(SCOPE)

async function all(batches: AsyncIterable<SealedLink[]>): Promise<SealedLink[][]> {
  const lists: SealedLink[][] = []
  for await (const batch of batches) lists.push(batch)
  return lists
}

/** Contents of every length, so that batches hold texts of many numbers of blocks. */
function contents(count: number): LinkFields[] {
  return Array.from({ length: count }, (_, index) => ({
    respondent:
      index % 3 === 0 ? UUID.replace('0b9f', index.toString(16).padStart(4, '0')) : 'r'.repeat(1 + (index % 64)),
    expiresAt: new Date(LATER.getTime() + index * 1000),
    serial: index,
    ...(index % 5 === 0 && { language: 'fr' }),
    ...(index % 7 === 0 && { notBefore: NOW }),
  }))
}

describe('sealLinks', () => {
  test('gives one list for each batch, in order, with the links that sealLink gives', async () => {
    const batches = [contents(3), [], contents(2500), contents(1)]
    async function* stream() {
      yield* batches
    }
    const one = batches.map((batch) => batch.map((fields) => sealLink(fields, options)))
    expect(await all(sealLinks(stream(), options))).toEqual(one)
    expect(await all(sealLinks(batches, options))).toEqual(one)
  })

  test('gives the same links again after another key was promoted, under the key of the first run', async () => {
    const { keys } = generateKeyring()
    const [first, second] = [keys[0] ?? generateKey(1), generateKey(2)]
    const before = await loadKeyring({ version: 1, keys: [first, second] })
    const promoted = (status: 'active' | 'retired') =>
      loadKeyring({
        version: 1,
        keys: [
          { ...first, status },
          { ...second, status: 'primary' },
        ],
      })
    const run = async (ring: Keyring, keyId?: number) =>
      (
        await all(sealLinks([contents(20)], { ...options, keyring: ring, ...(keyId !== undefined && { keyId }) }))
      ).flat()

    const links = await run(before)
    expect(new Set(links.map(({ keyId }) => keyId))).toEqual(new Set([1]))
    for (const status of ['active', 'retired'] as const) expect(await run(await promoted(status), 1)).toEqual(links)
    const [fresh] = await run(await promoted('active'))
    expect(fresh?.keyId).toBe(2)
  })

  test('ERR_LINK_KEY_UNKNOWN and ERR_LINK_KEY_REVOKED: the key to seal under', async () => {
    const { keys } = generateKeyring()
    const revoked = await loadKeyring({ version: 1, keys: [...keys, { ...generateKey(2), status: 'revoked' }] })
    const sealing = (keyId: number) => all(sealLinks([contents(1)], { ...options, keyring: revoked, keyId }))
    expect(await rejectionCodeOf(sealing(2))).toBe('ERR_LINK_KEY_REVOKED')
    expect(await rejectionCodeOf(sealing(3))).toBe('ERR_LINK_KEY_UNKNOWN')
    expect(await rejectionCodeOf(sealing(0))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await rejectionCodeOf(sealing('1' as never))).toBe('ERR_INVALID_ARG_TYPE')
  })

  test('gives nothing of a batch in which one item is refused', async () => {
    const refused = [...contents(1500), { respondent: 'jane@example.org', expiresAt: LATER }]
    const given: SealedLink[][] = []
    const run = async () => {
      for await (const links of sealLinks([contents(2), refused, contents(2)], options)) given.push(links)
    }
    expect(await rejectionCodeOf(run())).toBe('ERR_LINK_RESPONDENT_PERSONAL_DATA')
    expect(given.map(({ length }) => length)).toEqual([2])
  })

  test('takes lists only: a batch is no single content', async () => {
    expect(await rejectionCodeOf(all(sealLinks([contents(1)[0]] as never, options)))).toBe('ERR_INVALID_ARG_TYPE')
  })

  test('is not confused by contents that seal other links while they are read', () => {
    const nosy = {
      get respondent() {
        context.seal({ respondent: 'other', expiresAt: LATER }, options)
        context.sealAll(contents(3), options)
        return UUID
      },
      get expiresAt() {
        context.sealPacked(packed(UUID))
        return LATER
      },
    }
    const plain = context.seal({ respondent: UUID, expiresAt: LATER }, options)
    expect(context.seal(nosy, options)).toEqual(plain)
    expect(context.sealAll([nosy, nosy], options)).toEqual([plain, plain])
  })
})

/** A plaintext as the format describes it: expiry of LATER, flags, then a UUID or, with the flags of text, anything. */
function packed(respondent: string, flags = 0): Uint8Array {
  const bytes = Buffer.alloc(5)
  bytes.writeUIntBE((LATER.getTime() / 1000) * 64 + flags, 0, 5)
  const rest = flags === 0 ? Buffer.from(respondent.replaceAll('-', ''), 'hex') : Buffer.from(respondent)
  return Uint8Array.from([...bytes, ...rest])
}

const TEXT = 0b100000

describe('packed plaintexts', () => {
  test('give the token that the same content gives, and come back as they were', () => {
    for (const [respondent, payload] of [
      [UUID, packed(UUID)],
      ['customer', packed('customer', TEXT)],
    ] as const) {
      const token = context.sealPacked(payload)
      expect(token).toBe(context.seal({ respondent, expiresAt: LATER }, options).token)
      expect(Uint8Array.from(context.openPacked(token, { now: NOW }))).toEqual(payload)
      expect(context.open(token, { now: NOW }).respondent).toBe(respondent)
    }
  })

  test('that no link could hold are refused', () => {
    const wrong = [new Uint8Array(), packed(UUID).subarray(0, 20), packed(UUID, TEXT), packed('x'.repeat(65), TEXT)]
    for (const payload of [...wrong, packed('42', TEXT), packed('customer', TEXT | 1), new Uint8Array(100_000)]) {
      expect(codeOf(() => context.sealPacked(payload))).toBe('ERR_INVALID_ARG_VALUE')
    }
    expect(codeOf(() => context.sealPacked('AAAA' as never))).toBe('ERR_INVALID_ARG_TYPE')
  })

  test('are refused with personal data in them, unless overridden', () => {
    const payload = packed('jane@example.org', TEXT)
    expect(codeOf(() => context.sealPacked(payload))).toBe('ERR_LINK_RESPONDENT_PERSONAL_DATA')
    expect(context.sealPacked(payload, { [allowPersonalRespondent]: true })).toHaveLength(52)
  })

  test('open under the same rules as links: authentic, in time, a token alone', () => {
    const token = context.sealPacked(packed(UUID))
    const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    expect(codeOf(() => context.openPacked(token, { now: LATER }))).toBe('ERR_LINK_EXPIRED')
    expect(codeOf(() => context.openPacked(changed, { now: NOW }))).toBe('ERR_LINK_AUTHENTICATION_FAILED')
    expect(codeOf(() => context.openPacked(`${BASE_URL}/${token}`, { now: NOW }))).toBe('ERR_LINK_MALFORMED')
    expect(codeOf(() => context.openPacked(undefined as never))).toBe('ERR_LINK_MALFORMED')
    expect(codeOf(() => context.openPacked(token, { now: 'now' as never }))).toBe('ERR_INVALID_ARG_TYPE')
  })

  test('ERR_LINK_NOT_YET_VALID: openPacked before its time', () => {
    const notBefore = new Date(LATER.getTime() - 1000)
    const { token } = context.seal({ respondent: UUID, expiresAt: LATER, notBefore }, options)
    expect(codeOf(() => context.openPacked(token, { now: NOW }))).toBe('ERR_LINK_NOT_YET_VALID')
    expect(context.openPacked(token, { now: notBefore })).toHaveLength(25)
  })

  test('that were opened stay as they are when the next link is opened', () => {
    const opened = context.openPacked(context.sealPacked(packed(UUID)), { now: NOW })
    context.seal({ respondent: 'someone else', expiresAt: LATER }, options)
    expect(Uint8Array.from(opened)).toEqual(packed(UUID))
    expect(decodeBase64url(context.sealPacked(opened))).toHaveLength(39)
  })
})
