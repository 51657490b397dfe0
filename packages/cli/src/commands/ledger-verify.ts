/**
 * `surveyseal ledger verify`: a whole log, from its first entry to its last.
 *
 * @module
 */

import {
  BadEntryError,
  LedgerError,
  type LedgerPolicy,
  type VerifiedLedger,
  type VerifiedTiles,
  verifyLedger,
  verifyTiles,
} from '@surveyseal/ledger'
import { consentOpenings, ledgerStore } from '@surveyseal/stores'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, FINDINGS, OK } from '../lib/command.js'
import { namingDamage } from '../lib/damage.js'
import { databaseOption, withDatabase } from '../lib/database.js'
import { readText } from '../lib/input.js'
import type { Io } from '../lib/io.js'
import type { OptionValues } from '../lib/options.js'
import { write } from '../lib/output.js'
import { printable } from '../lib/printable.js'
import { tileReader } from '../lib/tile-files.js'
import { countOf, witnessOptions } from '../lib/witness-options.js'

/** What is told of a log; files know nothing of erasures. */
type Verified = Omit<VerifiedTiles, 'checkpoint'> &
  Pick<VerifiedLedger, 'checkpoint'> &
  Partial<Pick<VerifiedLedger, 'erased' | 'elsewhere'>>

/** What the walk came to. */
type Verdict =
  | { ok: true; verified: Verified }
  | { ok: false; code: string; message: string; first: number | null; last: number | null }

const options = {
  ...databaseOption,
  tenant: {
    type: 'string',
    hint: 'T',
    does: 'whose log of the database it is; without it, the operand is a directory',
  },
  key: { type: 'string', hint: 'VKEY', does: "the log's verifier key; several with commas", required: true },
  ...witnessOptions,
  known: { type: 'string', hint: 'FILE', does: 'a checkpoint of this log that was kept elsewhere' },
  'table-prefix': { type: 'string', hint: 'P', does: 'what the name of every table begins with' },
  json: { type: 'boolean', does: 'prints one JSON object' },
} as const

/** `surveyseal ledger verify LOG|DIR` */
export const ledgerVerify: Command = defineCommand({
  summary:
    'Walks through a whole log, of a database or exported to a directory, and names the first bad entry, or says what was proved and what was not',
  operand: 'LOG|DIR',
  options,
  async run({ operand, values }, io) {
    const known = values.known === undefined ? [] : [await readText(values.known, io)]
    const verdict = await (values.tenant === undefined ? walkFiles : walkRows)(operand, { values, known, io })
    await write(io.stdout, values.json ? `${JSON.stringify(jsonOf(verdict))}\n` : textOf(verdict))
    return verdict.ok ? OK : FINDINGS
  },
})

interface Walk {
  readonly values: OptionValues<typeof options>
  readonly known: readonly string[]
  readonly io: Io
}

async function walkRows(origin: string, { values, known, io }: Walk): Promise<Verdict> {
  const { tenant = '', 'table-prefix': tablePrefix } = values
  const policy = { ...policyOf(values), origin }
  return withDatabase(values.database, io, { existing: true }, async (sql): Promise<Verdict> => {
    const of = { tenant, ...(tablePrefix === undefined ? {} : { tablePrefix }) }
    const openings = consentOpenings(sql, of)
    return verifyLedger(namingDamage(ledgerStore(sql, of)), { policy, known, openings }).then(accepted, refusal)
  })
}

async function walkFiles(directory: string, { values, known }: Walk): Promise<Verdict> {
  const { database, 'table-prefix': tablePrefix } = values
  if (database !== undefined || tablePrefix !== undefined) {
    throw new CliError('ERR_CLI_USAGE', '--database and --table-prefix need --tenant')
  }
  return verifyTiles(tileReader(directory), { policy: policyOf(values), known }).then(accepted, refusal)
}

function policyOf({ key, witnesses, quorum }: OptionValues<typeof options>): LedgerPolicy {
  const count = quorum === undefined ? {} : { quorum: countOf(quorum) }
  return { log: key.split(','), witnesses: witnesses?.split(',') ?? [], ...count }
}

function accepted(verified: Verified): Verdict {
  return { ok: true, verified }
}

function refusal(error: unknown): Verdict {
  if (!(error instanceof LedgerError)) throw error
  const { code, message } = error
  const { first, last } = error instanceof BadEntryError ? error : { first: null, last: null }
  return { ok: false, code, message, first, last }
}

function jsonOf(verdict: Verdict): object {
  if (!verdict.ok) return verdict
  const { checkpoint, root, ...rest } = verdict.verified
  const cosignatures = checkpoint?.cosignatures.map(({ witness, at }) => ({ witness, at: at.toISOString() })) ?? []
  const newest = checkpoint === null ? null : { size: checkpoint.size, cosignatures }
  return { ok: true, ...rest, root: Buffer.from(root).toString('base64'), checkpoint: newest }
}

function textOf(verdict: Verdict): string {
  if (!verdict.ok) return `refused: ${verdict.code}: ${verdict.message}\n`
  const { origin, size, erased, checkpoint, proved, notProved } = verdict.verified
  const signed = checkpoint === null ? 'no checkpoint' : `newest checkpoint over ${checkpoint.size}`
  return [
    `${printable(origin)}: ${size} entries, ${erased === undefined ? '' : `${erased} erased, `}${signed}`,
    ...proved.map((claim) => `proved: ${claim}`),
    ...notProved.map((claim) => `not proved: ${claim}`),
    '',
  ].join('\n')
}
