import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineNotice, type NoticeInput, parseNotice } from '@surveyseal/consent'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../src/lib/notice-schema.js'
import { codeOf } from './support/matchers.js'

interface Accepted {
  readonly name: string
  readonly input: NoticeInput
  readonly documents: Readonly<Record<string, string>>
  readonly digests: Readonly<Record<string, string>>
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const vectors: { accepted: Accepted[]; refused: { name: string; json: string; code: string }[] } = JSON.parse(
  readFileSync(path('vectors/notice_v2_self.json'), 'utf8'),
)
const documents = vectors.accepted.flatMap((one) => Object.values(one.documents))

describe('notice v1 and v2', () => {
  test.each(vectors.accepted)('$name', ({ input, documents, digests }) => {
    const notice = defineNotice(input)
    expect({ documents: notice.documents, digests: notice.digests }).toEqual({ documents, digests })
    for (const [language, text] of Object.entries(documents)) {
      expect(readDocument(text)).toMatchObject({ id: input.id, language, wording: input.wording[language] })
    }
  })

  test.each(vectors.refused)('refuses $name', async ({ json, code }) => {
    expect(await codeOf(() => parseNotice(json))).toBe(code)
  })

  test('a notice without anything new keeps the digest it had under version 1', () => {
    const [old] = vectors.accepted
    expect(JSON.parse(old?.documents['en'] ?? '').formatVersion).toBe(1)
  })

  test.each([0, 3, '2', null])('refuses a document of format version %j', async (version) => {
    const text = (documents[0] ?? '').replace('"formatVersion":1', `"formatVersion":${JSON.stringify(version)}`)
    expect(await codeOf(() => readDocument(text))).toBe('ERR_CONSENT_NOTICE_INVALID')
  })

  test('keeps members of a document that a later version adds, wherever they stand', () => {
    const [text = ''] = documents.slice(2)
    const grown = JSON.parse(text)
    grown.purposes[2].transfers[0].later = 'x'
    grown.dpo.later = 'y'
    const read = readDocument(JSON.stringify(grown)) as unknown as typeof grown
    expect(read.purposes[2].transfers[0].later + read.dpo.later).toBe('xy')
  })
})

describe('an independent reader of notices in Python', () => {
  const hasPython = spawnSync('python3', ['--version']).status === 0

  test('computes the same digests, and refuses the same', () => {
    if (!hasPython) {
      process.stderr.write('the independent reader of notices was left out: no python3 found\n')
      return
    }
    const notices = [
      ...vectors.accepted.map(({ input }) => JSON.stringify(input)),
      ...vectors.refused.map((r) => r.json),
    ]
    const input = JSON.stringify({ notices, documents: [...documents, documents[0]?.replace(':', ': ')] })
    const { stdout, stderr } = spawnSync('python3', [path('read_notice.py')], { input, encoding: 'utf8' })
    expect(stderr).toBe('')
    const refused = { refused: expect.any(String) }
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      ...vectors.accepted.map(({ digests }) => digests),
      ...vectors.refused.map(() => refused),
      ...vectors.accepted.flatMap(({ digests }) => Object.entries(digests).map(([tag, digest]) => ({ [tag]: digest }))),
      refused,
    ])
  })
})
