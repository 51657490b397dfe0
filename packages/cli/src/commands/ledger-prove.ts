/**
 * `surveyseal ledger prove`: that a log grew out of what somebody kept.
 *
 * @module
 */

import { proveGrowth } from '@surveyseal/ledger'
import { ledgerStore } from '@surveyseal/stores'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { databaseOption, withDatabase } from '../lib/database.js'
import { write } from '../lib/output.js'

/** `surveyseal ledger prove LOG` */
export const ledgerProve: Command = defineCommand({
  summary:
    'Proves that the newest checkpoint of a log grew out of its first entries: for whoever kept a checkpoint of that size, or for a witness (c2sp.org/tlog-witness)',
  operand: 'LOG',
  options: {
    ...databaseOption,
    tenant: { type: 'string', hint: 'T', does: 'whose log it is', required: true },
    from: { type: 'string', hint: 'N', does: 'how many entries the older checkpoint has', required: true },
    'table-prefix': { type: 'string', hint: 'P', does: 'what the name of every table begins with' },
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ operand, values }, io) {
    const { tenant, 'table-prefix': tablePrefix } = values
    const from = sizeOf(values.from)
    const growth = await withDatabase(values.database, io, { existing: true }, async (sql) => {
      const store = ledgerStore(sql, { tenant, ...(tablePrefix === undefined ? {} : { tablePrefix }) })
      const newest = await store.newestCheckpoint(operand)
      if (newest === null)
        throw new CliError('ERR_CLI_USAGE', 'the log has no checkpoint: sign one with ledger checkpoint')
      return proveGrowth(store, { checkpoint: newest.note, from })
    })
    await write(io.stdout, values.json ? `${JSON.stringify({ growth })}\n` : growth)
    return OK
  },
})

function sizeOf(text: string): number {
  if (/^(?:0|[1-9][0-9]{0,14})$/.test(text)) return Number(text)
  throw new CliError('ERR_CLI_USAGE', '--from takes the size of a checkpoint')
}
