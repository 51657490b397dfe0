/**
 * Figures of a data set.
 *
 * @module
 */

import type { Dataset } from './dataset.js'
import type { DisclosureFigures, DisclosureRisk } from './figures.js'
import { figuresOf } from './figures.js'
import type { Histories } from './histories.js'
import { groupByPerson, historiesOfPersons, historiesOfRows } from './histories.js'
import type { ValidatedOptions } from './options.js'
import type { SuppressedSemantics } from './row.js'
import type { SensitiveValues } from './sensitive.js'
import { sensitiveOfPersons, sensitiveOfRows, talliesOfClasses, talliesWithWildcards } from './sensitive.js'
import type { SensitiveFigures } from './sensitive-figures.js'
import { sensitiveFigures, worstFigures } from './sensitive-figures.js'
import { tallyOf } from './tally.js'
import { TupleTable } from './tuple-table.js'
import { likeWithWildcards } from './wildcard.js'

/** Both readings of suppressed values. */
export function resultOf(dataset: Dataset, { suppressed, recursiveC }: ValidatedOptions): DisclosureRisk {
  const { histories, sensitive } = dataset.person === null ? byRow(dataset) : byPerson(dataset)
  const figures = (reading: SuppressedSemantics): DisclosureFigures => ({
    ...figuresOf(histories, {
      suppressed: reading,
      like: reading === 'class' ? histories.persons : likeWithWildcards(histories),
      candidates: dataset.reference?.candidates(histories, reading) ?? null,
    }),
    ...worstFigures(sensitive.map((values) => disclosed(histories, values, { suppressed: reading, recursiveC }))),
  })
  const asClass = figures('class')
  const isSame = !dataset.suppresses && dataset.reference === null && sensitive.length === 0
  const asWildcard = isSame
    ? { ...asClass, suppressed: 'wildcard' as const, classes: null, distinction: null }
    : figures('wildcard')
  const [chosen, other] = suppressed === 'class' ? [asClass, asWildcard] : [asWildcard, asClass]
  return { rows: dataset.rows, persons: histories.total, ...chosen, other }
}

interface Persons {
  readonly histories: Histories
  readonly sensitive: readonly SensitiveValues[]
}

function byRow(dataset: Dataset): Persons {
  const { rows, tupleOfRow } = dataset
  return {
    histories: historiesOfDataset(dataset, rows),
    sensitive: dataset.sensitive.map((column, at) => sensitiveOfRows(column, dataset.valuesOfRow(at), tupleOfRow)),
  }
}

/** Where nothing is suppressed and nothing compared, it does not matter which tuples there are. */
function historiesOfDataset(dataset: Dataset, rows: number): Histories {
  if (dataset.suppresses || dataset.reference !== null) {
    const { table, counts } = dataset.tuples()
    return historiesOfRows(table, counts, rows)
  }
  const counts = dataset.rowsOfTuples()
  const none = new Uint32Array(0)
  const table = new TupleTable(dataset.known.length)
  return { size: counts.length, total: rows, persons: counts, tuples: none, starts: none, ends: none, table }
}

function byPerson(dataset: Dataset): Persons {
  const { tupleOfRow, personOfRow } = dataset
  const { table } = dataset.tuples()
  const { histories, historyOfPerson } = historiesOfPersons(table, tupleOfRow, personOfRow)
  const sensitive = dataset.sensitive.map((column, at) =>
    sensitiveOfPersons(column, groupByPerson(dataset.valuesOfRow(at), personOfRow), historyOfPerson),
  )
  return { histories, sensitive }
}

function disclosed(
  histories: Histories,
  sensitive: SensitiveValues,
  { suppressed, recursiveC }: Pick<ValidatedOptions, 'suppressed' | 'recursiveC'>,
): SensitiveFigures {
  const tallies = suppressed === 'class' ? talliesOfClasses(sensitive) : talliesWithWildcards(histories, sensitive)
  if (tallies === null) return { l: null, t: null }
  const { isSuppressed, ranks, values } = sensitive
  return sensitiveFigures({ tallies, whole: tallyOf(values), isSuppressed, ranks }, { suppressed, recursiveC })
}
