/**
 * `surveyseal anonymize`: a policy applied to a file.
 *
 * @module
 */

import type { CompiledPolicy, Policy } from '@surveyseal/core/anonymize'
import { compilePolicy, defaultPolicy, parsePolicy } from '@surveyseal/core/anonymize'
import { CliError } from '../errors.js'
import type { Certificate } from '../lib/certificate.js'
import { createTally } from '../lib/certificate.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { makeFile } from '../lib/files.js'
import { readJson } from '../lib/input.js'
import type { Io } from '../lib/io.js'
import { formatNdjson } from '../lib/ndjson.js'
import { write } from '../lib/output.js'
import type { RecordSource } from '../lib/records.js'
import { atRecord, recordOptions, withRecords } from '../lib/records.js'

/** `surveyseal anonymize RECORDS` */
export const anonymize: Command = defineCommand({
  summary: 'Applies an anonymization policy to every record of a file',
  operand: 'RECORDS',
  options: {
    policy: { type: 'string', hint: 'FILE', does: 'the policy, or default for customer records', required: true },
    out: { type: 'string', hint: 'FILE', does: 'where the records go, instead of standard output' },
    report: { type: 'string', hint: 'FILE', does: 'where the certificate goes as JSON: counts and the policy digest' },
    ...recordOptions,
    json: { type: 'boolean', does: 'prints records as JSON objects; with --out, the certificate' },
  },
  async run({ operand, values }, io) {
    const { out, json } = values
    const policy = await readPolicy(values.policy, io)
    const certificate = await withRecords(operand, values, io, async (source) => {
      refuseHeaderOfData(source)
      const run = (write: Write, asJson: boolean) => applyAll(policy, source, write, asJson)
      if (out === undefined) return run((text) => write(io.stdout, text), json)
      return makeFile(out, 0o666, (write) => run(write, false))
    })
    const line = `${JSON.stringify(certificate)}\n`
    if (values.report !== undefined) await makeFile(values.report, 0o666, (write) => write(line))
    if (out !== undefined && json) await write(io.stdout, line)
    else await write(out === undefined ? io.stderr : io.stdout, summary(certificate))
    return OK
  },
})

type Write = (text: string) => Promise<void>

/** An e-mail address, or a whole cell that may be a telephone or customer number. */
const PERSONAL = /[^\s@]@[^\s@.]+\.[^\s@]|^[\s+().-]*(?:\d[\s().-]*){7,}$/u

/** The columns are kept: in a file without a header those would be the first person's own data. */
function refuseHeaderOfData({ header }: RecordSource): void {
  if (!header?.some((column) => PERSONAL.test(column))) return
  throw new CliError(
    'ERR_CLI_HEADER_PERSONAL_DATA',
    'a column is called by an address or number: is the header missing?',
  )
}

async function readPolicy(path: string, io: Io): Promise<Policy> {
  return path === 'default' ? defaultPolicy('en') : parsePolicy(await readJson(path, io))
}

async function applyAll(policy: Policy, source: RecordSource, write: Write, json: boolean): Promise<Certificate> {
  const compiled: CompiledPolicy = compilePolicy(policy, {
    columns: source.header ?? [],
    // Records come from a parser, and Node lets programs be made of text.
    parsed: true,
    functionConstructor: Function,
  })
  const tally = createTally(policy)
  const apply = (record: object) => {
    const { record: anonymized, changes } = atRecord(tally.records + 1, () => compiled.apply(record))
    tally.add(changes)
    return anonymized
  }
  if (!json) await write(source.formatHeader())
  for await (const records of source.batches) {
    const anonymized = records.map(apply)
    await write(json ? formatNdjson(anonymized) : source.format(anonymized))
  }
  return tally.certificate()
}

function summary({ records, techniques, warnings, policyDigest }: Certificate): string {
  return [
    `${records} records, policy ${policyDigest}\n`,
    ...Object.entries(techniques).map(([technique, count]) => `  ${technique.padEnd(12)}  ${count}\n`),
    ...warnings.map((warning) => `  warning: ${warning}\n`),
    'Measure the risk that is left with: surveyseal risk\n',
  ].join('')
}
