/**
 * Nodes of JSON-LD as they are written, before anything is rewritten.
 *
 * @module
 */

import type { Names } from './json-ld.js'

/** Any object of `JSON.parse`. */
export type Json = Readonly<Record<string, unknown>>

/** Any object of `JSON.parse`, arrays apart. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One value, a set or a list, as an array; absence as none. */
export function asArray(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  if (isObject(value)) {
    const { '@set': set, '@list': list } = value
    if (Array.isArray(set ?? list) && Object.keys(value).length === 1) return (set ?? list) as readonly unknown[]
  }
  return [value]
}

/** Whether a node has a context of its own. */
export function hasInnerContext(top: Json): boolean {
  const { '@context': _, ...rest } = top
  const waiting: unknown[] = Object.values(rest)
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value) && Object.hasOwn(value, '@context')) return true
    for (const member of Object.values(value)) if (member !== undefined && member !== null) waiting.push(member)
  }
  return false
}

/** A member under whichever name the context gives it. */
export function rename(object: Json, names: Names, term: string): unknown {
  const name = Object.keys(object).find((each) => names.term(each) === term)
  return name === undefined ? undefined : object[name]
}

/** The types of a node. */
export function typesOf(object: Json, names: Names): readonly string[] {
  return asArray(rename(object, names, '@type')).flatMap((type) => (typeof type === 'string' ? [names.term(type)] : []))
}

/** The nodes of a graph, by identifier. */
export function indexOf(graph: unknown, names: Names): ReadonlyMap<string, Json> {
  const nodes = asArray(graph).filter(isObject)
  const entries = nodes.map((node) => [rename(node, names, '@id'), node] as const)
  return new Map(entries.flatMap(([id, node]) => (typeof id === 'string' ? [[names.identifier(id), node]] : [])))
}

/** The receipt of a graph, or the one record of a graph without any. */
export function topOf(graph: readonly unknown[], names: Names): Json | null {
  const nodes = graph.filter(isObject)
  for (const type of ['dpv:ConsentReceipt', 'dpv:ConsentRecord']) {
    const [first, ...others] = nodes.filter((node) => typesOf(node, names).includes(type))
    if (first !== undefined) return others.length === 0 ? first : null
  }
  return null
}
