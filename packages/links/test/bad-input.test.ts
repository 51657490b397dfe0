import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../test/code-of.js'
import { createLinkService, type LinkServiceOptions, openLink, sealLink } from '../src/index.js'
import { fixedClock, type MemoryTransaction, memoryLinkStore } from '../src/testing.js'
import { BASE_URL, LATER, NOW, newKeyring, SCOPE, UUID } from './support.js'

const keyring = await newKeyring()
const peppers = { current: { id: 'a', secret: new Uint8Array(32).fill(1) } }

function setUp(options: Partial<LinkServiceOptions<MemoryTransaction>> = {}) {
  const clock = fixedClock(NOW)
  const store = memoryLinkStore()
  const base = { ...SCOPE, store, peppers, baseUrl: BASE_URL, keyring, clock }
  return { clock, base, links: createLinkService({ ...base, ...options }) }
}

/** An opaque link and a sealed one. */
async function bothKinds({ links }: ReturnType<typeof setUp>, expiresAt: Date): Promise<string[]> {
  const urls = [sealLink({ respondent: UUID, expiresAt }, { ...SCOPE, keyring, baseUrl: BASE_URL }).url]
  for await (const { url } of links.issue([{ respondent: UUID, serial: 1, expiresAt }])) urls.push(url)
  return urls
}

// Each child process answers to all of it in less memory than 100,000 of anything would take.
const program = `
import { randomBytes } from 'node:crypto'
import { createLinkService, generateKeyring, loadKeyring, openLink } from './index.js'
import { memoryLinkStore } from './testing.js'
const scope = { tenant: 'acme', survey: 'nps', purpose: 'survey' }
const keyring = await loadKeyring(generateKeyring())
const links = createLinkService({
  ...scope, keyring, store: memoryLinkStore(), baseUrl: 'https://acme.example/s',
  peppers: { current: { id: 'a', secret: randomBytes(32) } }, legacy: { until: new Date('2100-01-01') },
})
const garbage = {
  forged: () => Buffer.concat([Uint8Array.of(1, 1), randomBytes(37)]).toString('base64url'),
  malformed: () => randomBytes(1 + Math.floor(Math.random() * 20)).toString('latin1'),
  opaque: () => randomBytes(16).toString('base64url'),
}
const answers = {}
const once = async (make) => {
  const token = make()
  let answer = ''
  try { openLink(token, { ...scope, keyring }) } catch (error) { answer = error.code + ' ' + error.message }
  return answer + ', ' + JSON.stringify(await links.open('https://acme.example/s/' + encodeURIComponent(token)))
}
const heap = () => { gc(); return process.memoryUsage().heapUsed }
for (const [kind, make] of Object.entries(garbage)) {
  const seen = new Set()
  for (let at = 0; at < 2000; at++) seen.add(await once(make))
  const before = heap()
  for (let at = 0; at < 100000; at++) seen.add(await once(make))
  answers[kind] = { seen: [...seen], grown: heap() - before }
}
console.log(JSON.stringify(answers))
`

test('100,000 garbage tokens in a row get one constant error of each kind and leave nothing in memory', async () => {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('../src', import.meta.url)), loader: 'js' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    conditions: ['node'],
    alias: { '@surveyseal/core': fileURLToPath(new URL('../../core/src', import.meta.url)) },
  })
  const flags = ['--input-type=module', '--max-old-space-size=24', '--expose-gc', '-']
  const { stdout, stderr } = spawnSync(process.execPath, flags, { input: outputFiles[0]?.text, encoding: 'utf8' })
  const { forged, malformed, opaque } = JSON.parse(stdout || JSON.stringify(stderr))
  const unknown = ', {"state":"unknown"}'
  expect(forged.seen).toEqual([expect.stringMatching(/^ERR_LINK_AUTHENTICATION_FAILED [^,]+, \{"state":"unknown"\}$/)])
  expect(malformed.seen).toEqual([expect.stringMatching(/^ERR_LINK_MALFORMED /)])
  expect(opaque.seen).toEqual(malformed.seen)
  expect(malformed.seen[0].endsWith(unknown)).toBe(true)
  for (const { grown } of [forged, malformed, opaque]) expect(grown).toBeLessThan(500_000)
}, 120_000)

test('a token of 1 MB is unknown, wherever it stands and whatever it is made of', async () => {
  const { links } = setUp({ legacy: { until: LATER } })
  for (const part of ['A', '0', '.', '%41', 'é', '/', '-', '\u{1f388}']) {
    const long = part.repeat(1e6 / part.length)
    for (const url of [long, `${BASE_URL}/${long}`, `${BASE_URL}?t=${long}`, `${BASE_URL}/x#${long}`]) {
      expect(await links.open(url)).toEqual({ state: 'unknown' })
    }
    expect(codeOf(() => openLink(long, { ...SCOPE, keyring }))).toBe('ERR_LINK_MALFORMED')
  }
})

test('a link of another tenant is unknown, of either kind and even in one store', async () => {
  const all = setUp()
  const other = createLinkService({ ...all.base, tenant: 'other' })
  for (const url of await bothKinds(all, LATER)) {
    expect((await all.links.open(url)).state).toBe('usable')
    expect(await other.open(url)).toEqual({ state: 'unknown' })
    const submission = await other.submit(url, { idempotencyKey: 'idempotency-key-0001', accept: async () => 1 })
    expect(submission).toEqual({ outcome: 'refused', state: 'unknown' })
    expect((await all.links.open(url)).state).toBe('usable')
  }
})

describe('a clock that goes back', () => {
  test('lets links live as long as it says, and gives no use back', async () => {
    const all = setUp()
    const { clock, links } = all
    const states = async (urls: string[]) => Promise.all(urls.map(async (url) => (await links.open(url)).state))
    const urls = await bothKinds(all, LATER)
    const life = LATER.getTime() - NOW.getTime()
    for (const [by, state] of [
      [life, 'expired'],
      [-1, 'usable'],
      [-10 * life, 'usable'],
      [10 * life + 1, 'expired'],
      [-life, 'usable'],
    ] as const) {
      clock.advance(by)
      expect(await states(urls)).toEqual([state, state])
    }
    for (const [at, url] of urls.entries()) {
      const submit = { idempotencyKey: `idempotency-key-000${at}`, accept: async () => null }
      expect((await links.submit(url, submit)).outcome).toBe('spent')
    }
    clock.advance(-5 * life)
    expect(await states(urls)).toEqual(['used', 'used'])
  })
})

describe('expiry in 2106 and beyond', () => {
  const last = new Date((2 ** 34 - 1) * 1000)

  test('is kept to the second through 2514, and refused after', () => {
    expect(last.getUTCFullYear()).toBe(2514)
    const seconds = fc.oneof(fc.integer({ min: 2 ** 32 - 2, max: 2 ** 34 - 1 }), fc.constantFrom(2 ** 32, 2 ** 34 - 1))
    const seal = (expiresAt: Date) =>
      sealLink({ respondent: UUID, expiresAt }, { ...SCOPE, keyring, baseUrl: BASE_URL }).url
    fc.assert(
      fc.property(seconds, (second) => {
        const expiresAt = new Date(second * 1000)
        const url = seal(expiresAt)
        const open = (now: number) => openLink(url, { ...SCOPE, keyring, now: new Date(now) })
        expect(open(second * 1000 - 1).expiresAt).toEqual(expiresAt)
        expect(codeOf(() => open(second * 1000))).toBe('ERR_LINK_EXPIRED')
      }),
    )
    expect(codeOf(() => seal(new Date(2 ** 34 * 1000)))).toBe('ERR_INVALID_ARG_VALUE')
  })

  test.each([new Date(2 ** 32 * 1000), last])('a service judges links that end at %s', async (end) => {
    const all = setUp()
    const urls = await bothKinds(all, end)
    all.clock.advance(end.getTime() - NOW.getTime() - 1)
    for (const url of urls)
      expect(await all.links.open(url)).toMatchObject({ state: 'usable', link: { expiresAt: end } })
    all.clock.advance(1)
    for (const url of urls) expect((await all.links.open(url)).state).toBe('expired')
  })
})
