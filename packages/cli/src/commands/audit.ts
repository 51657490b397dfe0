/**
 * `surveyseal audit`: personal data in the URLs of logs, tables and templates.
 *
 * @module
 */

import type { AuditReport, KnownSubjects, ReportedFinding } from '@surveyseal/links/audit'
import { auditLines, formatAuditJson, formatAuditSarif, formatAuditText, indexSubjects } from '@surveyseal/links/audit'
import { auditOrigin, type OriginAudit } from '@surveyseal/links/node'
import { CliError } from '../errors.js'
import type { Command, ExitCode } from '../lib/command.js'
import { defineCommand, FINDINGS, OK } from '../lib/command.js'
import { readAnyBytes, readText } from '../lib/input.js'
import type { Io } from '../lib/io.js'
import { write } from '../lib/output.js'
import { recordOptions, withRecords } from '../lib/records.js'

/** How a report can be written. */
const FORMATS: Readonly<Record<string, (report: AuditReport) => string>> = {
  text: formatAuditText,
  json: formatAuditJson,
  sarif: formatAuditSarif,
}

/** `surveyseal audit FILE...`, `surveyseal audit --live ORIGIN...` */
export const audit: Command = defineCommand({
  summary: 'Finds personal data in the URLs of logs, tables and templates, however it is encoded',
  operand: 'FILE...',
  options: {
    format: { type: 'string', hint: 'text|json|sarif', does: 'how to write the report (default text)' },
    known: { type: 'string', hint: 'SUBJECTS.csv', does: 'finds these people too, by value and by unsalted hash' },
    delimiter: {
      ...recordOptions.delimiter,
      does: 'separates the cells of --known; without it, the likeliest of , ; tab |',
    },
    live: {
      type: 'boolean',
      does: 'takes origins (https://host) instead of files, connects to each, and reports TLS, certificate, HSTS and redirect',
    },
    ca: { type: 'string', hint: 'FILE', does: 'with --live: authorities in PEM that count besides the usual ones' },
    'http-port': { type: 'string', hint: 'PORT', does: 'with --live: where plain HTTP answers, when not on 80' },
    json: { type: 'boolean', does: 'the same as --format json' },
  },
  async run({ operands, values }, io) {
    const name = values.json ? 'json' : (values.format ?? 'text')
    const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined
    if (format === undefined) throw new CliError('ERR_CLI_USAGE', '--format is text, json or sarif')
    if (values.live) return reportOrigins(operands, values, { format, io })
    if (values.ca !== undefined || values['http-port'] !== undefined)
      throw new CliError('ERR_CLI_USAGE', '--ca and --http-port go with --live')
    const known = values.known === undefined ? undefined : await readSubjects(values.known, values.delimiter, io)
    const report = await auditFiles(operands, known, io)
    await write(io.stdout, format(report))
    return report.findings.length === 0 ? OK : FINDINGS
  },
})

/** Asks the origins named on the command line, no other, and one after the other: it is a look, no load. */
async function reportOrigins(
  operands: readonly string[],
  values: { readonly ca: string | undefined; readonly 'http-port': string | undefined },
  { format, io }: { format: (report: AuditReport) => string; io: Io },
): Promise<ExitCode> {
  const port = values['http-port']
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    throw new CliError('ERR_CLI_USAGE', '--http-port is a number from 1 to 65535')
  const ca = values.ca === undefined ? undefined : await readText(values.ca, io)
  const origins: OriginAudit[] = []
  for (const origin of operands) {
    origins.push(
      await auditOrigin(origin, { ca, now: io.now, httpPort: port === undefined ? undefined : Number(port) }),
    )
  }
  await write(io.stdout, format({ scanned: 0, findings: [], origins }))
  return origins.every(({ findings }) => findings.length === 0) ? OK : FINDINGS
}

async function auditFiles(files: readonly string[], known: KnownSubjects | undefined, io: Io): Promise<AuditReport> {
  let scanned = 0
  const findings: ReportedFinding[] = []
  for (const file of files) {
    for await (const line of auditLines(readAnyBytes(file, io), { known })) {
      scanned += line.scanned
      for (const finding of line.findings) findings.push(file === '-' ? finding : { file, ...finding })
    }
  }
  return { scanned, findings }
}

/** Rows are counted from 1 after the header, which is nobody. */
function readSubjects(path: string, delimiter: string | undefined, io: Io): Promise<KnownSubjects> {
  return withRecords(path, { delimiter, format: undefined }, io, async ({ batches }) => {
    const people: string[][] = []
    for await (const records of batches) {
      for (const record of records) people.push(Object.values(record).filter((value) => typeof value === 'string'))
    }
    return indexSubjects(people)
  })
}
