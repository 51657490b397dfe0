/**
 * From the many ways JSON-LD allows to the one the schema describes.
 *
 * @module
 */

import type { LossReason } from '../export/consent-record.js'
import type { RecordFindingCode } from '../export/finding.js'
import { CONTEXT, type Names, readContext } from './json-ld.js'
import { asArray, hasInnerContext, indexOf, isObject, type Json, rename, topOf, typesOf } from './json-ld-node.js'
import { segment } from './json-schema.js'
import { claimedDurationType } from './record-duration.js'
import { type Field, NODES, type NodeKind, type NodeSpec } from './record-fields.js'

/** What rewriting came to. */
export interface StrictForm {
  /** Null when there is no record or receipt to rewrite. */
  readonly document: Json | null
  readonly problems: readonly { readonly code: RecordFindingCode; readonly path: string }[]
  /** What has no place in the strict form, besides members that no reader knows: those are still in it. */
  readonly lost: readonly { readonly path: string; readonly reason: LossReason }[]
}

/** Values a document may unfold to; references and inheritance could otherwise make millions of a few. */
const MAX_VALUES = 100_000

/** Processes in processes, which nodes that name each other can make a circle of. */
const MAX_DEPTH = 32

interface Rewriting {
  readonly names: Names
  /** Nodes of the graph, by identifier. */
  readonly nodes: ReadonlyMap<string, Json>
  readonly problems: { code: RecordFindingCode; path: string }[]
  readonly lost: { path: string; reason: LossReason }[]
  budget: number
}

class TooLarge extends Error {}

/**
 * Rewrites a value of `JSON.parse`; what is in the strict form already comes back equal.
 *
 * Prefixes and names of the document's context become those of the strict form, single values arrays, identifiers nodes,
 * references to nodes of `@graph` the nodes; parties keyed by their ids become a list; processes in processes and members
 * stated once for all become whole processes; notices are collected in the record.
 *
 * @param value - Of bounded depth.
 */
export function toStrictForm(value: unknown): StrictForm {
  const problems: Rewriting['problems'] = []
  const refuse = (code: RecordFindingCode, path = ''): StrictForm => ({
    document: null,
    problems: [...problems, { code, path }],
    lost: [],
  })
  if (!isObject(value)) return refuse('not-a-record')
  const names = readContext(value['@context'])
  if (names === null || hasInnerContext(value)) return refuse('context-unusable', '/@context')
  const graph = rename(value, names, '@graph')
  const state = { names, nodes: indexOf(graph, names), problems, lost: [], budget: MAX_VALUES }
  const top = graph === undefined ? value : topOf(asArray(graph), names)
  if (top === null) return refuse('not-a-record')
  const kind = typesOf(top, names).includes('dpv:ConsentReceipt') ? 'receipt' : 'record'
  try {
    const document = rewriteTop(top, kind, state)
    return { document: { '@context': CONTEXT, ...document }, problems, lost: state.lost }
  } catch (error) {
    if (error instanceof TooLarge) return refuse('too-large')
    throw error
  }
}

function rewriteTop(top: Json, kind: 'receipt' | 'record', state: Rewriting): Json {
  const { '@context': _, ...rest } = top
  return rewriteNode(rest, kind, '', state, [])
}

function spend(state: Rewriting): void {
  if (--state.budget < 0) throw new TooLarge()
}

function rewriteNode(raw: unknown, kind: NodeKind, path: string, state: Rewriting, above: readonly string[]): Json {
  spend(state)
  const spec = NODES[kind]
  const value = typeof raw === 'string' ? named(raw, state) : raw
  if (typeof value === 'string') return withBase(textNode(value, kind, spec, state), spec, state)
  if (!isObject(value)) return value as Json
  const { node, within } = dereference(value, state, above)
  const members = spelled(node, spec, path, state)
  const whole = kind === 'record' ? collect(members, path, state) : members
  const known = new Map(Object.values(spec.fields).map((field) => [field.term, field]))
  const out: Record<string, unknown> = {}
  for (const [term, member] of whole) {
    spend(state)
    const field = known.get(term)
    const rewritten = field === undefined ? member : rewriteMember(member, field, path + segment(term), state, within)
    if (rewritten !== undefined) out[term] = rewritten
  }
  return completed(withBase(out, spec, state), kind)
}

/** Text that names a node of the graph is that node. */
function named(text: string, { names, nodes }: Rewriting): unknown {
  return nodes.get(names.identifier(text)) ?? text
}

function dereference(
  value: Json,
  { names, nodes }: Rewriting,
  above: readonly string[],
): { node: Json; within: readonly string[] } {
  const id = rename(value, names, '@id')
  if (typeof id !== 'string') return { node: value, within: above }
  const key = names.identifier(id)
  const found = Object.keys(value).length === 1 && !above.includes(key) ? nodes.get(key) : undefined
  return { node: found ?? value, within: [...above, key] }
}

/** The members under their strict names; two names of one member are one too many. */
function spelled(node: Json, spec: NodeSpec, path: string, state: Rewriting): Map<string, unknown> {
  const members = new Map<string, unknown>()
  const entries = Object.entries(node).map(([name, value]) => [state.names.term(name), value] as const)
  const taken = new Set(entries.map(([term]) => term))
  for (const [term, value] of entries) {
    const alias = Object.hasOwn(spec.aliases ?? {}, term) ? spec.aliases?.[term] : undefined
    const name = alias === undefined || taken.has(alias) ? term : alias
    if (members.has(name)) state.problems.push({ code: 'duplicate-member', path: `${path}/*` })
    members.set(name, value)
  }
  return members
}

function rewriteMember(
  value: unknown,
  field: Field,
  path: string,
  state: Rewriting,
  above: readonly string[],
): unknown {
  const isParties = field.holds === 'party' && isObject(value) && isMap(value, state)
  const values = isParties ? Object.entries(value).map(([id, party]) => withId(id, party)) : asArray(value)
  if (values.length === 0) return undefined
  const rewrite = (each: unknown, at: string) => rewriteValue(each, field, at, state, above)
  if (field.many) return values.map((each, index) => rewrite(each, path + segment(index)))
  return values.length === 1 ? rewrite(values[0], path) : values
}

/** Parties by their ids, instead of one party. */
function isMap(value: Json, { names }: Rewriting): boolean {
  const terms = Object.values(NODES.party.fields).map(({ term }) => term)
  const isMember = (name: string): boolean => name === '@type' || terms.includes(names.term(name))
  return Object.values(value).every(isObject) && !Object.keys(value).some((name) => isMember(name))
}

function withId(id: string, party: unknown): unknown {
  return isObject(party) ? { '@id': id, ...party } : party
}

function rewriteValue(
  value: unknown,
  { holds }: Field,
  path: string,
  state: Rewriting,
  above: readonly string[],
): unknown {
  spend(state)
  const plain = plainValue(value, path, state)
  if (holds in NODES) return rewriteNode(plain, holds as NodeKind, path, state, above)
  const text = isObject(plain) ? (identifierOf(plain, state) ?? plain) : plain
  if (typeof text !== 'string') return text
  if (holds === 'term') return state.names.identifier(text)
  if (holds === 'reference') return state.names.identifier(text)
  return holds === 'profile' || holds === 'iri' ? state.names.iri(text) : text
}

/** A value object (JSON-LD 1.1 section 4.2.1) is its value; a language it has is lost. */
function plainValue(value: unknown, path: string, state: Rewriting): unknown {
  if (!isObject(value)) return value
  const { '@value': plain, '@type': _, '@language': language, ...rest } = value
  if (plain === undefined || Object.keys(rest).length > 0) return value
  if (language !== undefined) state.lost.push({ path: `${path}/@language`, reason: 'no-term' })
  return plain
}

function identifierOf(value: Json, { names }: Rewriting): string | null {
  const id = rename(value, names, '@id')
  return Object.keys(value).length === 1 && typeof id === 'string' ? id : null
}

const TERM = /^[a-z][a-z0-9-]*:[A-Za-z0-9_-]+$/

/** A node that is only named. */
function textNode(text: string, kind: NodeKind, spec: NodeSpec, { names }: Rewriting): Record<string, unknown> {
  const term = names.identifier(text)
  if (kind === 'duration') return { '@type': [claimedDurationType(text)], 'rdf:value': text }
  if (spec.text !== '@type' && spec.text !== 'skos:broader') return { [spec.text]: text }
  if (!TERM.test(term)) return { 'dct:description': text }
  return { [spec.text]: [term] }
}

function withBase(node: Record<string, unknown>, { base }: NodeSpec, { names }: Rewriting): Record<string, unknown> {
  const given = asArray(node['@type']).map((type) => (typeof type === 'string' ? names.term(type) : type))
  const types = base === null || given.includes(base) ? given : [base, ...given]
  const { '@type': _, ...rest } = node
  return types.length === 0 ? rest : { '@type': types, ...rest }
}

/** A party's id and identifier stand for each other. */
function completed(node: Record<string, unknown>, kind: NodeKind): Json {
  if (kind !== 'party') return node
  const { '@id': id, 'dpv:hasIdentifier': identifier } = node
  const isPlain = typeof (id ?? identifier) === 'string'
  return isPlain ? { ...node, '@id': id ?? identifier, 'dpv:hasIdentifier': identifier ?? id } : node
}

/** Members of processes that a record states once for all of them. */
const INHERITED: ReadonlySet<string> = new Set([
  ...Object.values(NODES.process.fields).map(({ term }) => term),
  ...Object.keys(NODES.process.aliases ?? {}),
])

const OWN: ReadonlySet<string> = new Set([
  ...Object.values(NODES.record.fields).map(({ term }) => term),
  '@type',
  'dpv:hasProcess',
])

/** Processes become whole, notices and languages those of the record, and nodes of the graph that are parties its parties. */
function collect(record: Map<string, unknown>, path: string, state: Rewriting): Map<string, unknown> {
  const inherited = new Map([...record].filter(([term]) => INHERITED.has(term) && !OWN.has(term)))
  const own = new Map([...record].filter(([term]) => !inherited.has(term)))
  const notices = [...asArray(own.get('dpv:hasNotice'))]
  const processes = asArray(own.get('dpv:hasProcess')).flatMap((each) =>
    flatten(each, inherited, { path, depth: 0 }, state),
  )
  const whole = processes.map((each) => (isObject(each) ? hoistNotices(each, notices, state) : each))
  if (whole.length > 0) own.set('dpv:hasProcess', whole)
  if (notices.length > 0) own.set('dpv:hasNotice', distinct(notices))
  if (!own.has('dct:language')) own.set('dct:language', languagesOf(notices, state))
  addParties(own, state)
  return own
}

/** A process with what it inherits; one with processes inside is these. */
function flatten(raw: unknown, inherited: ReadonlyMap<string, unknown>, at: Place, state: Rewriting): unknown[] {
  const value = typeof raw === 'string' ? named(raw, state) : raw
  if (!isObject(value)) return [value]
  spend(state)
  if (at.depth > MAX_DEPTH) throw new TooLarge()
  const { node } = dereference(value, state, [])
  const members = spelled(node, NODES.process, `${at.path}/dpv:hasProcess`, state)
  const whole = new Map([...inherited, ...members])
  const inner = asArray(whole.get('dpv:hasProcess'))
  whole.delete('dpv:hasProcess')
  if (inner.length === 0) return [Object.fromEntries(whole)]
  state.budget -= inner.length * whole.size
  if (state.budget < 0) throw new TooLarge()
  const { '@type': _, '@id': __, ...passedOn } = Object.fromEntries(whole)
  const deeper = { ...at, depth: at.depth + 1 }
  return inner.flatMap((each) => flatten(each, new Map(Object.entries(passedOn)), deeper, state))
}

interface Place {
  readonly path: string
  readonly depth: number
}

/** Takes the notices out of a process and its events, which name them from then on. */
function hoistNotices(process: Json, notices: unknown[], state: Rewriting): Json {
  const { 'dpv:hasNotice': ofProcess, ...rest } = process
  notices.push(...asArray(ofProcess))
  if (!Object.hasOwn(rest, 'dpv:hasConsentStatus')) return rest
  const events = asArray(rest['dpv:hasConsentStatus']).map((event) => {
    if (!isObject(event)) return event
    const term = Object.keys(event).find((name) => state.names.term(name) === 'dpv:hasNotice')
    if (term === undefined) return event
    const names = asArray(event[term]).map((notice) => {
      const id = isObject(notice) ? noticeId(notice, state) : null
      if (id === null || (isObject(notice) && Object.keys(notice).length === 1)) return notice
      notices.push(notice)
      return id
    })
    return { ...event, [term]: names }
  })
  return { ...rest, 'dpv:hasConsentStatus': events }
}

function noticeId(notice: Json, { names }: Rewriting): string | null {
  const id =
    rename(notice, names, 'dct:identifier') ??
    rename(notice, names, 'dpv:hasIdentifier') ??
    rename(notice, names, '@id')
  return typeof id === 'string' ? id : null
}

function languagesOf(notices: readonly unknown[], { names }: Rewriting): readonly unknown[] {
  const languages = notices.filter(isObject).flatMap((notice) => asArray(rename(notice, names, 'dct:language')))
  return [...new Set(languages)]
}

/** The same notice is shown many times. */
function distinct(notices: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>()
  return [...new Set(notices)].filter((notice) => {
    const text = JSON.stringify(notice)
    return seen.has(text) ? false : seen.add(text)
  })
}

/** Types by which a node of the graph is a party. */
const PARTY_TYPE =
  /^dpv:(?:Entity|LegalEntity|Organisation|\w*Organisation|Data\w*Controller|DataProcessor|ThirdParty|Recipient|Authority|\w*Authority|Representative)$/

function addParties(record: Map<string, unknown>, { nodes, names }: Rewriting): void {
  const listed = record.get('dpv:hasEntity')
  if (nodes.size === 0 || isObject(listed)) return
  const linked = asArray(listed)
  const ids = new Set(
    linked.flatMap((each) => (typeof each === 'string' ? [names.identifier(each)] : idsOf(each, names))),
  )
  const others = [...nodes].filter(
    ([id, node]) => !ids.has(id) && typesOf(node, names).some((type) => PARTY_TYPE.test(type)),
  )
  if (others.length > 0) record.set('dpv:hasEntity', [...linked, ...others.map(([, node]) => node)])
}

function idsOf(node: unknown, names: Names): readonly string[] {
  const id = isObject(node) ? rename(node, names, '@id') : undefined
  return typeof id === 'string' ? [names.identifier(id)] : []
}
