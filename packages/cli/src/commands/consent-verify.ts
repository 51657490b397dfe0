/**
 * `surveyseal consent verify`: a receipt, offline.
 *
 * @module
 */

import { ConsentError, receiptHtml, type VerifiedReceipt, verifyReceipt } from '@surveyseal/consent'
import { LedgerError } from '@surveyseal/ledger'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, FINDINGS, OK } from '../lib/command.js'
import { readControllerKeys } from '../lib/controller-keys.js'
import { makeFile } from '../lib/files.js'
import { readText } from '../lib/input.js'
import type { Io } from '../lib/io.js'
import { write } from '../lib/output.js'
import { printable } from '../lib/printable.js'
import { countOf, witnessOptions } from '../lib/witness-options.js'

type Verdict =
  | { readonly ok: true; readonly verified: VerifiedReceipt }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** `surveyseal consent verify RECEIPT` */
export const consentVerify: Command = defineCommand({
  summary:
    'Verifies a receipt offline and says what was proved and what was not; ends with 1 when it is refused, or changed by a later one',
  operand: 'RECEIPT',
  options: {
    key: {
      type: 'string',
      hint: 'FILE',
      does: 'the public keys of the controller, a JWK set; its member "logs" may hold the verifier keys of its logs',
      required: true,
    },
    'log-key': { type: 'string', hint: 'VKEYS', does: 'verifier keys of its logs, with commas' },
    later: { type: 'string', hint: 'FILES', does: 'later receipts of the same person and survey, with commas' },
    checkpoint: { type: 'string', hint: 'FILES', does: 'checkpoints of the log that were kept elsewhere, with commas' },
    growth: {
      type: 'string',
      hint: 'FILES',
      does: 'proofs that a checkpoint grew out of an older one, from ledger prove, with commas',
    },
    ...witnessOptions,
    html: { type: 'string', hint: 'FILE', does: 'writes the receipt as a page to print' },
    language: { type: 'string', hint: 'en|fr', does: 'the language of that page, en if left out' },
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ operand, values }, io) {
    const language = languageOf(values.language)
    const { logs = [], keys } = await readControllerKeys(values.key, io)
    const given = {
      keys: { keys, logs: [...logs, ...list(values['log-key'])] },
      later: await readAll(list(values.later), io),
      checkpoints: await Promise.all(list(values.checkpoint).map((path) => readText(path, io))),
      growth: await Promise.all(list(values.growth).map((path) => readText(path, io))),
      witnesses: list(values.witnesses),
      ...(values.quorum === undefined ? {} : { quorum: countOf(values.quorum) }),
    }
    const [receipt = ''] = await readAll([operand], io)
    const verdict = await verifyReceipt(receipt, given).then(accepted, refused)
    if (verdict.ok && values.html !== undefined) {
      await makeFile(values.html, 0o600, (print) => print(receiptHtml(verdict.verified, { language })))
    }
    await write(io.stdout, values.json ? `${JSON.stringify(jsonOf(verdict))}\n` : textOf(verdict))
    return verdict.ok && !verdict.verified.proved.includes('changed-later') ? OK : FINDINGS
  },
})

function accepted(verified: VerifiedReceipt): Verdict {
  return { ok: true, verified }
}

function refused(error: unknown): Verdict {
  if (!(error instanceof ConsentError || error instanceof LedgerError)) throw error
  return { ok: false, code: error.code, message: error.message }
}

/** The pseudonym, the salt and the signed texts stay where they are: what is printed travels further than a receipt. */
function jsonOf(verdict: Verdict): object {
  if (!verdict.ok) return verdict
  const { event, notice, inclusion, later, unchangedUntil, proved, notProved } = verdict.verified
  const { kind, audience, survey, decisions, receivedAt, seq, digest, hash } = event
  return {
    ok: true,
    event: { kind, audience, survey, decisions, receivedAt: new Date(receivedAt).toISOString(), seq, digest, hash },
    notice: notice && { id: notice.id, version: notice.version, language: notice.language },
    inclusion,
    later: later.map((one) => ({ ...one, receivedAt: new Date(one.receivedAt).toISOString() })),
    unchangedUntil: unchangedUntil === null ? null : new Date(unchangedUntil).toISOString(),
    proved,
    notProved,
  }
}

function textOf(verdict: Verdict): string {
  if (!verdict.ok) return `refused: ${verdict.code}: ${verdict.message}\n`
  const { event, notice, inclusion, later, unchangedUntil, proved, notProved } = verdict.verified
  const at = (instant: number): string => new Date(instant).toISOString()
  const wording = notice === null ? [] : [`notice: ${notice.id} ${notice.version} (${notice.language})`]
  const place = inclusion === null ? [] : [`log: ${inclusion.log}, entry ${inclusion.index} of ${inclusion.size}`]
  return [
    `${event.kind} for ${event.survey}, received ${at(event.receivedAt)} by ${event.audience}`,
    ...Object.entries(event.decisions).map(([purpose, decision]) => `${decision}: ${purpose}`),
    ...[...wording, ...place],
    ...later.map(({ purpose, decision, receivedAt }) => `later ${decision}: ${purpose}, ${at(receivedAt)}`),
    ...proved.map((claim) => `proved: ${claim}${claim === 'unchanged-until' ? ` ${at(unchangedUntil ?? 0)}` : ''}`),
    ...notProved.map((claim) => `not proved: ${claim}`),
  ]
    .map((line) => `${printable(line)}\n`)
    .join('')
}

/** Receipts are one line; an editor may have added its end. */
async function readAll(paths: readonly string[], io: Io): Promise<string[]> {
  return Promise.all(paths.map(async (path) => (await readText(path, io)).trim()))
}

function list(text: string | undefined): string[] {
  return text?.split(',') ?? []
}

function languageOf(text: string | undefined): 'en' | 'fr' {
  if (text === undefined || text === 'en' || text === 'fr') return text ?? 'en'
  throw new CliError('ERR_CLI_USAGE', '--language is en or fr')
}
