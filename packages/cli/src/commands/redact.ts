/**
 * `surveyseal redact`: personal data in text, replaced.
 *
 * @module
 */

import { type RedactOptions, redact as redactText, SPAN_KINDS, type SpanKind } from '@surveyseal/core/recognize'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { makeFile } from '../lib/files.js'
import { readUtf8 } from '../lib/input.js'
import type { Io } from '../lib/io.js'
import { languageOf, languageOption } from '../lib/language.js'
import { readLines } from '../lib/lines.js'
import { write } from '../lib/output.js'
import { redactionReport } from '../lib/redaction-report.js'
import { emptyTally, tallyLine } from '../lib/redaction-tally.js'

/** Lines are written together until they have this many characters. */
const BATCH = 64 * 1024

/** `surveyseal redact TEXT` */
export const redact: Command = defineCommand({
  summary: 'Replaces personal data in a text, line by line, by placeholders that nothing can reverse',
  operand: 'TEXT',
  options: {
    subject: { type: 'string', hint: 'FILE', does: 'values the subject is known by, one a line, replaced first' },
    kinds: { type: 'string', hint: 'a,b', does: `what to look for besides (default all): ${SPAN_KINDS.join(', ')}` },
    html: { type: 'string', hint: 'FILE', does: 'writes a report of what was replaced where, without the values' },
    language: languageOption,
    json: { type: 'boolean', does: 'prints one JSON object per line: {"text","spans"}' },
  },
  async run({ operand, values }, io) {
    const language = languageOf(values.language)
    const tally = emptyTally()
    const options: RedactOptions = {
      kinds: parseKinds(values.kinds),
      subject: values.subject === undefined ? [] : await readValues(values.subject, io),
    }
    let pending = ''
    for await (const lines of readLines(readUtf8(operand, io))) {
      for (const line of lines.map(withoutReturn)) {
        const redaction = redactText(line, options)
        tallyLine(tally, line.length, redaction)
        pending += `${values.json ? JSON.stringify(redaction) : redaction.text}\n`
        if (pending.length < BATCH) continue
        await write(io.stdout, pending)
        pending = ''
      }
    }
    await write(io.stdout, pending)
    if (values.html !== undefined) await makeFile(values.html, 0o666, (put) => put(redactionReport(tally, language)))
    return OK
  },
})

function parseKinds(list: string | undefined): readonly SpanKind[] {
  const kinds = list === undefined ? SPAN_KINDS : list.split(',').map((kind) => kind.trim())
  if (!kinds.every((kind): kind is SpanKind => (SPAN_KINDS as readonly string[]).includes(kind))) {
    throw new CliError('ERR_CLI_USAGE', '--kinds names a kind that there is not (see --help)')
  }
  return kinds
}

async function readValues(path: string, io: Io): Promise<string[]> {
  const values: string[] = []
  for await (const lines of readLines(readUtf8(path, io))) {
    for (const line of lines) values.push(withoutReturn(line))
  }
  return values
}

/** Windows ends its lines with two characters. */
function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
