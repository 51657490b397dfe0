/**
 * Audit reports for people and programs.
 *
 * @module
 */

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
 * @param report - What was found.
 * @returns JSON that ends in a line break.
 * @see [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)
 * @group Reporting
 */
export function formatAuditSarif({ findings }: AuditReport): string {
  const ids = Object.keys(KINDS)
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'SurveySeal', rules: Object.entries(KINDS).map(([id, text]) => ruleOf(id, text)) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.kind,
          ruleIndex: ids.indexOf(finding.kind),
          level: 'error',
          message: { text: describe(finding) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: toUri(finding.file ?? 'stdin') },
                region: { startLine: finding.line },
              },
            },
          ],
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
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
