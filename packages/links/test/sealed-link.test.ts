import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../../test/code-of.js'
import { type Keyring, loadKeyring, openLink, type Respondent, sealLink } from '../src/index.js'
import { encodeBase64url } from '../src/lib/base64url.js'
import { bindings, deriveKey, lengthPrefixed, scopeArgument } from '../src/lib/derive.js'
import { BASE_URL } from './support.js'
import vectors from './vectors/sealed-link_v1_self.json' with { type: 'json' }

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex')

const secrets = Object.entries(vectors.secrets).map(([id, secret]) => ({ id: Number(id), secret: bytes(secret) }))

/** A keyring of the vectors' keys in which one seals. */
function keyringSealingWith(primary: number): Promise<Keyring> {
  const keys = secrets.map(({ id, secret }) => ({
    id,
    secret: encodeBase64url(secret),
    status: id === primary ? ('primary' as const) : ('retired' as const),
    createdAt: '2026-01-01T00:00:00Z',
  }))
  return loadKeyring({ version: 1, keys })
}

function respondentOf({ text, hex }: { text?: string; hex?: string }): Respondent {
  return text ?? bytes(hex ?? '')
}

describe('the published vectors of the sealed link, step by step', () => {
  test.each(vectors.valid)('$comment', async (vector) => {
    const { keyId, tenant, survey, purpose, serial, language, token } = vector
    const bound = bindings(keyId, scopeArgument({ tenant, survey, purpose }))
    const secret = secrets.find(({ id }) => id === keyId)?.secret ?? new Uint8Array()
    expect(hex(lengthPrefixed(bound))).toBe(vector.info)
    expect(hex(deriveKey(secret, bound))).toBe(vector.key)

    const keyring = await keyringSealingWith(keyId)
    const expiresAt = new Date(vector.expiresAt * 1000)
    const notBefore = vector.notBefore === null ? null : new Date(vector.notBefore * 1000)
    const fields = { respondent: respondentOf(vector.respondent), expiresAt, serial }
    const optional = { ...(notBefore && { notBefore }), ...(language !== null && { language }) }
    const options = { tenant, survey, purpose, keyring, baseUrl: BASE_URL }
    expect(sealLink({ ...fields, ...optional }, options).token).toBe(token)
    const opened = keyring.bind(options).read(token)
    expect(opened).toEqual({ ...fields, survey, keyId, notBefore, language })
  })
})

describe('what the published vectors refuse', () => {
  test.each(vectors.invalid)('$comment: $code', async ({ tenant, survey, purpose, token, code }) => {
    const keyring = await keyringSealingWith(1)
    expect(codeOf(() => openLink(token, { tenant, survey, purpose, keyring, now: new Date(0) }))).toBe(code)
  })
})

describe('the independent reader in Python', () => {
  const reader = fileURLToPath(new URL('read_sealed_link.py', import.meta.url))
  const file = fileURLToPath(new URL('vectors/sealed-link_v1_self.json', import.meta.url))
  const python = spawnSync('python3', [reader, file], { encoding: 'utf8' })
  const all = [...vectors.valid, ...vectors.invalid]

  if (python.error !== undefined) {
    test('NOT RUN: python3 is absent', () => {
      process.stderr.write('python3 is absent: the independent reader did not run\n')
      expect(python.error).toBeDefined()
    })
  } else {
    test('reads every vector, from the derived key to the respondent, and refuses what is refused here', () => {
      expect(python.stderr).toBe('')
      const results = python.stdout.trim().split('\n')
      expect(results).toHaveLength(all.length)
      for (const [at, line] of results.entries()) expect(all[at]).toMatchObject(JSON.parse(line))
    })
  }
})
