/**
 * Audit reports for people and programs.
 *
 * @module
 */

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { LineFinding } from './audit-lines.js'
import type { FindingKind } from './finding.js'
import type { OriginAudit, TransportFinding, TransportFindingKind } from './origin.js'

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
  /** Origins that were looked at, see `auditOrigin` of `@surveyseal/links/node`. @defaultValue none */
  readonly origins?: readonly OriginAudit[] | undefined
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

/** The same for origins. */
const TRANSPORT_KINDS = {
  'origin-unreachable': 'No answer over TLS',
  'tls-outdated': 'TLS older than 1.2',
  'tls-weak-cipher': 'Cipher without forward secrecy or authentication',
  'certificate-untrusted': 'Certificate of no trusted authority',
  'certificate-host': 'Certificate of another host',
  'certificate-expired': 'Certificate outside its dates',
  'certificate-expiring': 'Certificate about to expire',
  'hsts-missing': 'No Strict-Transport-Security header',
  'hsts-short': 'Strict-Transport-Security for less than half a year',
  'no-https-redirect': 'Plain HTTP is answered without a redirect to https',
} as const satisfies Record<TransportFindingKind, string>

const URL_HELP = 'URLs are kept in logs, histories, referrers and mail scanners. Send an opaque or sealed link instead.'
const ORIGIN_HELP =
  'Whoever is between a respondent and this origin may read links and answers. Set up its TLS anew (RFC 9325).'
const ALL_KINDS = { ...KINDS, ...TRANSPORT_KINDS } as const
const IDS: readonly string[] = Object.keys(ALL_KINDS)
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
export function formatAuditText({ scanned, findings, origins = [] }: AuditReport): string {
  const lines = findings.map((finding) => `${printable(finding.file ?? '-')}:${finding.line}: ${describe(finding)}`)
  for (const origin of origins)
    lines.push(summarize(origin), ...origin.findings.map((each) => describeOrigin(origin, each)))
  const count = findings.length + origins.reduce((sum, origin) => sum + origin.findings.length, 0)
  const read = origins.length > 0 ? plural(origins.length, 'origin', 'asked') : plural(scanned, 'URL', 'read')
  return `${[...lines, `${read}, ${plural(count, 'finding')}`].join('\n')}\n`
}

function plural(count: number, noun: string, verb = ''): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}${verb === '' ? '' : ` ${verb}`}`
}

/** Control and direction characters as `\u{…}`: a file's name must not steer the terminal it is printed on. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

function summarize({ origin, protocol, cipher, certificate, hsts, redirects }: OriginAudit): string {
  return [
    `${origin}: ${protocol ?? 'no TLS'}${cipher === null ? '' : ` ${cipher}`}`,
    certificate === null ? 'no certificate' : `certificate until ${certificate.validTo} (${certificate.daysLeft} days)`,
    hsts === null ? 'no HSTS' : `HSTS ${hsts.maxAge} s${hsts.includeSubDomains ? ' with subdomains' : ''}`,
    redirects === null ? 'plain HTTP not answered' : redirects ? 'plain HTTP redirected' : 'plain HTTP answered',
  ].join(', ')
}

function describeOrigin({ origin }: OriginAudit, { kind }: TransportFinding): string {
  return `${origin}: ${ALL_KINDS[kind]}`
}

/**
 * Writes a report as JSON: `{"scanned","findings":[{"line","kind","location","decoded"}]}`, with `file` and `row` where known.
 * Origins that were looked at are added as `origins`, each with its own `findings`.
 *
 * @param report - What was found.
 * @returns One line that ends in a line break.
 * @group Reporting
 */
export function formatAuditJson({ scanned, findings, origins }: AuditReport): string {
  return `${JSON.stringify(origins === undefined ? { scanned, findings } : { scanned, findings, origins })}\n`
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
export function formatAuditSarif({ findings, origins = [] }: AuditReport): string {
  const runs: object[] = []
  const counts = new Map<string, number>()
  const places = [...findings.map(placeOf), ...origins.flatMap(placesOf)]
  for (let from = 0; from === 0 || from < places.length; from += MAX_RESULTS) {
    const results = places.slice(from, from + MAX_RESULTS).map((place) => resultOf(place, counts))
    runs.push({
      tool: { driver: { name: 'SurveySeal', rules: Object.entries(ALL_KINDS).map(([id, text]) => ruleOf(id, text)) } },
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

/** Where a result is shown. */
interface Place {
  readonly kind: keyof typeof ALL_KINDS
  readonly uri: string
  readonly line: number
  readonly text: string
}

function placeOf(finding: ReportedFinding): Place {
  return { kind: finding.kind, uri: toUri(finding.file ?? 'stdin'), line: finding.line, text: describe(finding) }
}

/** An origin is its own place; what is wrong with it has no line but the first. */
function placesOf(origin: OriginAudit): Place[] {
  return origin.findings.map((each) => {
    return { kind: each.kind, uri: `${origin.origin}/`, line: 1, text: describeOrigin(origin, each) }
  })
}

function resultOf({ kind, uri, line, text }: Place, counts: Map<string, number>): object {
  return {
    ruleId: kind,
    ruleIndex: IDS.indexOf(kind),
    level: 'error',
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } }],
    partialFingerprints: { primaryLocationLineHash: fingerprint(`${uri} ${text}`, counts) },
  }
}

/** The same for a finding whose line moves: its hash, and how many like it came before in the file. */
function fingerprint(text: string, counts: Map<string, number>): string {
  const count = (counts.get(text) ?? 0) + 1
  counts.set(text, count)
  return `${bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16)}:${count}`
}

function ruleOf(id: string, text: string): object {
  const isTransport = Object.hasOwn(TRANSPORT_KINDS, id)
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    shortDescription: { text: isTransport ? text : `${text} in a URL` },
    help: { text: isTransport ? ORIGIN_HELP : URL_HELP },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['privacy'] },
  }
}

function describe({ kind, location, decoded, row }: ReportedFinding): string {
  const through = decoded.length === 0 ? '' : ` through ${decoded.join(', ')}`
  return `${ALL_KINDS[kind]} in ${location}${through}${row === undefined ? '' : ` (known person ${row})`}`
}

/** SARIF locations are URI references. */
function toUri(file: string): string {
  return file
    .replaceAll('\\', '/')
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/')
}
