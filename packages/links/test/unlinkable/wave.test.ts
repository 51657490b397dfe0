import { defaultPolicy } from '@surveyseal/core/anonymize'
import {
  executeErasure,
  memoryErasureJournal,
  planErasure,
  recordTarget,
  type StoredRecord,
} from '@surveyseal/core/erase'
import { matchSubject } from '@surveyseal/core/recognize'
import { beforeAll, describe, expect, test } from 'vitest'
import { codeOf, rejectionCodeOf } from '../../../../test/code-of.js'
import { linkErasure } from '../../src/erase.js'
import { createLinkService, type LinkService } from '../../src/index.js'
import {
  fixedClock,
  type MemoryTransaction,
  memoryIssuanceStore,
  memoryLinkageStore,
  memoryLinkStore,
  memorySpentTokenStore,
} from '../../src/testing.js'
import { blind, drawFactor, finalize } from '../../src/unlinkable/lib/blind.js'
import { readPublicKey } from '../../src/unlinkable/lib/public-key.js'
import { encodeToken, prepare, waveContext } from '../../src/unlinkable/lib/token.js'
import {
  createTokenRedeemer,
  type Issuance,
  issuanceErasure,
  type OpenWaveOptions,
  openWave,
  type TokenIssuer,
  type WaveKey,
} from '../../src/unlinkable.js'
import { BASE_URL, NOW } from '../support.js'
import { newWaveKey, random, WAVE } from './support.js'

let key: WaveKey
let other: WaveKey

beforeAll(async () => {
  ;[{ key }, { key: other }] = await Promise.all([newWaveKey(), newWaveKey()])
})

interface World {
  readonly links: LinkService<MemoryTransaction>
  readonly options: OpenWaveOptions<MemoryTransaction>
  readonly issuer: TokenIssuer
  readonly clock: ReturnType<typeof fixedClock>
  url(respondent: string): Promise<string>
}

async function world(changes: Partial<OpenWaveOptions<MemoryTransaction>> = {}): Promise<World> {
  const clock = fixedClock(NOW)
  const links = createLinkService({
    ...{ tenant: 'acme', survey: 'staff', purpose: 'survey', baseUrl: BASE_URL, clock, store: memoryLinkStore() },
    peppers: { current: { id: '1', secret: random(32) } },
  })
  const options: OpenWaveOptions<MemoryTransaction> = {
    ...{ key, links, store: memoryIssuanceStore(), linkages: memoryLinkageStore(), pepper: random(32), invitees: 20 },
    authorize: async () => true,
    ...changes,
  }
  const url = async (respondent: string) => {
    for await (const issued of links.issue([{ respondent, expiresAt: new Date(NOW.getTime() + 1000) }]))
      return issued.url
    return expect.unreachable()
  }
  return { links, options, issuer: await openWave(options), clock, url }
}

/** What a browser does, without one. */
async function blinded(signer: WaveKey = key) {
  const numbers = readPublicKey(signer.publish().key)
  const prefix = random(32)
  const message = prepare(prefix, waveContext(WAVE))
  const blinding = await blind(numbers, message, { salt: random(48), factor: drawFactor(numbers, random) })
  return {
    request: { keyId: signer.keyId, blinded: blinding.blinded },
    token: async (issuance: Issuance) => {
      if (issuance.outcome === 'refused') return expect.unreachable(issuance.reason)
      const { signature } = issuance
      const final = await finalize(numbers, message, { signature, inverse: blinding.inverse, saltBytes: 48 })
      return encodeToken({ prefix, signature: final })
    },
  }
}

describe('opening a wave', () => {
  test('ERR_UNLINKABLE_BELOW_FLOOR: fewer invitees than the floor, whose default is 20 and whose least is 5', async () => {
    expect(await rejectionCodeOf(world({ invitees: 19 }))).toBe('ERR_UNLINKABLE_BELOW_FLOOR')
    expect(await rejectionCodeOf(world({ invitees: 5, floor: 5 }))).toBe(null)
    expect(await rejectionCodeOf(world({ floor: 4 }))).toBe('ERR_INVALID_ARG_VALUE')
  })

  test('ERR_UNLINKABLE_WAVE_MISMATCH: opening it with another pepper, which would give second tokens, or floor', async () => {
    const { options } = await world()
    expect(await rejectionCodeOf(openWave({ ...options }))).toBe(null)
    expect(await rejectionCodeOf(openWave({ ...options, invitees: 500, key: other }))).toBe(null)
    expect(await rejectionCodeOf(openWave({ ...options, pepper: random(32) }))).toBe('ERR_UNLINKABLE_WAVE_MISMATCH')
    expect(await rejectionCodeOf(openWave({ ...options, floor: 19 }))).toBe('ERR_UNLINKABLE_WAVE_MISMATCH')
  })

  test('ERR_LINKAGE_DECLARED_OTHERWISE: a survey whose answers come by link, which would give a person two', async () => {
    const linkages = memoryLinkageStore()
    await world({ linkages })
    expect(await linkages.find(WAVE.survey)).toBe('unlinkable')
    const identified = memoryLinkageStore()
    await identified.declare(WAVE.survey, 'identified')
    expect(await rejectionCodeOf(world({ linkages: identified }))).toBe('ERR_LINKAGE_DECLARED_OTHERWISE')
  })

  test("refuses a caller's mistakes", async () => {
    const foreign = (await newWaveKey({ ...WAVE, wave: 'other' })).key
    expect(await rejectionCodeOf(world({ pepper: random(31) }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await rejectionCodeOf(world({ pepper: 'x' as never }))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await rejectionCodeOf(world({ authorize: undefined as never }))).toBe('ERR_INVALID_ARG_TYPE')
    expect(await rejectionCodeOf(world({ replaced: [foreign] }))).toBe('ERR_INVALID_ARG_VALUE')
    expect(await rejectionCodeOf(world({ invitees: Number.NaN }))).toBe('ERR_INVALID_ARG_VALUE')
  })
})

describe('issuing', () => {
  test('gives a token that is good for one answer', async () => {
    const { issuer, url } = await world()
    const { request, token } = await blinded()
    const signed = await token(await issuer.issue({ ...request, link: await url('ada') }))
    const redeemer = createTokenRedeemer({ wave: issuer.published, store: memorySpentTokenStore() })
    const answers: string[] = []
    const redeem = (answer: string) =>
      redeemer.redeem(signed, { accept: async (tx) => tx.onCommit(() => answers.push(answer)) })
    expect((await redeem('first')).outcome).toBe('accepted')
    expect((await redeem('first')).outcome).toBe('repeated')
    expect((await redeem('second')).outcome).toBe('repeated')
    expect(answers).toEqual(['first'])
    expect(await redeemer.accepted()).toBe(1)
  })

  test('repeats a lost reply byte for byte, also when the link has expired or was issued again since', async () => {
    const { issuer, url, clock, links } = await world()
    const { request } = await blinded()
    const link = await url('ada')
    const first = await issuer.issue({ ...request, link })
    expect(first.outcome).toBe('issued')
    const repeated = { ...first, outcome: 'repeated' }
    expect(await issuer.issue({ ...request, link })).toEqual(repeated)
    expect(await issuer.issue({ ...request, link: await url('ada') })).toEqual(repeated)
    expect((await links.open(link)).state).toBe('revoked')
    expect(await issuer.issue({ ...request, link })).toEqual(repeated)
    clock.advance(10_000)
    expect(await issuer.issue({ ...request, link })).toEqual(repeated)
  })

  test('refuses another message of the same person, by the same link or a new one', async () => {
    const { issuer, url } = await world()
    const link = await url('ada')
    await issuer.issue({ ...(await blinded()).request, link })
    for (const again of [link, await url('ada')]) {
      const { request } = await blinded()
      expect(await issuer.issue({ ...request, link: again })).toMatchObject({ outcome: 'refused' })
    }
    const { request } = await blinded()
    expect(await issuer.issue({ ...request, link: await url('ada') })).toEqual({
      outcome: 'refused',
      reason: 'already-issued',
    })
    expect(await issuer.cohort()).toEqual({ invitees: 20, issued: 1, floor: 20 })
    expect([await issuer.hasToken('ada'), await issuer.hasToken('bob')]).toEqual([true, false])
  })

  test('a replaced key gives no second token, and still repeats a lost reply', async () => {
    const { options, issuer, url } = await world()
    const [before, after] = [await blinded(key), await blinded(other)]
    const link = await url('ada')
    const first = await issuer.issue({ ...before.request, link })
    const replaced = await openWave({ ...options, key: other, replaced: [key] })
    expect(await replaced.issue({ ...after.request, link })).toEqual({ outcome: 'refused', reason: 'already-issued' })
    expect(await replaced.issue({ ...before.request, link })).toEqual({ ...first, outcome: 'repeated' })
  })

  test('ERR_UNLINKABLE_KEY_UNKNOWN: a message for another key, and a first one for a replaced key', async () => {
    const { options, issuer, url } = await world()
    const link = await url('ada')
    const { request } = await blinded(other)
    expect(await rejectionCodeOf(issuer.issue({ ...request, link }))).toBe('ERR_UNLINKABLE_KEY_UNKNOWN')
    const replaced = await openWave({ ...options, replaced: [other] })
    expect(await rejectionCodeOf(replaced.issue({ ...request, link }))).toBe('ERR_UNLINKABLE_KEY_UNKNOWN')
    expect(await issuer.hasToken('ada')).toBe(false)
  })

  test('ERR_UNLINKABLE_MALFORMED: what cannot be signed costs nobody their token', async () => {
    const { issuer, url } = await world()
    const link = await url('ada')
    for (const bytes of [new Uint8Array(), new Uint8Array(255), new Uint8Array(256).fill(255), new Uint8Array(1e6)]) {
      const code = await rejectionCodeOf(issuer.issue({ link, keyId: key.keyId, blinded: bytes }))
      expect(code).toBe('ERR_UNLINKABLE_MALFORMED')
    }
    expect(await issuer.hasToken('ada')).toBe(false)
  })

  test('refuses links that cannot be used, and keeps nothing', async () => {
    const { issuer, url, links, clock } = await world()
    const { request } = await blinded()
    const refused = (reason: string) => ({ outcome: 'refused', reason })
    expect(await issuer.issue({ ...request, link: 'https://feedback.example/s/nothing' })).toEqual(refused('unknown'))
    const [revoked, expired] = [await url('ada'), await url('bob')]
    await links.revoke({ link: revoked })
    expect(await issuer.issue({ ...request, link: revoked })).toEqual(refused('revoked'))
    clock.advance(10_000)
    expect(await issuer.issue({ ...request, link: expired })).toEqual(refused('expired'))
    expect((await issuer.cohort()).issued).toBe(0)
  })

  test('asks the host once for each person, in the transaction; what it wrote when it denies is not kept', async () => {
    const asked: string[] = []
    const written: string[] = []
    let allow = false
    const { issuer, url } = await world({
      authorize: async (tx, { respondent }) => {
        asked.push(String(respondent))
        tx.onCommit(() => written.push(String(respondent)))
        return allow
      },
    })
    const { request } = await blinded()
    const link = await url('ada')
    expect(await issuer.issue({ ...request, link })).toEqual({ outcome: 'refused', reason: 'not-authorized' })
    expect([await issuer.hasToken('ada'), written]).toEqual([false, []])
    allow = true
    const attempts = Array.from({ length: 5 }, () => issuer.issue({ ...request, link }))
    const outcomes = (await Promise.all(attempts)).map(({ outcome }) => outcome).sort()
    expect(outcomes).toEqual(['issued', 'repeated', 'repeated', 'repeated', 'repeated'])
    expect([asked, written]).toEqual([['ada', 'ada'], ['ada']])
  })

  test('anything but true from the host is a no', async () => {
    const { issuer, url } = await world({ authorize: async () => 'yes' as never })
    const { request } = await blinded()
    expect(await issuer.issue({ ...request, link: await url('ada') })).toMatchObject({ reason: 'not-authorized' })
  })

  test('what is stored names neither the person nor the link', async () => {
    // Too long to stand in a digest by chance.
    const person = 'employee-of-accounts'
    const store = memoryIssuanceStore()
    const kept: object[] = []
    const spying = {
      ...store,
      transaction: (run: Parameters<typeof store.transaction>[0]) =>
        store.transaction((inner, tx) =>
          run({ ...inner, claim: (row) => inner.claim(row).finally(() => kept.push(row)) }, tx),
        ),
    } as typeof store
    const { issuer, url } = await world({ store: spying })
    const link = await url(person)
    const { request } = await blinded()
    await issuer.issue({ ...request, link })
    const [row = {}] = kept
    expect(Object.keys(row).sort()).toEqual(['blindedHash', 'keyId', 'person', 'survey', 'wave'])
    expect(JSON.stringify(row)).not.toContain(person)
    expect(JSON.stringify(row)).not.toContain(link.split('/').at(-1))
  })

  test('ERR_UNLINKABLE_BELOW_FLOOR: no release before enough people have a token and enough answers are there', async () => {
    const { issuer, url } = await world({ floor: 5, invitees: 6 })
    for (const person of ['a', 'b', 'c', 'd', 'e']) {
      expect(await rejectionCodeOf(issuer.assertReleasable(5))).toBe('ERR_UNLINKABLE_BELOW_FLOOR')
      await issuer.issue({ ...(await blinded()).request, link: await url(person) })
    }
    expect(await rejectionCodeOf(issuer.assertReleasable(4))).toBe('ERR_UNLINKABLE_BELOW_FLOOR')
    expect(await rejectionCodeOf(issuer.assertReleasable(5))).toBe(null)
  })
})

describe('redeeming', () => {
  const accept = async () => null

  async function token(signer: WaveKey = key): Promise<string> {
    const { request, token: finish } = await blinded(signer)
    return finish({ outcome: 'issued', signature: signer.blindSign(request.blinded) })
  }

  test('ERR_UNLINKABLE_SIGNATURE_INVALID: another key, another wave, any changed byte', async () => {
    const good = await token()
    const redeemer = createTokenRedeemer({ wave: key.publish(), store: memorySpentTokenStore() })
    const changed = (at: number) => {
      const bytes = Buffer.from(good, 'base64url')
      bytes[at] = (bytes[at] ?? 0) ^ 1
      return bytes.toString('base64url')
    }
    const bad = [await token(other), ...[1, 32, 33, 100, 288].map(changed)]
    for (const each of bad) {
      expect(await rejectionCodeOf(redeemer.redeem(each, { accept }))).toBe('ERR_UNLINKABLE_SIGNATURE_INVALID')
    }
    const wave = { ...key.publish(), wave: '2027' }
    const elsewhere = createTokenRedeemer({ wave, store: memorySpentTokenStore() })
    expect(await rejectionCodeOf(elsewhere.redeem(good, { accept }))).toBe('ERR_UNLINKABLE_SIGNATURE_INVALID')
    expect(await redeemer.accepted()).toBe(0)
  })

  test('ERR_UNLINKABLE_MALFORMED: garbage of any length, before any key is used', async () => {
    const redeemer = createTokenRedeemer({ wave: key.publish(), store: memorySpentTokenStore() })
    const good = await token()
    for (const bad of ['', 'x', `${good}A`, `${good}=`, good.replace(/^./, 'B'), 'A'.repeat(1e6), null, 7, [good]]) {
      expect(await rejectionCodeOf(redeemer.redeem(bad as string, { accept }))).toBe('ERR_UNLINKABLE_MALFORMED')
    }
  })

  test('accepts tokens of a replaced key only where told to', async () => {
    const old = await token(other)
    const wave = key.publish()
    const both = createTokenRedeemer({ wave, replaced: [other.publish()], store: memorySpentTokenStore() })
    expect((await both.redeem(old, { accept })).outcome).toBe('accepted')
    const replaced = [{ ...other.publish(), wave: 'other' }]
    expect(codeOf(() => createTokenRedeemer({ wave, replaced, store: memorySpentTokenStore() }))).toBe(
      'ERR_INVALID_ARG_VALUE',
    )
  })

  test('an answer the host refuses leaves the token as good as before', async () => {
    const redeemer = createTokenRedeemer({ wave: key.publish(), store: memorySpentTokenStore() })
    const good = await token()
    const failing = redeemer.redeem(good, { accept: () => Promise.reject(new Error('no')) })
    await expect(failing).rejects.toThrow('no')
    expect((await redeemer.redeem(good, { accept })).outcome).toBe('accepted')
  })
})

describe('erasing who has a token', () => {
  const subject = matchSubject({ email: 'ada@example.org' })

  async function host(changes: Partial<OpenWaveOptions<MemoryTransaction>> = {}) {
    const own = await world(changes)
    const records = new Map<string, StoredRecord>([['1', { email: 'ada@example.org', respondent: 'ada' }]])
    const store = {
      async *scan() {
        yield [...records]
      },
      async replace(id: string, change: (record: StoredRecord) => Promise<StoredRecord | null>) {
        const after = await change(records.get(id) ?? {})
        if (after !== null) records.set(id, after)
      },
    }
    const { pepper, store: issuances } = own.options
    const targets = [
      recordTarget({ name: 'answers', store, policy: defaultPolicy('en'), reference: 'respondent' }),
      issuanceErasure({ store: issuances, waves: [{ scope: WAVE, pepper }] }),
      linkErasure(own.links),
    ]
    return { ...own, tools: { subject, targets, journal: memoryErasureJournal() } }
  }

  async function erase({ tools }: Awaited<ReturnType<typeof host>>) {
    const plan = await planErasure(tools)
    return executeErasure(plan, { ...tools, confirmed: plan.records.map(({ key }) => key) })
  }

  test('leaves no row of theirs, every other one, and says that the token is out of reach', async () => {
    const own = await host()
    const [ada, bob] = [await own.url('ada'), await own.url('bob')]
    for (const link of [ada, bob]) await own.issuer.issue({ link, ...(await blinded()).request })
    const certificate = await erase(own)
    expect(certificate).toMatchObject({ records: 1, dependents: 2 })
    expect(certificate.limits.map(({ en }) => en)).toContainEqual(expect.stringContaining('token'))
    expect([await own.issuer.hasToken('ada'), await own.issuer.hasToken('bob')]).toEqual([false, true])
    expect((await planErasure(own.tools)).records).toEqual([])
    expect(await own.issuer.issue({ link: ada, ...(await blinded()).request })).toMatchObject({ outcome: 'refused' })
    expect(await own.issuer.hasToken('ada')).toBe(false)
  })

  test('a token asked for while they are erased leaves no row, whatever comes first', async () => {
    let erased: Promise<unknown> = Promise.resolve()
    let own: Awaited<ReturnType<typeof host>> | undefined
    // The link was looked at, and the row is not kept yet: everything of the erasure that can happen, happens now.
    const authorize = async (): Promise<boolean> => {
      if (own !== undefined) erased = own.links.erase('ada')
      await erased
      return true
    }
    own = await host({ authorize })
    const link = await own.url('ada')
    expect(await own.issuer.issue({ link, ...(await blinded()).request })).toEqual({
      outcome: 'refused',
      reason: 'revoked',
    })
    expect(await own.issuer.hasToken('ada')).toBe(false)
  })
})
