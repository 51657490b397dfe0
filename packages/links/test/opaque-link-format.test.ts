import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Pepper } from '../src/index.js'
import { draftCipher } from '../src/lib/draft-cipher.js'
import { LinkKeys } from '../src/lib/link-keys.js'
import { parseOpaqueId } from '../src/lib/opaque-id.js'
import { encodeRespondent } from '../src/lib/respondent-codec.js'
import { Suppressions } from '../src/lib/suppressions.js'
import type { SuppressionSubject } from '../src/link-service/revocation.js'
import { memoryLinkStore } from '../src/testing.js'
import { UUID } from './support.js'
import vectors from './vectors/opaque-link_v1_self.json' with { type: 'json' }

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const pepper: Pepper = { id: 'a', secret: bytes(vectors.pepper) }
const digestOf = (what: string): string | undefined => vectors.digests.find((item) => item.what === what)?.digest

test('the published spellings stand for their ids, and the others for none', () => {
  for (const { text, id } of vectors.spellings) {
    const parsed = parseOpaqueId(text)
    expect(parsed && Buffer.from(parsed).toString('hex'), text).toBe(id)
  }
})

test('the published digests of links are those of the store', () => {
  const keys = new LinkKeys(vectors.scope, { current: pepper })
  const respondent = encodeRespondent(UUID)
  expect(keys.ofOpaque(bytes(vectors.draft.secret))[0].digest).toBe(digestOf('opaque'))
  expect(keys.ofImported('Byki')[0].digest).toBe(digestOf('imported'))
  expect(respondent && keys.ofSealed(respondent, 7)[0].digest).toBe(digestOf('identity'))
})

test('the published digests of suppressions are those of the list', async () => {
  const subjects: Record<string, SuppressionSubject> = {
    erased: { respondent: UUID, everywhere: true },
    respondent: { respondent: UUID },
    cohort: { cohort: 'wave 1' },
    survey: { survey: vectors.scope.survey },
  }
  const list = new Suppressions(vectors.scope, { current: pepper })
  for (const [what, subject] of Object.entries(subjects)) {
    const store = memoryLinkStore()
    await list.add(store, subject, 0)
    expect(await store.suppressed([digestOf(what) ?? '']), what).toHaveLength(1)
  }
})

test('the published draft opens with the link it belongs to, and with no other', async () => {
  const { secret, text, body } = vectors.draft
  const cipher = await draftCipher(bytes(secret), vectors.scope)
  expect(await cipher.decrypt(bytes(body))).toEqual(bytes(text))
  for (const at of [0, 1, 13, body.length / 2 - 1]) {
    const changed = bytes(body)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await cipher.decrypt(changed)).toBeNull()
  }
  expect(await cipher.decrypt(bytes(body).subarray(0, 28))).toBeNull()
  for (const scope of [{ tenant: 'a' }, { survey: 'a' }, { purpose: 'a' }]) {
    const other = await draftCipher(bytes(secret), { ...vectors.scope, ...scope })
    expect(await other.decrypt(bytes(body))).toBeNull()
  }
  expect(await (await draftCipher(new Uint8Array(16), vectors.scope)).decrypt(bytes(body))).toBeNull()
})

test('the independent reader in Python agrees with every vector', () => {
  const reader = fileURLToPath(new URL('read_opaque_link.py', import.meta.url))
  const file = fileURLToPath(new URL('vectors/opaque-link_v1_self.json', import.meta.url))
  const python = spawnSync('python3', [reader, file], { encoding: 'utf8' })
  if (python.error !== undefined) {
    process.stderr.write('python3 is absent: the independent reader did not run\n')
    return
  }
  expect(python.stderr).toBe('')
  expect(JSON.parse(python.stdout)).toEqual({
    ids: vectors.spellings.map(({ id }) => id),
    digests: vectors.digests.map(({ digest }) => digest),
    draftKey: vectors.draft.key,
  })
})
