/**
 * `surveyseal ledger checkpoint`: the state of a log, signed.
 *
 * @module
 */

import { createLedger, loadSigner } from '@surveyseal/ledger'
import { ledgerStore } from '@surveyseal/stores'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { databaseOption, withDatabase } from '../lib/database.js'
import { readText } from '../lib/input.js'
import { write } from '../lib/output.js'

/** `surveyseal ledger checkpoint LOG` */
export const ledgerCheckpoint: Command = defineCommand({
  summary: 'Signs the state of a log, keeps the checkpoint and prints it; what contradicts the newest one is refused',
  operand: 'LOG',
  options: {
    ...databaseOption,
    tenant: { type: 'string', hint: 'T', does: 'whose log it is', required: true },
    signer: { type: 'string', hint: 'FILE', does: "the log's signing key, PRIVATE+KEY+…, on one line", required: true },
    'table-prefix': { type: 'string', hint: 'P', does: 'what the name of every table begins with' },
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ operand, values }, io) {
    const { tenant, 'table-prefix': tablePrefix } = values
    const signer = await loadSigner((await readText(values.signer, io)).trim())
    const note = await withDatabase(values.database, io, { existing: true }, async (sql) => {
      const store = ledgerStore(sql, { tenant, ...(tablePrefix === undefined ? {} : { tablePrefix }) })
      const ledger = createLedger({ store, signer })
      if (ledger.origin !== operand) throw new CliError('ERR_CLI_USAGE', '--signer is the key of another log')
      return ledger.checkpoint()
    })
    await write(io.stdout, values.json ? `${JSON.stringify({ checkpoint: note })}\n` : note)
    return OK
  },
})
