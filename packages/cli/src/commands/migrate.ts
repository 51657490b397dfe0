/**
 * `surveyseal migrate`: the tables of the stores.
 *
 * @module
 */

import type { Migration } from '@surveyseal/stores'
import { migrate as migrateTables } from '@surveyseal/stores'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { databaseOption, withDatabase } from '../lib/database.js'
import { write } from '../lib/output.js'

/** `surveyseal migrate` */
export const migrate: Command = defineCommand({
  summary: 'Makes the tables that a database lacks',
  operand: null,
  options: {
    ...databaseOption,
    'table-prefix': {
      type: 'string',
      hint: 'P',
      does: 'what the name of every table begins with, surveyseal_ if left out',
    },
    'dry-run': { type: 'boolean', does: 'prints the statements and runs none' },
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ values }, io) {
    const { 'table-prefix': tablePrefix, 'dry-run': dryRun, json } = values
    const options = { dryRun, ...(tablePrefix === undefined ? {} : { tablePrefix }) }
    const migrations = await withDatabase(values.database, io, { existing: dryRun }, (sql) =>
      migrateTables(sql, options),
    )
    await write(io.stdout, json ? `${JSON.stringify({ dryRun, migrations })}\n` : report(migrations, dryRun))
    return OK
  },
})

function report(migrations: readonly Migration[], dryRun: boolean): string {
  if (dryRun) return migrations.map(({ id, statement }) => `-- ${id}\n${statement};\n`).join('')
  return migrations.length === 0 ? 'Nothing was missing.\n' : `${migrations.length} statements run.\n`
}
