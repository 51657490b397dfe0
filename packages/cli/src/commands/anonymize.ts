/**
 * `surveyseal anonymize`: a policy applied to a file.
 *
 * @module
 */

import type { CompiledPolicy, Policy } from '@surveyseal/core/anonymize'
import { AnonymizeError, anonymizeNdjson, compilePolicy } from '@surveyseal/core/anonymize'
import type { CliErrorCode } from '../errors.js'
import { CliError } from '../errors.js'
import type { Certificate, Tally } from '../lib/certificate.js'
import { createTally } from '../lib/certificate.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { makeFile } from '../lib/files.js'
import { MAX_RECORD_BYTES } from '../lib/input.js'
import type { Io } from '../lib/io.js'
import type { JsonRecord } from '../lib/ndjson.js'
import { formatNdjson } from '../lib/ndjson.js'
import { write } from '../lib/output.js'
import { isAboutPerson, personOptions } from '../lib/person-options.js'
import { readPolicy, refuseHeaderOfData, retainIdentifiers } from '../lib/policy-file.js'
import type { RecordSource } from '../lib/records.js'
import { atRecord, recordOptions, withRecords } from '../lib/records.js'
import { assertOneInput, isAboutTable, tableOptions, targetOptions } from '../lib/table-options.js'

/** `surveyseal anonymize RECORDS`, or `--database URL --table T` */
export const anonymize: Command = defineCommand({
  summary: 'Applies an anonymization policy to every record of a file or table, or to those of one person in a file',
  operand: '[RECORDS]',
  options: {
    policy: { type: 'string', hint: 'FILE', does: 'the policy, or default for customer records' },
    'retain-identifiers': retainIdentifiers,
    ...personOptions,
    out: { type: 'string', hint: 'FILE', does: 'where the records go, instead of standard output' },
    report: { type: 'string', hint: 'FILE', does: 'where the certificate goes as JSON: counts and the policy digest' },
    ...recordOptions,
    ...tableOptions,
    ...targetOptions,
    json: { type: 'boolean', does: 'prints records as JSON objects; with --out or --table, the certificate' },
  },
  async run({ operand, values }, io) {
    const { out, json } = values
    const isTable = isAboutTable(values)
    assertOneInput({ operand, isTable, isFileOnly: isAboutPerson(values) || out !== undefined })
    // Telephone numbers alone take longer to load than a file of ten thousand records to anonymize.
    if (isAboutPerson(values)) return (await import('../lib/person.js')).anonymizePerson(operand, values, io)
    if (values.html !== undefined) throw new CliError('ERR_CLI_USAGE', '--html needs --preview')
    if (values.preview && (isTable || out !== undefined || values.report !== undefined)) {
      throw new CliError('ERR_CLI_USAGE', '--preview is of a file, and writes nothing')
    }
    if (values.policy === undefined) throw new CliError('ERR_CLI_USAGE', '--policy is required (see --help)')
    const policy = await readPolicy(values.policy, io, values)
    if (values.preview) {
      const { previewPolicy } = await import('../lib/policy-preview.js')
      return previewPolicy(policy, { ...values, path: operand }, { io, summary })
    }
    const certificate = isTable
      ? await (await import('../lib/anonymize-table.js')).anonymizeTable(policy, values, io)
      : await anonymizeFile(policy, { ...values, path: operand }, io)
    const line = `${JSON.stringify(certificate)}\n`
    if (values.report !== undefined) await makeFile(values.report, 0o666, (write) => write(line))
    const isApart = isTable || out !== undefined
    if (isApart && json) await write(io.stdout, line)
    else await write(isApart ? io.stdout : io.stderr, summary(certificate))
    return OK
  },
})

interface FileValues {
  readonly path: string
  readonly out: string | undefined
  readonly json: boolean
  readonly delimiter: string | undefined
  readonly format: string | undefined
}

async function anonymizeFile(
  policy: Policy,
  { path, out, json, ...options }: FileValues,
  io: Io,
): Promise<Certificate> {
  return withRecords(path, options, io, async (source) => {
    refuseHeaderOfData(source)
    const run = (write: Write, asJson: boolean) => applyAll(policy, source, write, asJson)
    if (out === undefined) return run((text) => write(io.stdout, text), json)
    return makeFile(out, 0o666, (write) => run(write, false))
  })
}

type Write = (text: string | Uint8Array) => Promise<void>

async function applyAll(policy: Policy, source: RecordSource, write: Write, json: boolean): Promise<Certificate> {
  const compiled: CompiledPolicy = compilePolicy(policy, {
    columns: source.header ?? [],
    // Records come from a parser, and Node lets programs be made of text.
    parsed: true,
    functionConstructor: Function,
  })
  const tally = createTally(policy)
  const texts =
    source.lines === null ? tableTexts(source, { compiled, tally, json }) : lineTexts(source.lines, compiled, tally)
  for await (const text of texts) await write(text)
  return tally.certificate()
}

async function* lineTexts(
  lines: AsyncIterable<Uint8Array>,
  compiled: CompiledPolicy,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  try {
    yield* anonymizeNdjson(lines, compiled, { maxLineBytes: MAX_RECORD_BYTES, onChanges: tally.add })
  } catch (error) {
    throw inOurWords(error)
  }
}

/** The command had codes of its own before the stream had any. */
function inOurWords(error: unknown): unknown {
  const code =
    error instanceof AnonymizeError && Object.hasOwn(OUR_CODES, error.code) ? OUR_CODES[error.code] : undefined
  return code === undefined ? error : new CliError(code, (error as Error).message)
}

const OUR_CODES: Readonly<Partial<Record<string, CliErrorCode>>> = {
  ERR_NDJSON_MALFORMED: 'ERR_CLI_NDJSON_MALFORMED',
  ERR_NDJSON_LINE_TOO_LONG: 'ERR_CLI_RECORD_TOO_LONG',
  ERR_NDJSON_NOT_UTF8: 'ERR_CLI_NOT_UTF8',
}

interface Treatment {
  readonly compiled: CompiledPolicy
  readonly tally: Tally
  readonly json: boolean
}

async function* tableTexts(source: RecordSource, { compiled, tally, json }: Treatment): AsyncGenerator<string> {
  const apply = (record: object): readonly JsonRecord[] => {
    const { record: anonymized, changes } = atRecord(tally.records + 1, () => compiled.apply(record))
    tally.add(changes)
    return anonymized === null ? [] : [anonymized]
  }
  if (!json) yield source.formatHeader()
  for await (const records of source.batches) {
    const anonymized = records.flatMap(apply)
    yield json ? formatNdjson(anonymized) : source.format(anonymized)
  }
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
