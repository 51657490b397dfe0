/**
 * Between a record and the strict form, both ways by one table.
 *
 * @module
 */

import type { LostMember } from '../export/consent-record.js'
import { isObject, type Json } from './json-ld-node.js'
import { segment } from './json-schema.js'
import { type Field, NODES, type NodeKind } from './record-fields.js'
import { CONSENT_TYPES, PROFILES, RECEIPT_PROFILES, STATES } from './record-vocabulary.js'

type Lose = (path: string, reason: LostMember['reason']) => void

/** Writes a record or a part of one; members without a term are lost. */
export function encodeNode(value: unknown, kind: NodeKind, path: string, lose: Lose): Json {
  if (!isObject(value)) {
    lose(path, 'not-a-value')
    return {}
  }
  const { fields } = NODES[kind]
  const out: Record<string, unknown> = { '@type': typesToWrite(value, kind) }
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || TYPE_MEMBERS[kind]?.includes(name) || name === 'types') continue
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    const at = path + segment(name)
    if (field === undefined) lose(at, 'no-term')
    else if (!Array.isArray(member) || member.length > 0) out[field.term] = encodeField(member, field, kind, at, lose)
  }
  return out
}

function encodeField(value: unknown, field: Field, kind: NodeKind, path: string, lose: Lose): unknown {
  const { holds, many } = field
  if (holds === 'profile') return profilesOf(kind)[value as string] ?? value
  if (!(holds in NODES)) return value
  const encode = (each: unknown, at: string) => encodeNode(each, holds as NodeKind, at, lose)
  return many ? asList(value).map((each, index) => encode(each, path + segment(index))) : encode(value, path)
}

/** Reads a node of the strict form; members that no reader knows are lost. */
export function decodeNode(node: Json, kind: NodeKind, path: string, lose: Lose): Json {
  const names = new Map(Object.entries(NODES[kind].fields).map(([name, { term }]) => [term, name]))
  const out: Record<string, unknown> = typesRead(node, kind, () => lose(`${path}/@type`, 'no-term'))
  for (const [term, member] of Object.entries(node)) {
    if (term === '@type' || term === '@context') continue
    const name = names.get(term)
    const field = name === undefined ? undefined : NODES[kind].fields[name]
    if (name === undefined || field === undefined) lose(`${path}/*`, 'no-term')
    else out[name] = decodeField(member, field, kind, path + segment(term), lose)
  }
  return out
}

function decodeField(value: unknown, field: Field, kind: NodeKind, path: string, lose: Lose): unknown {
  const { holds, many } = field
  if (holds === 'profile') return Object.entries(profilesOf(kind)).find(([, iri]) => iri === value)?.[0]
  if (!(holds in NODES)) return value
  const decode = (each: unknown, at: string) => decodeNode(each as Json, holds as NodeKind, at, lose)
  return many ? asList(value).map((each, index) => decode(each, path + segment(index))) : decode(value, path)
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function profilesOf(kind: NodeKind): Readonly<Record<string, string>> {
  return kind === 'receipt' ? RECEIPT_PROFILES : PROFILES
}

/** Members that are written as types. */
const TYPE_MEMBERS: Partial<Readonly<Record<NodeKind, readonly string[]>>> = { event: ['state', 'type'] }

function typesToWrite(value: Json, kind: NodeKind): readonly unknown[] {
  const { base } = NODES[kind]
  if (kind === 'event') {
    const { state, type } = value
    return [named(STATES, state), ...(type === undefined ? [] : [named(CONSENT_TYPES, type)])]
  }
  const types = value['types'] === undefined ? [] : asList(value['types'])
  return base === null || types.includes(base) ? types : [base, ...types]
}

function named(table: Readonly<Record<string, string>>, name: unknown): unknown {
  return typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : name
}

function typesRead(node: Json, kind: NodeKind, lose: () => void): Record<string, unknown> {
  const types = asList(node['@type'])
  if (kind === 'event') {
    const state = nameIn(STATES, types)
    const type = nameIn(CONSENT_TYPES, types)
    return { state, ...(type === undefined ? {} : { type }) }
  }
  const { base } = NODES[kind]
  const others = types.filter((type) => type !== base)
  if (others.length === 0) return {}
  if (!UNTYPED.includes(kind)) return { types: others }
  lose()
  return {}
}

function nameIn(table: Readonly<Record<string, string>>, types: readonly unknown[]): string | undefined {
  return Object.entries(table).find(([, term]) => types.includes(term))?.[0]
}

/** Nodes without a member for other types than their own. */
const UNTYPED: readonly NodeKind[] = ['record', 'receipt', 'source', 'process', 'address', 'contact']
