import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLinkService, groupLinkId } from '../src/index.js'
import { decodeCrockford, encodeCrockford } from '../src/lib/crockford.js'
import { parseOpaqueId } from '../src/lib/opaque-id.js'
import { fixedClock, memoryLinkStore } from '../src/testing.js'
import { BASE_URL, NOW, SCOPE } from './support.js'

const ALPHABET = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']
const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).filter((bytes) => encodeCrockford(bytes) !== null)
const token = id.map((bytes) => encodeCrockford(bytes) ?? '')

test('an id is read back from what people make of its Crockford spelling', () => {
  const noise = fc.array(fc.constantFrom('', ' ', '-', '\u2013', '\u00a0'), { minLength: 28, maxLength: 28 })
  const misread: Record<string, string> = { '0': 'Oo', '1': 'IiLl' }
  fc.assert(
    fc.property(id, noise, fc.array(fc.nat(3), { minLength: 27, maxLength: 27 }), (bytes, between, choices) => {
      const written = [...(encodeCrockford(bytes) ?? '')].map((character, at) => {
        const spellings = [character, character.toLowerCase(), ...(misread[character] ?? '')]
        return (between[at] ?? '') + (spellings[(choices[at] ?? 0) % spellings.length] ?? '')
      })
      expect(parseOpaqueId(written.join('') + (between[27] ?? ''))).toEqual(bytes)
      expect(parseOpaqueId(groupLinkId(written.join('')))).toEqual(bytes)
    }),
  )
})

test('every single wrong character of a Crockford id is refused', () => {
  fc.assert(
    fc.property(token, (text) => {
      for (let at = 0; at < text.length; at++) {
        for (const other of [...ALPHABET, 'U', '*']) {
          const changed = text.slice(0, at) + other + text.slice(at + 1)
          if (changed !== text) expect(decodeCrockford(changed)).toBeNull()
        }
      }
    }),
  )
})

test('every two neighbours of a Crockford id that changed places are refused', () => {
  fc.assert(
    fc.property(token, (text) => {
      for (let at = 1; at < text.length; at++) {
        const changed = text.slice(0, at - 1) + text.charAt(at) + text.charAt(at - 1) + text.slice(at + 1)
        if (changed !== text) expect(decodeCrockford(changed)).toBeNull()
      }
    }),
  )
})

test('no text that begins like a sealed token is read as an id of 27 characters', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^A[A-Za-z0-9_-]{31,95}$/), (text) => {
      expect(parseOpaqueId(text)).toBeNull()
    }),
  )
})

/** What may happen to one invitee. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('issue' as const),
    uses: fc.integer({ min: 1, max: 4 }),
    from: fc.nat(3),
    length: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({ do: fc.constant('submit' as const), link: fc.nat(4), key: fc.nat(5) }),
  fc.record({ do: fc.constant('revoke' as const), link: fc.nat(4) }),
  fc.record({ do: fc.constant('wait' as const), by: fc.integer({ min: -2, max: 4 }) }),
)

test('an invitee never has more accepted submissions than uses, and each link takes them within its time and until it is revoked', async () => {
  const run = fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
    const clock = fixedClock(NOW)
    const peppers = { current: { id: 'a', secret: new Uint8Array(32) } }
    const links = createLinkService({ ...SCOPE, store: memoryLinkStore(), peppers, baseUrl: BASE_URL, clock })
    const model: { url: string; uses: number; from: number; until: number; revoked: boolean; keys: Set<number> }[] = []
    let now = 0
    let spent = 0
    for (const next of steps) {
      if (next.do === 'wait') {
        now += next.by
        clock.advance(next.by)
      } else if (next.do === 'issue') {
        const [from, until] = [now + next.from, now + next.from + next.length]
        const [notBefore, expiresAt] = [new Date(NOW.getTime() + from), new Date(NOW.getTime() + until)]
        for (const link of model) link.revoked = true
        for await (const { url } of links.issue([{ respondent: '1', uses: next.uses, notBefore, expiresAt }])) {
          model.push({ url, uses: next.uses - spent, from, until, revoked: false, keys: new Set() })
        }
      } else {
        const link = model[next.link]
        if (link === undefined) continue
        if (next.do === 'revoke') {
          expect(await links.revoke({ link: link.url })).toBe(link.revoked ? 0 : 1)
          link.revoked = true
          continue
        }
        const options = { idempotencyKey: `idempotency-key-${next.key}`, accept: async () => null }
        const usable = !link.revoked && link.uses > 0 && now >= link.from && now < link.until
        const expected = link.keys.has(next.key) ? 'repeated' : usable ? 'spent' : 'refused'
        expect((await links.submit(link.url, options)).outcome).toBe(expected)
        if (expected !== 'spent') continue
        link.keys.add(next.key)
        link.uses -= 1
        spent += 1
      }
    }
  })
  await fc.assert(run)
})
