/**
 * Where the values of people and of answers lie in a file.
 *
 * @module
 */

import type { DumpFile } from '../../testing/test-linkage.js'
import { ENGINE_COLUMNS } from './cells.js'
import { type Needle, placesIn } from './needles.js'
import { type Identifiers, identify, type OwnedTable } from './owners.js'
import { type Series, saysSomething } from './series.js'

/** The size of a page, of which a database fills each from its end to its beginning. */
const PAGES = [4096, 8192] as const

/** For each column: the first and the last place of its values, and where in a page that is. */
export function fileSeries(tables: readonly OwnedTable[], file: DumpFile, pairs: number): readonly Series[] {
  const columns = tables.flatMap(identifyingColumns)
  const needles = columns.flatMap(({ ids }, column) =>
    Array.from(ids, ([value, owner]): Needle => [value, column * pairs + owner]),
  )
  const { first, last } = placesIn(file.content, needles, columns.length * pairs)
  const series = columns.flatMap(({ name }, column): readonly Series[] => {
    const slice = (places: Float64Array) => places.slice(column * pairs, column * pairs + pairs)
    const [early, late] = [slice(first), slice(last)]
    const what = `${name} in ${file.name}`
    const inPage = PAGES.map((size) =>
      placeSeries(
        `place in its page of ${what}`,
        late.map((place) => place % size),
      ),
    )
    return [placeSeries(`first place of ${what}`, early), placeSeries(`last place of ${what}`, late), ...inPage]
  })
  return series.filter(saysSomething)
}

function placeSeries(name: string, order: Float64Array): Series {
  return { name, kind: 'offset', order, labels: null }
}

/** Columns whose values each belong to one owner. */
function identifyingColumns({
  cells,
  owners,
}: OwnedTable): readonly { readonly name: string; readonly ids: Identifiers }[] {
  return Array.from(cells.columns, ([column, texts]) => {
    const ids: Identifiers = new Map()
    if (!ENGINE_COLUMNS.has(column)) {
      for (const [row, text] of texts.entries()) if (text !== null) identify(ids, text, owners[row] ?? -1)
    }
    for (const [value, owner] of ids) if (owner < 0) ids.delete(value)
    return { name: `${cells.name}.${column}`, ids }
  }).filter(({ ids }) => ids.size > 0)
}
