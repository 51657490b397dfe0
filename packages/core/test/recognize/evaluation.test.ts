import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { redact } from '../../src/recognize.js'

// Microsoft Presidio's synthetic sentences (presidio-research, MIT), 1,500 of them.
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const file = join(
  process.env['SURVEYSEAL_DATA'] ?? join(root, '../shared/data'),
  'presidio-research/synth_dataset_v2.json',
)

interface Sentence {
  full_text: string
  spans: { entity_type: string; entity_value: string; start_position: number; end_position: number }[]
}

/** What others reach on the same sentences with the same method, in percent; `null` where the kind is unknown to them. */
const OTHERS = {
  'redact-pii 3.4.0': {
    PERSON: 54.0,
    STREET_ADDRESS: 65.9,
    ORGANIZATION: 18.0,
    EMAIL_ADDRESS: 100,
    PHONE_NUMBER: 67.4,
    CREDIT_CARD: 100,
    IBAN_CODE: 100,
    lost: 0.37,
  },
  'openredaction 1.1.5': {
    PERSON: 57.9,
    STREET_ADDRESS: 69.4,
    ORGANIZATION: 55.2,
    EMAIL_ADDRESS: 73.5,
    PHONE_NUMBER: 51.1,
    CREDIT_CARD: 72.8,
    IBAN_CODE: 71.4,
    lost: 32.7,
  },
  'compromise 14.17.0': {
    PERSON: 60.3,
    STREET_ADDRESS: 30.8,
    ORGANIZATION: 45.6,
    EMAIL_ADDRESS: 2,
    PHONE_NUMBER: 0,
    CREDIT_CARD: 0,
    IBAN_CODE: 0,
    lost: 1.98,
  },
}

test('redaction finds more of every kind than redact-pii, openredaction and compromise, and loses at most 0.5 % of harmless words', () => {
  if (!existsSync(file)) {
    process.stderr.write(
      'redaction is not evaluated: presidio-research/synth_dataset_v2.json is absent (set SURVEYSEAL_DATA)\n',
    )
    return
  }
  const sentences = JSON.parse(readFileSync(file, 'utf8')) as Sentence[]
  const { recall, lost } = evaluate(sentences)
  process.stdout.write(table(recall, lost))
  expect(lost).toBeLessThanOrEqual(0.5)
  for (const others of Object.values(OTHERS)) {
    for (const [kind, theirs] of Object.entries(others)) {
      if (kind === 'lost') continue
      const ours = recall.get(kind) ?? 0
      expect(ours === 100 || ours > theirs, `${kind}: ${ours} against ${theirs}`).toBe(true)
    }
  }
})

/** A value counts as found when it no longer stands in the output; a harmless word is a different word of four letters or more outside every gold span. */
function evaluate(sentences: readonly Sentence[]): { recall: Map<string, number>; lost: number } {
  const total = new Map<string, number>()
  const found = new Map<string, number>()
  let harmless = 0
  let destroyed = 0
  for (const { full_text: text, spans } of sentences) {
    const output = redact(text).text
    for (const { entity_type: kind, entity_value: value } of spans) {
      total.set(kind, (total.get(kind) ?? 0) + 1)
      if (!output.includes(value)) found.set(kind, (found.get(kind) ?? 0) + 1)
    }
    const remaining = new Set(output.match(/\p{L}{4,}/gu))
    for (const word of new Set(outside(text, spans).match(/\p{L}{4,}/gu))) {
      harmless++
      if (!remaining.has(word)) destroyed++
    }
  }
  const recall = new Map([...total].map(([kind, count]) => [kind, (100 * (found.get(kind) ?? 0)) / count]))
  return { recall, lost: (100 * destroyed) / harmless }
}

function outside(text: string, spans: Sentence['spans']): string {
  let rest = text
  for (const { start_position: start, end_position: end } of spans)
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end)
  return rest
}

function table(recall: ReadonlyMap<string, number>, lost: number): string {
  const row = (label: string, values: Record<string, number>): string =>
    `${label.padEnd(20)}${[...recall.keys(), 'lost'].map((kind) => (values[kind]?.toFixed(1) ?? '').padStart(kind.length + 2)).join('')}\n`
  const header = `${' '.repeat(20)}${[...recall.keys(), 'lost'].map((kind) => `  ${kind}`).join('')}\n`
  const ours = row('SurveySeal', { ...Object.fromEntries(recall), lost })
  return `\n${header}${ours}${Object.entries(OTHERS)
    .map(([label, values]) => row(label, values))
    .join('')}`
}
