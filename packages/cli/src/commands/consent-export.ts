/**
 * `surveyseal consent export`: what receipts prove, in a format others read.
 *
 * @module
 */

import { type VerifiedReceipt, verifyReceipt } from '@surveyseal/consent'
import {
  type ConsentRecord,
  type DescribedConsent,
  describeConsent,
  type Exported,
  exportKantara,
  exportReceipt,
  exportRecord,
  type RecordFacts,
  validateConsentRecord,
} from '@surveyseal/consent/export'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { readControllerKeys } from '../lib/controller-keys.js'
import { readJson, readText } from '../lib/input.js'
import type { Io } from '../lib/io.js'
import { write } from '../lib/output.js'
import { printable } from '../lib/printable.js'

type Writer = (record: ConsentRecord, now: Date) => Exported<object>

/** Formats by the name `--format` gives them. */
const FORMATS: Readonly<Record<string, Writer>> = {
  27560: (record) => exportRecord(record),
  '27560-receipt': (record, now) => exportReceipt([record], { now }),
  kantara: (record) => exportKantara(record),
}

/** `surveyseal consent export RECEIPTS` */
export const consentExport: Command = defineCommand({
  summary:
    'Writes the receipts in a file, one a line, all of one person and survey, as a consent record for others, once each is verified; stderr says what got lost',
  operand: 'RECEIPTS',
  options: {
    format: { type: 'string', hint: '27560|27560-receipt|kantara', does: 'what to write', required: true },
    key: { type: 'string', hint: 'FILE', does: 'the public keys of the controller, a JWK set', required: true },
    facts: { type: 'string', hint: 'FILE', does: 'what the format asks for and no notice says: a RecordFacts in JSON' },
    id: { type: 'string', hint: 'ID', does: 'identifier of the record, a random UUID if left out' },
    'without-signed-texts': { type: 'boolean', does: 'leaves out the signed texts: the record then proves nothing' },
    json: { type: 'boolean', does: 'prints one JSON object: {"document","lost","unstated"}' },
  },
  async run({ operand, values }, io) {
    const format = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined
    if (format === undefined) throw new CliError('ERR_CLI_USAGE', '--format is 27560, 27560-receipt or kantara')
    if (operand === '-' && values.facts === '-') throw new CliError('ERR_CLI_USAGE', 'only one - can be read')
    const keys = await readControllerKeys(values.key, io)
    const facts = values.facts === undefined ? {} : await readFacts(values.facts, io)
    const receipts = await readReceipts(operand, keys, io)
    const options = { facts, now: io.now(), withoutSignedTexts: values['without-signed-texts'] }
    const described = describe(receipts, values.id === undefined ? options : { ...options, id: values.id })
    const exported = format(described.record, io.now())
    assertValid(exported.document)
    await report(described, exported, values.json, io)
    return OK
  },
})

async function readFacts(path: string, io: Io): Promise<RecordFacts> {
  const facts = await readJson(path, io)
  if (isObject(facts) && Object.entries(facts).every(([name, value]) => isFact(name, value))) return facts
  throw new CliError('ERR_CLI_JSON_MALFORMED', `${JSON.stringify(path)} is not an object of facts`)
}

/** What the members of facts are; what is in them is seen in the record they make. */
const FACTS: Readonly<Record<keyof RecordFacts, (value: unknown) => boolean>> = {
  profile: (value) => value === 'record' || value === 'record-eu-gdpr',
  controller: (value) => isObject(value) && (value['contacts'] === undefined || Array.isArray(value['contacts'])),
  parties: (value) => Array.isArray(value) && value.every(isObject),
  process: isObject,
  storageLocations: Array.isArray,
  withdrawAt: (value) => typeof value === 'string',
  noticeUrl: (value) => typeof value === 'string',
  terms: (value) => isObject(value) && Object.values(value).every(Array.isArray),
}

function isFact(name: string, value: unknown): boolean {
  return Object.hasOwn(FACTS, name) && FACTS[name as keyof RecordFacts](value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One receipt a line; each is verified before anything is said of it. Of two receipts of one event the later line counts. */
async function readReceipts(
  path: string,
  keys: Parameters<typeof verifyReceipt>[1]['keys'],
  io: Io,
): Promise<readonly VerifiedReceipt[]> {
  const lines = (await readText(path, io)).split(/\r?\n/).map((line) => line.trim())
  const receipts = new Map<string, VerifiedReceipt>()
  for (const line of lines) {
    if (line === '') continue
    const receipt = await verifyReceipt(line, { keys })
    receipts.set(receipt.event.digest, receipt)
  }
  if (receipts.size === 0) throw new CliError('ERR_CLI_RECEIPTS_MIXED', 'no receipt is in the file')
  return [...receipts.values()]
}

function describe(
  receipts: readonly VerifiedReceipt[],
  options: Parameters<typeof describeConsent>[1],
): DescribedConsent {
  const people = new Set(receipts.map(({ event }) => `${event.survey} ${event.subject}`))
  if (people.size !== 1) throw new CliError('ERR_CLI_RECEIPTS_MIXED', 'expected receipts of one person and survey')
  return describeConsent(receipts, options)
}

/** Facts are the user's; whatever they make of a record is held to the same rules as anybody's. */
function assertValid(document: object): void {
  const { findings } = validateConsentRecord(JSON.stringify(document))
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return
  const where = `${first.code} at ${first.path}`
  throw new CliError(
    'ERR_CLI_FACTS_INVALID',
    `the facts make a record with ${errors.length} errors, the first: ${where}`,
  )
}

/** The document on stdout, and on stderr what it does not say. */
async function report({ lost }: DescribedConsent, exported: Exported<object>, asJson: boolean, io: Io): Promise<void> {
  const all = [
    ...lost.map(({ path, reason }) => ({ path: `/receipts${path}`, reason })),
    ...exported.lost.map(({ path, reason }) => ({ path: `/record${path}`, reason })),
  ]
  const { document, unstated } = exported
  if (asJson) return write(io.stdout, `${JSON.stringify({ document, lost: all, unstated })}\n`)
  await write(io.stdout, `${JSON.stringify(document, null, 2)}\n`)
  const lines = [
    ...all.map(({ path, reason }) => `lost: ${path} (${reason})`),
    ...unstated.map((path) => `unstated: ${path}`),
  ]
  await write(io.stderr, lines.map((line) => `${printable(line)}\n`).join(''))
}
