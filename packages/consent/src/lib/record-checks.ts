/**
 * What no schema can say of a record in the strict form.
 *
 * @module
 */

import type { RecordFindingCode } from '../export/finding.js'
import { isObject, type Json } from './json-ld-node.js'
import { segment } from './json-schema.js'
import { isDay, isPeriod } from './record-duration.js'
import { NODES } from './record-fields.js'
import { CONSENT_TYPES, STATES } from './record-vocabulary.js'

type Report = (code: RecordFindingCode, path: string) => void

const STATE_TERMS: readonly string[] = Object.values(STATES)
const TYPE_TERMS: readonly string[] = Object.values(CONSENT_TYPES)

/** Legal bases that say how consent was expressed. */
const CONSENT_BASIS = /^(?:dpv:\w*Consent|eu-gdpr:A6-1-a(?:-explicit-consent|-non-explicit-consent)?|eu-gdpr:A9-2-a)$/

/** References that may also be a concept: the data subject, or whoever acts for one. */
const CONCEPT = /^dpv:\w+$/

/** Checks each record of a document. */
export function checkRecords(document: Json, report: Report): void {
  const records = listOf(document['dpv:hasRecordOfActivity'])
  if (records.length === 0) checkRecord(document, '', report)
  for (const [index, record] of records.entries()) {
    if (isObject(record)) checkRecord(record, `/dpv:hasRecordOfActivity/${index}`, report)
  }
  for (const path of unavailable(document)) report('not-available', path)
}

function checkRecord(record: Json, path: string, report: Report): void {
  const parties = identifiersIn(record['dpv:hasEntity'], ['@id', 'dpv:hasIdentifier'])
  const subject = identifiersIn([record['dpv:hasDataSubject']], ['@id', 'dct:identifier'])
  const everybody = new Set([...parties, ...subject])
  const notices = identifiersIn(record['dpv:hasNotice'], ['@id', 'dct:identifier'])
  const sources = identifiersIn(record['dct:source'], ['dct:identifier'])
  checkDistinct(record, path, report)
  resolve(record, ['dct:creator', 'dct:publisher'], everybody, path, report)
  for (const [process, at] of nodesIn(record, 'dpv:hasProcess', path)) {
    resolve(process, PARTY_REFERENCES, everybody, at, report)
    const basis = listOf(process['dpv:hasLegalBasis'])
    const isTyped = basis.some((term) => typeof term === 'string' && CONSENT_BASIS.test(term) && term !== 'dpv:Consent')
    for (const [event, where] of nodesIn(process, 'dpv:hasConsentStatus', at)) {
      resolve(event, ['dpv:isIndicatedBy'], everybody, where, report)
      resolve(event, ['dpv:hasNotice'], notices, where, report)
      resolve(event, ['dct:source'], sources, where, report)
      checkStatus(event, isTyped, where, report)
    }
  }
  checkTimes(record, path, report)
}

const PARTY_REFERENCES = [
  'dpv:hasDataController',
  'dpv:hasDataProcessor',
  'dpv:hasRecipient',
  'dpv:hasThirdParty',
  'dpv:hasAuthority',
]

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value === undefined ? [] : [value]
}

function* nodesIn(node: Json, term: string, path: string): Generator<[Json, string]> {
  for (const [index, value] of listOf(node[term]).entries()) {
    if (isObject(value)) yield [value, `${path}${segment(term)}/${index}`]
  }
}

function identifiersIn(nodes: unknown, members: readonly string[]): ReadonlySet<unknown> {
  return new Set(
    listOf(nodes)
      .filter(isObject)
      .flatMap((node) => members.map((member) => node[member])),
  )
}

function resolve(
  node: Json,
  terms: readonly string[],
  known: ReadonlySet<unknown>,
  path: string,
  report: Report,
): void {
  for (const term of terms) {
    const value = node[term]
    for (const [index, name] of listOf(value).entries()) {
      if (typeof name !== 'string' || known.has(name)) continue
      if (CONCEPT.test(name) && !NEEDS_DESCRIPTION.includes(term)) continue
      report('dangling-reference', `${path}${segment(term)}${Array.isArray(value) ? `/${index}` : ''}`)
    }
  }
}

/** A controller, notice or signed text is described, never only a kind of one. */
const NEEDS_DESCRIPTION: readonly string[] = ['dpv:hasDataController', 'dpv:hasNotice', 'dct:source']

function checkDistinct(record: Json, path: string, report: Report): void {
  for (const [term, member] of [
    ['dpv:hasEntity', '@id'],
    ['dpv:hasNotice', 'dct:identifier'],
    ['dct:source', 'dct:identifier'],
  ] as const) {
    const seen = new Set<unknown>()
    for (const [node, at] of nodesIn(record, term, path)) {
      const id = node[member]
      if (typeof id === 'string' && seen.has(id)) report('duplicate-id', `${at}${segment(member)}`)
      seen.add(id)
    }
  }
}

const VALID_STATES: readonly unknown[] = [STATES.given, STATES.renewed]

function checkStatus(event: Json, isTyped: boolean, path: string, report: Report): void {
  const types = listOf(event['@type'])
  const states = types.filter((type) => STATE_TERMS.includes(type as string))
  const kinds = types.filter((type) => TYPE_TERMS.includes(type as string))
  if (states.length > 1 || kinds.length > 1) report('status-ambiguous', `${path}/@type`)
  if (!isTyped && kinds.length === 0 && states.some((state) => VALID_STATES.includes(state))) {
    report('consent-type-missing', `${path}/@type`)
  }
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})/
/** How the value of a duration reads, by its type. */
const DURATIONS: Readonly<Record<string, (value: string) => boolean>> = {
  'dpv:TemporalDuration': isPeriod,
  'dpv:UntilTimeDuration': isDay,
  'dpv:FixedOccurrencesDuration': (value) => /^[1-9]\d{0,8}$/.test(value),
}

const TIMES: ReadonlySet<string> = new Set(
  Object.values(NODES).flatMap(({ fields }) =>
    Object.values(fields).flatMap(({ term, holds }) => (holds === 'time' ? [term] : [])),
  ),
)

function checkTimes(value: unknown, path: string, report: Report): void {
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) checkTimes(element, `${path}/${index}`, report)
  }
  if (!isObject(value)) return
  for (const [name, member] of Object.entries(value)) {
    const at = `${path}${segment(name)}`
    if (TIMES.has(name) && typeof member === 'string') {
      if (INSTANT.test(member) && !isInstant(member)) report('time-impossible', at)
    } else if (name === 'dpv:hasDuration' && isObject(member)) checkDuration(member, at, report)
    else if (isObject(member) || Array.isArray(member)) checkTimes(member, at, report)
  }
}

function checkDuration(duration: Json, path: string, report: Report): void {
  const { 'rdf:value': value } = duration
  if (typeof value !== 'string' || value === NOT_AVAILABLE) return
  for (const type of listOf(duration['@type'])) {
    const reads = typeof type === 'string' && Object.hasOwn(DURATIONS, type) ? DURATIONS[type] : undefined
    if (reads?.(value) === false) report('time-impossible', `${path}/rdf:value`)
  }
}

function isInstant(text: string): boolean {
  const [, day = '', hours, minutes, seconds] = INSTANT.exec(text) ?? []
  return isDay(day) && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60
}

/** What DPV has for a member without a value. */
export const NOT_AVAILABLE = 'dpv:NotAvailable'

/** Where a document says that something is not available. */
export function unavailable(value: unknown, path = ''): readonly string[] {
  if (value === NOT_AVAILABLE) return [path]
  if (Array.isArray(value)) return value.flatMap((element, index) => unavailable(element, `${path}/${index}`))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, member]) => unavailable(member, path + segment(name)))
}
