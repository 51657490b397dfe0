/**
 * A policy applied to a table by its database.
 *
 * @module
 */

import type { Policy } from '@surveyseal/core/anonymize'
import type { PolicySql, PushdownDatabase } from '@surveyseal/stores/pushdown'
import { compilePolicySql } from '@surveyseal/stores/pushdown'
import { CliError } from '../errors.js'
import type { Certificate } from './certificate.js'
import { createTally } from './certificate.js'
import type { Io } from './io.js'
import { refuseHeaderOfData } from './policy-file.js'
import { withTable } from './table.js'
import type { TableValues } from './table-options.js'

interface Values extends TableValues {
  readonly into: string | undefined
  readonly 'in-place': boolean
}

/** Counts and applies in one transaction. */
export async function anonymizeTable(policy: Policy, values: Values, io: Io): Promise<Certificate> {
  const { into = `${values.table ?? ''}_anonymized`, 'in-place': inPlace } = values
  if (inPlace && values.into !== undefined) throw new CliError('ERR_CLI_USAGE', '--into and --in-place are two ways')
  return withTable(values, io, async ({ database, table, columns, beside, transaction }) => {
    refuseHeaderOfData({ header: columns.map(({ name }) => name) })
    const target = inPlace ? { inPlace } : { into: beside(into) }
    const compiled = compilePolicySql(policy, { dialect: database.dialect, table, columns, ...target })
    return transaction((tx) => apply(policy, compiled, tx))
  })
}

async function apply(
  policy: Policy,
  { counting, deletion, text, params, changes }: PolicySql,
  database: PushdownDatabase,
): Promise<Certificate> {
  const [counts = {}] = await database.query(counting.text, counting.params)
  if (deletion !== null) await database.query(deletion.text, deletion.params)
  await database.query(text, params)
  const tally = createTally(policy)
  const counted = changes.map((change, at) => ({ ...change, count: Number(counts[`c${at}`]) }))
  tally.addAll(
    Number(counts['records']),
    counted.filter(({ count }) => count > 0),
  )
  return tally.certificate()
}
