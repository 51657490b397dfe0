/**
 * A file without one person: their records anonymized, those of others as they are.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import type { Policy } from '@surveyseal/core/anonymize'
import type { ErasureItem, ErasureTarget, Fingerprint } from '@surveyseal/core/erase'
import { ErasureError } from '@surveyseal/core/erase'
import type { SubjectMatch } from '@surveyseal/core/recognize'
import { namesMemberTwice } from './json-members.js'
import type { JsonRecord } from './ndjson.js'
import { formatNdjson } from './ndjson.js'
import type { PersonFile } from './person-file.js'
import { policyDigest } from './policy-digest.js'
import type { RecordSource } from './records.js'

/** What was done: counts and the policy, and nothing that says whose records it were. */
export interface PersonCertificate {
  /** Records of the person. */
  readonly records: number
  /** Records of others that named them. */
  readonly mentions: number
  /** Records that stay as they are. */
  readonly untouched: number
  readonly techniques: Readonly<Record<string, number>>
  readonly warnings: readonly string[]
  readonly policyDigest: string
}

/** Reads the file once to find the person and once to write it. */
export async function rewrite(
  { file, target, subject, policy }: { file: PersonFile; target: ErasureTarget; subject: SubjectMatch; policy: Policy },
  { write, asJson }: { write: (text: string) => Promise<void>; asJson: boolean },
): Promise<PersonCertificate> {
  const items = await target.find({ subject, references: [], fingerprint })
  const byRow = new Map(items.map((item) => [item.id, item]))
  const source = await file.open()
  let row = 0
  try {
    if (!asJson) await write(source.formatHeader())
    for await (const batch of source.batches) {
      const left = await Promise.all(batch.map((record) => leftOf(record, byRow.get(String(++row)))))
      await write(asJson ? linesOf(left, { ...source, format: formatNdjson }, subject) : linesOf(left, source, subject))
    }
  } finally {
    await source.close()
  }
  return certificateOf(items, { rows: row, policy })
}

/** The file may have changed between the two readings, and then the numbers of records mean nothing. */
async function leftOf(record: JsonRecord, item: ErasureItem | undefined): Promise<JsonRecord> {
  if (item === undefined) return record
  if ((await fingerprint(record)) !== item.before) throw changed()
  return item.after as JsonRecord
}

/**
 * Numbers beyond a double and the like are kept as they were written; a member that `JSON.parse` dropped, because another has
 * its name, is not if it is about the person, or written so that it cannot be told.
 */
function linesOf(records: readonly JsonRecord[], source: RecordSource, subject: SubjectMatch): string {
  if (source.header !== null) return source.format(records)
  const line = (record: JsonRecord): string => {
    const text = source.lineOf(record)
    const isWhole =
      text !== undefined && subject.find(text).length === 0 && !(text.includes('\\u') && namesMemberTwice(text, record))
    return isWhole ? `${text}\n` : source.format([record])
  }
  return records.map(line).join('')
}

/** Compared within this run only, and never shown. */
const fingerprint: Fingerprint = async (value) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

function changed(): ErasureError {
  return new ErasureError('ERR_ERASURE_DATA_CHANGED', 'the file was changed while it was read')
}

function certificateOf(
  items: readonly ErasureItem[],
  { rows, policy }: { readonly rows: number; readonly policy: Policy },
): PersonCertificate {
  const techniques: Record<string, number> = {}
  for (const { technique, count } of items.flatMap(({ changes }) => changes)) {
    techniques[technique] = (techniques[technique] ?? 0) + count
  }
  return {
    records: items.filter(({ relation }) => relation === 'subject').length,
    mentions: items.filter(({ relation }) => relation === 'mention').length,
    untouched: rows - items.length,
    techniques,
    warnings: [...new Set(items.flatMap(({ warnings }) => warnings))],
    policyDigest: policyDigest(policy),
  }
}

/** The same for a reader. */
export function personSummary({
  records,
  mentions,
  untouched,
  techniques,
  warnings,
  policyDigest,
}: PersonCertificate): string {
  return [
    `${records} records of the person, ${mentions} of others that named them, ${untouched} untouched, policy ${policyDigest}\n`,
    ...Object.entries(techniques).map(([technique, count]) => `  ${technique.padEnd(12)}  ${count}\n`),
    ...warnings.map((warning) => `  warning: ${warning}\n`),
  ].join('')
}
