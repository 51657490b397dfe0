/**
 * Disclosure risk of a table, measured by its database.
 *
 * @module
 */

import type { DisclosureRisk, SuppressedSemantics } from '@surveyseal/core/disclosure'
import { measureDisclosureRiskSql } from '@surveyseal/stores/pushdown'
import type { Io } from './io.js'
import { requireColumns } from './records.js'
import { withTable } from './table.js'
import type { TableValues } from './table-options.js'

interface Asked extends TableValues {
  /** The quasi-identifiers of a table with such columns. */
  readonly columnsOf: (header: readonly string[]) => readonly string[]
  readonly sensitive: readonly string[]
  readonly person: string | undefined
  readonly suppressed: SuppressedSemantics
  /** The table of the population. */
  readonly reference: string | undefined
}

/** What was measured. */
export interface MeasuredTable {
  readonly measured: DisclosureRisk
  /** How many quasi-identifiers there are. */
  readonly columns: number
  readonly sensitive: readonly string[]
  readonly person: string | undefined
  readonly hasReference: boolean
}

/** Measures one state of the table. */
export async function measureTable(
  { columnsOf, sensitive, person, suppressed, reference: population, ...values }: Asked,
  io: Io,
): Promise<MeasuredTable> {
  return withTable(values, io, async ({ table, columns, beside, transaction }) => {
    const header = columns.map(({ name }) => name)
    const quasiIdentifiers = columnsOf(header)
    requireColumns({ header }, [...quasiIdentifiers, ...sensitive, ...(person === undefined ? [] : [person])])
    const reference = population === undefined ? undefined : beside(population)
    const options = { table, columns, reference, quasiIdentifiers, sensitive, person, suppressed }
    const measured = await transaction((database) => measureDisclosureRiskSql(database, options))
    return { measured, columns: quasiIdentifiers.length, sensitive, person, hasReference: population !== undefined }
  })
}
