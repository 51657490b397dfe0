/**
 * What `anonymize --preview` shows.
 *
 * @module
 */

import type { ErasurePlan, PlannedRecord, ResidualVerdict } from '@surveyseal/core/erase'
import type { SubjectMatch } from '@surveyseal/core/recognize'
import type { Language } from '@surveyseal/core/report'
import { renderErasurePreview } from '@surveyseal/core/report'
import type { Text } from '@surveyseal/core/risk'
import { printable } from './printable.js'

/** One record as it is shown: the number it has in the file, and the id it gives itself. */
interface ShownRecord extends Pick<PlannedRecord, 'relation' | 'changes'> {
  readonly id: string
  readonly row: number
  /** Of the person as a whole: the same in each of their records. */
  readonly residual: ResidualVerdict
}

/** What is shown. */
export interface Preview {
  readonly records: readonly ShownRecord[]
  /** The policy's own, and the command's. */
  readonly warnings: readonly (string | Text)[]
  readonly residual: ErasurePlan['residual']
}

/** Nothing that the person wrote is left to be judged. */
const ONLY_MENTIONED: ResidualVerdict = { verdict: 'not-singled-out', because: [] }

/** Makes it of a plan for one file. */
export function previewOf(
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
  return { records, warnings: [...plan.warnings, ...warningsOf(records, plan)], residual: plan.residual }
}

function warningsOf(records: readonly ShownRecord[], { residual }: ErasurePlan): Text[] {
  const mentions = records.filter(({ relation }) => relation === 'mention').length
  return [
    ...(mentions > 0
      ? [
          {
            en: `Records of others that name the person: ${mentions}. Only the name goes.`,
            fr: `Enregistrements d’autres personnes qui la nomment : ${mentions}. Seul le nom disparaît.`,
          },
        ]
      : []),
    ...(new Set(records.map(({ id }) => id)).size < records.length
      ? [
          {
            en: 'Some records share an id: their rows tell them apart.',
            fr: 'Des enregistrements partagent un identifiant : leurs lignes les distinguent.',
          },
        ]
      : []),
    ...(residual === null && mentions > 0
      ? [
          {
            en: 'No record of the person is left to be judged, only those of others.',
            fr: 'Aucun enregistrement de la personne ne reste à évaluer, seulement ceux d’autres.',
          },
        ]
      : []),
  ]
}

/** What is printed as JSON. */
export function previewJson({ records, warnings }: Preview): string {
  return JSON.stringify({ records, warnings: warnings.map(english) })
}

function english(warning: string | Text): string {
  return typeof warning === 'string' ? warning : warning.en
}

/** The same as a page. */
export function previewPage({ records, warnings, residual }: Preview, language: Language): string {
  const target = language === 'en' ? 'Row' : 'Ligne'
  const shown = records.map(({ id, row, relation, changes }) => {
    return { target, id: id === String(row) ? id : `${row} (${id})`, relation, changes }
  })
  return renderErasurePreview({ records: shown, warnings, residual }, { language })
}

/** The same for a terminal. */
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
  return [...lines, ...verdict, ...because, ...warnings.map((warning) => `warning: ${english(warning)}`)]
    .map((line) => `${printable(line)}\n`)
    .join('')
}

function englishOf(finding: unknown): string {
  const text = (finding as { text?: { en?: unknown } }).text?.en
  return typeof text === 'string' ? text : ''
}
