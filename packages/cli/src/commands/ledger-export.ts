/**
 * `surveyseal ledger export`: a log as files that anybody can be given.
 *
 * @module
 */

import { exportTiles } from '@surveyseal/ledger'
import { ledgerStore } from '@surveyseal/stores'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { databaseOption, withDatabase } from '../lib/database.js'
import { write } from '../lib/output.js'
import { makeTileFiles } from '../lib/tile-files.js'

/** `surveyseal ledger export LOG` */
export const ledgerExport: Command = defineCommand({
  summary:
    'Writes a log as static files (c2sp.org/tlog-tiles) up to its newest checkpoint: hashes, and nothing that was logged',
  operand: 'LOG',
  options: {
    ...databaseOption,
    tenant: { type: 'string', hint: 'T', does: 'whose log it is', required: true },
    out: { type: 'string', hint: 'DIR', does: 'the directory to make', required: true },
    'table-prefix': { type: 'string', hint: 'P', does: 'what the name of every table begins with' },
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ operand, values }, io) {
    const { tenant, out, 'table-prefix': tablePrefix } = values
    const { files, size } = await withDatabase(values.database, io, { existing: true }, async (sql) => {
      const store = ledgerStore(sql, { tenant, ...(tablePrefix === undefined ? {} : { tablePrefix }) })
      const newest = await store.newestCheckpoint(operand)
      if (newest === null)
        throw new CliError('ERR_CLI_USAGE', 'the log has no checkpoint: sign one with ledger checkpoint')
      return { files: await makeTileFiles(out, exportTiles(store, newest.note)), size: newest.size }
    })
    await write(io.stdout, values.json ? `${JSON.stringify({ size, files })}\n` : `${size} entries in ${files} files\n`)
    return OK
  },
})
