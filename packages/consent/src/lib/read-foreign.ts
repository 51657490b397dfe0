/**
 * Consent records of others, from text to a checked strict form.
 *
 * @module
 */

import type { LostMember } from '../export/consent-record.js'
import type { RecordFinding, RecordFindingCode } from '../export/finding.js'
import { consentRecordSchema } from '../export/record-schema.js'
import { isObject, type Json } from './json-ld-node.js'
import { checkSchema } from './json-schema.js'
import { KANTARA_MEMBERS, kantaraSchema } from './kantara-schema.js'
import { checkRecords } from './record-checks.js'
import { NODES } from './record-fields.js'
import { scanJson } from './scan-json.js'
import { toStrictForm } from './strict-form.js'

/** A document as far as it could be read. */
export interface Foreign {
  readonly format: '27560' | 'kantara'
  readonly findings: readonly RecordFinding[]
  /** The strict form, or the Kantara receipt; null when there is none. */
  readonly document: Json | null
  /** What rewriting left out. */
  readonly lost: readonly LostMember[]
}

/** In characters. */
const MAX_DOCUMENT = 1_048_576
const MAX_DEPTH = 32
const MAX_ERRORS = 100
const MAX_WARNINGS = 1000

const WARNINGS: readonly RecordFindingCode[] = ['unknown-member', 'not-available']

/** Nobody reads more errors than this, and finding them all can take long. */
class Enough extends Error {}

type Report = (code: RecordFindingCode, path: string) => void

/** Reads and checks untrusted text. */
export function readForeign(text: string): Foreign {
  const findings: RecordFinding[] = []
  let [errors, warnings] = [0, 0]
  const report: Report = (code, path) => {
    const severity = WARNINGS.includes(code) ? 'warning' : 'error'
    if (severity === 'error' && ++errors > MAX_ERRORS) throw new Enough()
    if (severity === 'error' || ++warnings <= MAX_WARNINGS) findings.push({ code, path: publicPath(path), severity })
  }
  const value = parse(text, report)
  if (value === undefined) return { format: '27560', findings, document: null, lost: [] }
  if (isKantara(value)) {
    const isWhole = isChecked(findings, () => checkSchema(value, kantaraSchema(), report))
    return { format: 'kantara', findings, document: isWhole ? value : null, lost: [] }
  }
  const { document, problems, lost } = toStrictForm(value)
  const isWhole = isChecked(findings, () => {
    for (const { code, path } of problems) report(code, path)
    if (document !== null) checkStrict(document, report)
  })
  return { format: '27560', findings, document: isWhole ? document : null, lost }
}

/** False when there were more errors than anybody wants to know. */
function isChecked(findings: RecordFinding[], check: () => void): boolean {
  try {
    check()
    return true
  } catch (error) {
    if (!(error instanceof Enough)) throw error
    findings.push({ code: 'too-many', path: '', severity: 'error' })
    return false
  }
}

function checkStrict(document: Json, report: Report): void {
  checkSchema(document, consentRecordSchema(), (code, path) => {
    report(isStatus(path) && STATUS_CODES.includes(code) ? 'status-unknown' : code, path)
  })
  checkRecords(document, report)
}

const STATUS_CODES: readonly RecordFindingCode[] = ['wrong-value', 'missing-member']

function isStatus(path: string): boolean {
  return /\/dpv:hasConsentStatus\/\d+\/@type(?:\/\d+)?$/.test(path)
}

/** Undefined when it is not JSON of one reading. */
function parse(text: string, report: Report): unknown {
  if (text.length > MAX_DOCUMENT) return void report('too-long', '')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return void report('not-json', '')
  }
  const { duplicate, reserved, depth } = scanJson(text)
  if (reserved) return void report('reserved-member', '')
  if (depth > MAX_DEPTH) return void report('too-deep', '')
  if (duplicate !== null) return void report('duplicate-member', duplicate.map((name) => `/${escaped(name)}`).join(''))
  if (isIllFormed(value)) return void report('ill-formed-text', '')
  return value
}

/** Whether a text or name in it has half a character. */
function isIllFormed(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Cs}/u.test(value)
  if (Array.isArray(value)) return value.some(isIllFormed)
  return isObject(value) && Object.entries(value).some(([name, member]) => isIllFormed(name) || isIllFormed(member))
}

function escaped(name: string | number): string {
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1')
}

function isKantara(value: unknown): value is Json {
  if (!isObject(value)) return false
  const { version } = value
  return (typeof version === 'string' && version.startsWith('KI-CR-')) || Object.hasOwn(value, 'consentReceiptID')
}

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.values(NODES).flatMap(({ fields }) => Object.values(fields).map(({ term }) => term)),
  ...['@context', '@graph', '@id', '@type', '@language', '@value', '*'],
  ...KANTARA_MEMBERS,
])

/** A name that is in no format may be anything, an address too. */
export function publicPath(path: string): string {
  const names = path.split('/').slice(1)
  return names.map((name) => `/${/^\d+$/.test(name) || KNOWN.has(name) ? name : '*'}`).join('')
}
