/**
 * What a statement changes, and how often.
 *
 * @module
 */

import type { Change, SuppressRecordRule } from '@surveyseal/core/anonymize'
import type { Statement } from './binder.js'
import type { Alternative, Treated } from './treatment.js'
import type { Written } from './write.js'
import { fromSource, isSuppressed } from './write.js'

/** What may happen to a column. Columns that are kept are not named. */
export interface ColumnChange extends Omit<Change, 'count'> {
  /** The column's name; `null` for the record itself. */
  readonly column: string | null
}

/** The changes of one column, by its rules in turn, and where none applies by default. */
export function changesOf(treated: Treated): readonly ColumnChange[] {
  return branchesOf(treated).map(({ change }) => change)
}

/** The report of a suppressed record. */
export function suppressionOf({ technique, warning }: SuppressRecordRule): ColumnChange {
  return { column: null, field: '', technique, because: 'rule', ...(warning && { warning }) }
}

/** Counts what every change is made to: values of the records that are not suppressed. */
export function countingSql({ treated, suppressed, options, tools }: Written): Statement {
  const kept = isSuppressed(suppressed)
  const counts = [
    ...suppressed.map((_, at) => chosen(suppressed, at)),
    ...treated.flatMap((column) =>
      branchesOf(column).map(({ place }) => {
        const here = chosen(column.alternatives, place)
        return kept === false ? here : `CASE WHEN ${kept === true ? 'TRUE' : kept} THEN 0 ELSE ${here} END`
      }),
    ),
  ]
  const list = counts.map((count, at) => `CAST(COALESCE(sum(${count}), 0) AS ${tools.dialect.bigint}) AS c${at}`)
  const records = `CAST(count(*) AS ${tools.dialect.bigint}) AS records`
  return tools.binder.finish(`SELECT ${[records, ...list].join(',\n  ')}\n${fromSource(options, tools)}`)
}

interface Branch {
  readonly change: ColumnChange
  /** Which alternative it is; one more than there are for none. */
  readonly place: number
}

function branchesOf({ column: { name }, field, alternatives }: Treated): readonly Branch[] {
  const branches = alternatives.flatMap(({ rule: { technique, warning } }, place): Branch[] => {
    if (technique === 'retain') return []
    return [{ place, change: { column: name, field, technique, because: 'rule', ...(warning && { warning }) } }]
  })
  if (alternatives.at(-1)?.condition === true) return branches
  const denied = { column: name, field, technique: 'remove', because: 'default-deny' } as const
  return [...branches, { change: denied, place: alternatives.length }]
}

/** 1 where an alternative is the one that applies. */
function chosen(alternatives: readonly Alternative<{ readonly technique: string }>[], place: number): string {
  const cases = alternatives
    .slice(0, place + 1)
    .map(({ condition }, at) => `WHEN ${condition === true ? 'TRUE' : condition} THEN ${at === place ? 1 : 0}`)
  const otherwise = place === alternatives.length ? 1 : 0
  return cases.length === 0 ? String(otherwise) : `CASE ${cases.join(' ')} ELSE ${otherwise} END`
}
