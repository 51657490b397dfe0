/**
 * Audit reports for people and programs.
 *
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { LineFinding } from './audit-lines.js'
import type { FindingKind } from './finding.js'

/**
 * A finding with the file it was found in.
 *
 * @group Reporting
 */
export interface ReportedFinding extends LineFinding {
  /** A path relative to where the report is read; absent for standard input. */
  readonly file?: string
}

/**
 * What an audit found.
 *
 * @group Reporting
 */
export interface AuditReport {
  /** How many URLs were read. */
  readonly scanned: number
  /** Everything found, in order. */
  readonly findings: readonly ReportedFinding[]
}

/** What each kind is called, and what to do about it. */
const KINDS = {
  email: 'E-mail address',
  url: 'Web address',
  iban: 'Bank account number',
  card: 'Payment card number',
  'national-id': 'National identifier',
  ip: 'IP address',
  coordinates: 'Geographic position',
  'birth-date': 'Date of birth',
  phone: 'Telephone number',
  'postal-address': 'Postal address',
  'postal-code': 'Postal code',
  name: 'Name',
  'customer-number': 'Customer number',
  'embedded-data': 'Readable embedded data',
  'hashed-identifier': 'Hash of an identifier',
  'known-subject': 'Value of a known person',
  userinfo: 'User name before the host',
  'insecure-transport': 'Link over http instead of https',
  undecoded: 'Value nested too deeply to read',
} as const satisfies Record<FindingKind, string>

const IDS: readonly string[] = Object.keys(KINDS)
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
/** GitHub refuses a run with more. */
const MAX_RESULTS = 25_000

/**
 * Writes a report as text, one finding per line.
 *
 * @param report - What was found.
 * @returns Lines that end in a line break.
 * @group Reporting
 */
export function formatAuditText({ scanned, findings }: AuditReport): string {
  const lines = findings.map((finding) => `${finding.file ?? '-'}:${finding.line}: ${describe(finding)}`)
  const summary = `${scanned} ${scanned === 1 ? 'URL' : 'URLs'} read, ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`
  return `${[...lines, summary].join('\n')}\n`
}

/**
 * Writes a report as JSON: `{"scanned","findings":[{"line","kind","location","decoded"}]}`, with `file` and `row` where known.
 *
 * @param report - What was found.
 * @returns One line that ends in a line break.
 * @group Reporting
 */
export function formatAuditJson({ scanned, findings }: AuditReport): string {
  return `${JSON.stringify({ scanned, findings })}\n`
}

/**
 * Writes a report as SARIF 2.1.0, as code scanning services take it. There are no snippets: a report travels further than a log.
 *
 * A run holds 25,000 results, the most that GitHub reads of one; a longer report has several runs. Fingerprints are of kinds and
 * places, never of values.
 *
 * @param report - What was found.
 * @returns JSON that ends in a line break.
 * @see [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)
 * @group Reporting
 */
export function formatAuditSarif({ findings }: AuditReport): string {
  const runs: object[] = []
  const counts = new Map<string, number>()
  for (let from = 0; from === 0 || from < findings.length; from += MAX_RESULTS) {
    const results = findings.slice(from, from + MAX_RESULTS).map((finding) => resultOf(finding, counts))
    runs.push({
      tool: { driver: { name: 'SurveySeal', rules: Object.entries(KINDS).map(([id, text]) => ruleOf(id, text)) } },
      columnKind: 'utf16CodeUnits',
      results,
      ...automation(from),
    })
  }
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs }, null, 2)}\n`
}

/** Runs of one tool in one upload are told apart by their category. */
function automation(from: number): object {
  return from === 0 ? {} : { automationDetails: { id: `surveyseal-audit/${from / MAX_RESULTS + 1}/` } }
}

function resultOf(finding: ReportedFinding, counts: Map<string, number>): object {
  const uri = toUri(finding.file ?? 'stdin')
  return {
    ruleId: finding.kind,
    ruleIndex: IDS.indexOf(finding.kind),
    level: 'error',
    message: { text: describe(finding) },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: finding.line } } }],
    partialFingerprints: { primaryLocationLineHash: fingerprint(`${uri} ${describe(finding)}`, counts) },
  }
}

/** The same for a finding whose line moves: its hash, and how many like it came before in the file. */
function fingerprint(text: string, counts: Map<string, number>): string {
  const count = (counts.get(text) ?? 0) + 1
  counts.set(text, count)
  return `${bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16)}:${count}`
}

function ruleOf(id: string, text: string): object {
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${text} in a URL` },
    help: {
      text: 'URLs are kept in logs, histories, referrers and mail scanners. Send an opaque or sealed link instead.',
    },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['privacy'] },
  }
}

function describe({ kind, location, decoded, row }: ReportedFinding): string {
  const through = decoded.length === 0 ? '' : ` through ${decoded.join(', ')}`
  return `${KINDS[kind]} in ${location}${through}${row === undefined ? '' : ` (known person ${row})`}`
}

/** SARIF locations are URI references. */
function toUri(file: string): string {
  return file
    .replaceAll('\\', '/')
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/')
}
