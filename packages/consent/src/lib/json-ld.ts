/**
 * As much of JSON-LD 1.1 as consent records use: prefixes and terms of a context in the document. Nothing is ever fetched.
 *
 * @module
 */

/** The prefixes of the strict form, which are also understood where a document declares none. */
export const CONTEXT: Readonly<Record<string, string>> = {
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  loc: 'https://w3id.org/dpv/loc#',
  tech: 'https://w3id.org/dpv/tech#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  'dpv-27560': 'https://w3id.org/dpv/schema/dpv-27560#',
  dct: 'http://purl.org/dc/terms/',
  dcat: 'http://www.w3.org/ns/dcat#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  schema: 'https://schema.org/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}

/** What names of one document mean. */
export interface Names {
  /** The strict form's spelling of a member's name, a type or a term. */
  term(name: string): string
  /** An identifier: as {@link Names.term} for prefixes of the document, and otherwise as it is. */
  identifier(name: string): string
  /** The IRI in full. */
  iri(name: string): string
}

const MAX_DEFINITIONS = 1024
const MAX_STEPS = 8
const KEYWORDS: readonly string[] = ['@id', '@type', '@value', '@language', '@graph', '@set', '@list']
const IGNORED: readonly string[] = ['@version', '@language', '@base', '@protected']
const CONTAINERS: readonly unknown[] = [undefined, null, '@set', '@list', '@language']

/**
 * Reads a context: absent, an object, a URL (which is not fetched: the prefixes of the profile stand for it), or several.
 *
 * @returns Null when it uses what is not read here.
 */
export function readContext(context: unknown): Names | null {
  const definitions = new Map(Object.entries(CONTEXT))
  const parts = Array.isArray(context) ? context : [context]
  if (parts.length > 64) return null
  for (const part of parts) {
    if (part === undefined || part === null || typeof part === 'string') continue
    if (typeof part !== 'object' || Array.isArray(part) || !define(part, definitions)) return null
    if (definitions.size > MAX_DEFINITIONS) return null
  }
  return namesOf(definitions)
}

function define(context: object, definitions: Map<string, string>): boolean {
  for (const [name, value] of Object.entries(context)) {
    if (IGNORED.includes(name)) continue
    if (name.startsWith('@') && name !== '@vocab') return false
    const iri = definitionOf(value)
    if (iri === null) return false
    if (iri === undefined) definitions.delete(name)
    else definitions.set(name, iri)
  }
  return true
}

/** The IRI of a definition; undefined when it takes one back, null when it cannot be read. */
function definitionOf(value: unknown): string | null | undefined {
  if (value === null) return undefined
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || Array.isArray(value)) return null
  const { '@id': id, '@type': _, '@container': container, '@language': __, '@prefix': ___, ...rest } = value as Names_
  if (Object.keys(rest).length > 0 || !CONTAINERS.includes(container)) return null
  return typeof id === 'string' ? id : null
}

type Names_ = Readonly<Record<string, unknown>>

function namesOf(definitions: ReadonlyMap<string, string>): Names {
  const iri = (name: string): string => expand(name, definitions)
  return {
    iri,
    term: (name) => compact(iri(name)),
    identifier: (name) => (name.includes(':') ? compact(iri(name)) : name),
  }
}

/** Definitions may stand on each other; a circle is followed only so far and leads nowhere. */
function expand(name: string, definitions: ReadonlyMap<string, string>): string {
  let current = name
  for (let step = 0; step < MAX_STEPS; step++) {
    if (KEYWORDS.includes(current)) return current
    const next = expandOnce(current, definitions)
    if (next === null || next.length > 4096) return current
    current = next
  }
  return current
}

function expandOnce(name: string, definitions: ReadonlyMap<string, string>): string | null {
  const whole = definitions.get(name)
  if (whole !== undefined) return whole === name ? null : whole
  const colon = name.indexOf(':')
  if (colon === -1) {
    const vocabulary = definitions.get('@vocab')
    return vocabulary === undefined || name.startsWith('@') ? null : vocabulary + name
  }
  const rest = name.slice(colon + 1)
  const namespace = definitions.get(name.slice(0, colon))
  return namespace === undefined || rest.startsWith('//') ? null : namespace + rest
}

function compact(iri: string): string {
  for (const [prefix, namespace] of Object.entries(CONTEXT)) {
    if (!iri.startsWith(namespace)) continue
    const rest = iri.slice(namespace.length)
    if (/^[A-Za-z0-9_-]+$/.test(rest)) return `${prefix}:${rest}`
  }
  return iri
}
