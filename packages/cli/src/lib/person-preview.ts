/**
 * What `anonymize --preview` shows.
 *
 * @module
 */

import type { ErasurePlan, PlannedRecord, ResidualVerdict } from '@surveyseal/core/erase'
import type { SubjectMatch } from '@surveyseal/core/recognize'
import { printable } from './printable.js'

/** One record as it is shown: the number it has in the file, and the id it gives itself. */
interface ShownRecord extends Pick<PlannedRecord, 'relation' | 'changes'> {
  readonly id: string
  readonly row: number
  /** Of the person as a whole: the same in each of their records. */
  readonly residual: ResidualVerdict
}

/** What is printed as JSON. */
export interface Preview {
  readonly records: readonly ShownRecord[]
  readonly warnings: readonly string[]
}

/** Nothing that the person wrote is left to be judged. */
const ONLY_MENTIONED: ResidualVerdict = { verdict: 'not-singled-out', because: [] }

/** Makes it of a plan for one file. */
export function previewJson(
  plan: ErasurePlan,
  { ownIds, subject }: { readonly ownIds: ReadonlyMap<string, string>; readonly subject: SubjectMatch },
): Preview {
  const residual = plan.residual ?? ONLY_MENTIONED
  const records = plan.records
    .map(({ id: row, relation, changes }): ShownRecord => {
      const own = ownIds.get(row) ?? row
      const id = subject.find(own).length > 0 ? row : own
      return { id, row: Number(row), relation, changes, residual }
    })
    .sort((one, other) => one.row - other.row)
  return { records, warnings: [...plan.warnings, ...warningsOf(records, plan)] }
}

function warningsOf(records: readonly ShownRecord[], { residual }: ErasurePlan): string[] {
  const mentions = records.filter(({ relation }) => relation === 'mention').length
  return [
    ...(mentions > 0 ? [`${mentions} records of others name the person: only the name goes.`] : []),
    ...(new Set(records.map(({ id }) => id)).size < records.length
      ? ['Some records share an id: their rows tell them apart.']
      : []),
    ...(residual === null && mentions > 0
      ? ['No record of the person is left to be judged, only those of others.']
      : []),
  ]
}

/** The same for a reader. */
export function previewText({ records, warnings }: Preview): string {
  const lines = records.flatMap(({ id, row, relation, changes }) => [
    `row ${row}${id === String(row) ? '' : `, id ${id}`}: ${relation === 'mention' ? 'names the person' : 'of the person'}`,
    ...changes.map(({ field, technique, before, after }) => {
      const shown = before.length === 0 ? '' : `  ${before.join(', ')} -> ${after ?? '(removed)'}`
      return `  ${field}  ${technique}${shown}`
    }),
  ])
  const [first] = records
  const verdict = first === undefined ? ['nobody is found'] : [`what is left of the person: ${first.residual.verdict}`]
  const because = first?.residual.because.map((finding) => `  ${englishOf(finding)}`) ?? []
  return [...lines, ...verdict, ...because, ...warnings.map((warning) => `warning: ${warning}`)]
    .map((line) => `${printable(line)}\n`)
    .join('')
}

function englishOf(finding: unknown): string {
  const text = (finding as { text?: { en?: unknown } }).text?.en
  return typeof text === 'string' ? text : ''
}
