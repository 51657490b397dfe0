/**
 * `surveyseal open`: what links hold.
 *
 * @module
 */

import type { LinkContext } from '@surveyseal/links'
import { LinkError } from '@surveyseal/links'
import type { Command, ExitCode } from '../lib/command.js'
import { defineCommand, FINDINGS, OK } from '../lib/command.js'
import { openScope, scopeOptions } from '../lib/keyring-file.js'
import { write } from '../lib/output.js'
import { printable } from '../lib/printable.js'
import { ownValue, recordOptions, requireColumns, withRecords } from '../lib/records.js'

/** What a link turned out to be. */
type Opened =
  | { ok: true; respondent: string; survey: string; keyId: number; expiresAt: string }
  | { ok: false; code: string }

/** `surveyseal open URL` */
export const open: Command = defineCommand({
  summary: 'Shows what a link holds, or why it is refused; with --column, every link of a file',
  operand: 'URL|FILE',
  options: {
    ...scopeOptions,
    column: { type: 'string', hint: 'NAME', does: 'the operand is a file with links in this column (for -: link)' },
    ...recordOptions,
    json: { type: 'boolean', does: 'prints one JSON object per link' },
  },
  async run({ operand, values }, io) {
    const { column = operand === '-' ? 'link' : undefined } = values
    const context = await openScope(values)
    const show = values.json ? (opened: Opened) => `${JSON.stringify(opened)}\n` : line
    const openOne = (url: unknown) => opened(context, url, io.now())
    if (column === undefined) {
      const one = openOne(operand)
      await write(io.stdout, show(one))
      return one.ok ? OK : FINDINGS
    }
    return withRecords(operand, values, io, async (source) => {
      requireColumns(source, [column])
      let code: ExitCode = OK
      for await (const records of source.batches) {
        const links = records.map((record) => openOne(ownValue(record, column)))
        if (links.some(({ ok }) => !ok)) code = FINDINGS
        await write(io.stdout, links.map(show).join(''))
      }
      return code
    })
  },
})

function opened(context: LinkContext, url: unknown, now: Date): Opened {
  try {
    const { respondent, survey, keyId, expiresAt } = context.open(String(url ?? ''), { now })
    return { ok: true, respondent: textOf(respondent), survey, keyId, expiresAt: expiresAt.toISOString() }
  } catch (error) {
    if (error instanceof LinkError) return { ok: false, code: error.code }
    throw error
  }
}

/** A reference of bytes is shown as base64url. */
function textOf(respondent: string | Uint8Array): string {
  return typeof respondent === 'string' ? respondent : Buffer.from(respondent).toString('base64url')
}

function line(opened: Opened): string {
  if (!opened.ok) return `refused: ${opened.code}\n`
  const { respondent, survey, keyId, expiresAt } = opened
  return `respondent ${printable(respondent)}, survey ${survey}, key ${keyId}, expires ${expiresAt}\n`
}
