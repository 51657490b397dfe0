/**
 * `surveyseal anonymize`: a policy applied to a file.
 *
 * @module
 */

import type { CompiledPolicy, Policy } from '@surveyseal/core/anonymize'
import { compilePolicy } from '@surveyseal/core/anonymize'
import { CliError } from '../errors.js'
import type { Certificate } from '../lib/certificate.js'
import { createTally } from '../lib/certificate.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { makeFile } from '../lib/files.js'
import { formatNdjson } from '../lib/ndjson.js'
import { write } from '../lib/output.js'
import { anonymizePerson, isAboutPerson, personOptions } from '../lib/person.js'
import { readPolicy, refuseHeaderOfData, retainIdentifiers } from '../lib/policy-file.js'
import type { RecordSource } from '../lib/records.js'
import { atRecord, recordOptions, withRecords } from '../lib/records.js'

/** `surveyseal anonymize RECORDS` */
export const anonymize: Command = defineCommand({
  summary: 'Applies an anonymization policy to every record of a file, or to those of one person',
  operand: 'RECORDS',
  options: {
    policy: { type: 'string', hint: 'FILE', does: 'the policy, or default for customer records' },
    'retain-identifiers': retainIdentifiers,
    ...personOptions,
    out: { type: 'string', hint: 'FILE', does: 'where the records go, instead of standard output' },
    report: { type: 'string', hint: 'FILE', does: 'where the certificate goes as JSON: counts and the policy digest' },
    ...recordOptions,
    json: { type: 'boolean', does: 'prints records as JSON objects; with --out, the certificate' },
  },
  async run({ operand, values }, io) {
    const { out, json } = values
    if (isAboutPerson(values)) return anonymizePerson(operand, values, io)
    if (values.html !== undefined) throw new CliError('ERR_CLI_USAGE', '--html needs --preview')
    if (values.preview) throw new CliError('ERR_CLI_USAGE', '--preview needs --email or --phone')
    if (values.policy === undefined) throw new CliError('ERR_CLI_USAGE', '--policy is required (see --help)')
    const policy = await readPolicy(values.policy, io, values)
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
    return anonymized === null ? [] : [anonymized]
  }
  if (!json) await write(source.formatHeader())
  for await (const records of source.batches) {
    const anonymized = records.flatMap(apply)
    await write(json ? formatNdjson(anonymized) : source.format(anonymized))
  }
  return tally.certificate()
}

function summary({ records, techniques, warnings, policyDigest, identifiersRetained }: Certificate): string {
  return [
    `${records} records, policy ${policyDigest}\n`,
    ...Object.entries(techniques).map(([technique, count]) => `  ${technique.padEnd(15)}  ${count}\n`),
    ...warnings.map((warning) => `  warning: ${warning}\n`),
    ...(identifiersRetained === undefined ? [] : [`  identifiers may be kept: ${identifiersRetained}\n`]),
    'Measure the risk that is left with: surveyseal risk\n',
  ].join('')
}
