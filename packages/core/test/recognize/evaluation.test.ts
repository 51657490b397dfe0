import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { redact } from '../../src/recognize.js'
import { evaluateRedaction, type Sentence } from '../../tools/evaluate-redaction.js'
import { holdOut } from './hold-out.js'
import { surveyComments } from './survey-comments.js'

// Microsoft Presidio's synthetic sentences (presidio-research, MIT), 1,500 of them.
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const file = join(
  process.env['SURVEYSEAL_DATA'] ?? join(root, '../shared/data'),
  'presidio-research/synth_dataset_v2.json',
)

/** What `packages/core/tools/compare-redactors.js` printed of the others, in percent, for the kinds that redaction claims. */
const OTHERS: Readonly<Record<string, readonly [redactPii: number, openredaction: number, compromise: number]>> = {
  STREET_ADDRESS: [65.9, 69.4, 30.8],
  ORGANIZATION: [18.0, 55.2, 45.6],
  PERSON: [54.0, 57.9, 60.3],
  GPE: [9.0, 54.3, 49.4],
  CREDIT_CARD: [100, 72.8, 0],
  US_SSN: [100, 62.5, 0],
  US_DRIVER_LICENSE: [100, 40, 0],
  ZIP_CODE: [78.4, 24.3, 0],
  DOMAIN_NAME: [100, 8.1, 100],
  EMAIL_ADDRESS: [100, 73.5, 100],
  PHONE_NUMBER: [67.4, 51.1, 6.5],
  IBAN_CODE: [100, 71.4, 0],
  IP_ADDRESS: [100, 100, 0],
}

test('redaction finds more of every kind than redact-pii, openredaction and compromise, and loses at most 0.5 % of harmless words', () => {
  if (!existsSync(file)) {
    process.stderr.write(
      'redaction is not evaluated: presidio-research/synth_dataset_v2.json is absent (set SURVEYSEAL_DATA)\n',
    )
    return
  }
  const { recall, lost } = evaluateRedaction(JSON.parse(readFileSync(file, 'utf8')) as Sentence[], redacted)
  process.stdout.write(
    `\n${[...recall].map(([kind, percent]) => `${kind} ${percent.toFixed(1)}`).join(', ')}, lost ${lost.toFixed(2)}\n`,
  )
  expect(lost).toBeLessThanOrEqual(0.5)
  for (const [kind, others] of Object.entries(OTHERS)) {
    const ours = recall.get(kind) ?? 0
    const theirs = Math.max(...others)
    expect(ours === 100 || ours > theirs, `${kind}: ${ours} against ${theirs}`).toBe(true)
  }
})

test.each(['english', 'french', 'harmless'] as const)(
  'of comments that nothing was fitted to (%s) no value is left, not in part either, and no harmless word is lost',
  (which) => {
    const { recall, lost } = evaluateRedaction(holdOut[which], redacted)
    expect([...recall].filter(([, percent]) => percent < 100)).toEqual([])
    expect(lost).toBe(0)
    for (const { full_text: text, spans } of holdOut[which]) {
      const output = redacted(text)
      const parts = spans.flatMap(({ entity_value: value }) => value.match(/[\p{L}\d]{4,}/gu) ?? [])
      expect(parts.filter((part) => output.includes(part))).toEqual([])
    }
  },
)

test.each([
  { which: 'english', names: 90, most: 1.1 },
  { which: 'french', names: 95, most: 1 },
  { which: 'harmless', names: 0, most: 1.5 },
] as const)(
  'of comments with every habit of people ($which) most names go, every number and address does, and few harmless words',
  ({ which, names, most }) => {
    const { recall, lost } = evaluateRedaction(surveyComments[which], redacted)
    const { PERSON = 100, ADDRESS = 100, ...others } = Object.fromEntries(recall)
    expect(PERSON).toBeGreaterThanOrEqual(names)
    expect(ADDRESS).toBeGreaterThanOrEqual(85)
    for (const [kind, percent] of Object.entries(others)) expect([kind, percent]).toEqual([kind, 100])
    expect(lost).toBeLessThanOrEqual(most)
  },
)

function redacted(text: string): string {
  return redact(text).text
}
