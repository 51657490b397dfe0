/**
 * `surveyseal ledger verify`: a whole log, from its first entry to its last.
 *
 * @module
 */

import { BadEntryError, LedgerError, type VerifiedLedger, verifyLedger } from '@surveyseal/ledger'
import { consentOpenings, ledgerStore } from '@surveyseal/stores'
import type { Command } from '../lib/command.js'
import { defineCommand, FINDINGS, OK } from '../lib/command.js'
import { databaseOption, withDatabase } from '../lib/database.js'
import { readText } from '../lib/input.js'
import { write } from '../lib/output.js'
import { printable } from '../lib/printable.js'
import { countOf, witnessOptions } from '../lib/witness-options.js'

/** What the walk came to. */
type Verdict =
  | { ok: true; verified: VerifiedLedger }
  | { ok: false; code: string; message: string; first: number | null; last: number | null }

/** `surveyseal ledger verify LOG` */
export const ledgerVerify: Command = defineCommand({
  summary: 'Walks through a whole log and names the first bad entry, or says what was proved and what was not',
  operand: 'LOG',
  options: {
    ...databaseOption,
    tenant: { type: 'string', hint: 'T', does: 'whose log it is', required: true },
    key: { type: 'string', hint: 'VKEY', does: "the log's verifier key; several with commas", required: true },
    ...witnessOptions,
    known: { type: 'string', hint: 'FILE', does: 'a checkpoint of this log that was kept elsewhere' },
    'table-prefix': { type: 'string', hint: 'P', does: 'what the name of every table begins with' },
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ operand: origin, values }, io) {
    const { tenant, 'table-prefix': tablePrefix } = values
    const policy = {
      ...{ log: values.key.split(','), origin, witnesses: values.witnesses?.split(',') ?? [] },
      ...(values.quorum === undefined ? {} : { quorum: countOf(values.quorum) }),
    }
    const known = values.known === undefined ? [] : [await readText(values.known, io)]
    const verdict = await withDatabase(values.database, io, { existing: true }, async (sql): Promise<Verdict> => {
      const options = { tenant, ...(tablePrefix === undefined ? {} : { tablePrefix }) }
      const openings = consentOpenings(sql, options)
      return verifyLedger(ledgerStore(sql, options), { policy, known, openings }).then(
        (verified) => ({ ok: true, verified }),
        refusal,
      )
    })
    await write(io.stdout, values.json ? `${JSON.stringify(jsonOf(verdict))}\n` : textOf(verdict))
    return verdict.ok ? OK : FINDINGS
  },
})

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
    `${printable(origin)}: ${size} entries, ${erased} erased, ${signed}`,
    ...proved.map((claim) => `proved: ${claim}`),
    ...notProved.map((claim) => `not proved: ${claim}`),
    '',
  ].join('\n')
}
