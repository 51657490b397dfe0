import {
  type ConsentRecord,
  consentRecordSchema,
  exportKantara,
  exportReceipt,
  exportRecord,
  importConsentRecord,
  validateConsentRecord,
} from '@surveyseal/consent/export'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSchema } from '../src/lib/json-schema.js'
import { toStrictForm } from '../src/lib/strict-form.js'
import { leaves, record } from './support/records.js'

const accepts = new Ajv2020({ strict: true, strictRequired: false }).compile(consentRecordSchema())
const NOW = new Date('2026-03-01T09:00:00Z')
const text = (value: unknown): string => JSON.stringify(value)
const isNode = (value: unknown): value is { [name: string]: unknown } => typeof value === 'object' && value !== null

function errorsOf(json: string): readonly string[] {
  const { findings } = validateConsentRecord(json)
  return findings.filter(({ severity }) => severity === 'error').map(({ code, path }) => `${code} ${path}`)
}

function isAccepted(document: unknown): boolean {
  const found: string[] = []
  checkSchema(document, consentRecordSchema(), (code) => found.push(code))
  return found.length === 0
}

describe('the 27560 profile', () => {
  test('what is exported loses nothing, is accepted by the schema and the validator, and comes back equal', () => {
    fc.assert(
      fc.property(record, (original) => {
        const { document, lost } = exportRecord(original)
        expect(lost).toEqual([])
        expect(accepts(document), text(accepts.errors)).toBe(true)
        expect(errorsOf(text(document))).toEqual([])
        expect(importConsentRecord(text(document))).toMatchObject({ records: [original], lost: [], receipt: null })
      }),
    )
  })

  test('a receipt holds the same records', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 3 }), (records) => {
        const { document, lost } = exportReceipt(records, { now: NOW, id: 'receipt-1' })
        expect(lost).toEqual([])
        expect(accepts(document), text(accepts.errors)).toBe(true)
        const back = importConsentRecord(text(document))
        expect(back.records).toEqual(records)
        expect(back.receipt).toMatchObject({ id: 'receipt-1', created: NOW.toISOString() })
        expect(back.lost).toEqual([])
      }),
    )
  })

  test('every member of a record is in the document or named as lost, whatever a later version adds', () => {
    fc.assert(
      fc.property(record, fc.infiniteStream(fc.integer({ min: 0, max: 1e6 })), (original, choices) => {
        const grown = structuredClone(original)
        const added = addMembers(grown, choices)
        const { document, lost } = exportRecord(grown)
        const paths = new Set(lost.map(({ path }) => path))
        for (const path of added) expect(paths).toContain(path)
        const said = new Set(leaves(document).map(([, value]) => value))
        for (const [path, value] of leaves(original)) {
          if (['state', 'type', 'profile'].includes(path.split('/').at(-1) ?? '')) continue
          expect(said.has(value) || paths.has(path), path).toBe(true)
        }
      }),
    )
  })

  test('the schema as ajv reads it and as the validator does agree on every damaged document', () => {
    let refused = 0
    fc.assert(
      fc.property(record, fc.infiniteStream(fc.integer({ min: 0, max: 1e6 })), (original, choices) => {
        const { document } = exportRecord(original)
        const damaged = structuredClone(document)
        damage(damaged, choices)
        expect(isAccepted(damaged)).toBe(accepts(damaged))
        if (!accepts(damaged)) refused++
        const { document: strict } = toStrictForm(damaged)
        if (strict !== null) expect(isAccepted(strict)).toBe(accepts(strict))
      }),
      { numRuns: 100 },
    )
    expect(refused).toBeGreaterThan(40)
  })

  test('the validator accepts a document exactly when ajv accepts its strict form and references, statuses and times hold', () => {
    const beyond = /^(?:dangling-reference|duplicate-id|time-impossible|status-ambiguous|consent-type-missing) /
    fc.assert(
      fc.property(record, fc.infiniteStream(fc.integer({ min: 0, max: 1e6 })), (original, choices) => {
        const { document } = exportRecord(original)
        const damaged = structuredClone(document)
        damage(damaged, choices)
        const { document: strict, problems } = toStrictForm(damaged)
        const findings = validateConsentRecord(text(damaged)).findings.map(({ code, path }) => `${code} ${path}`)
        const ofSchema = findings.filter((each) => !beyond.test(each) && !each.startsWith('not-available'))
        expect(ofSchema.length === 0).toBe(strict !== null && problems.length === 0 && accepts(strict))
      }),
    )
  })

  test('rewriting leaves what is in the strict form as it is', () => {
    fc.assert(
      fc.property(record, (original) => {
        const { document } = exportRecord(original)
        expect(toStrictForm(JSON.parse(text(document)))).toEqual({ document, problems: [], lost: [] })
      }),
    )
  })

  test('a graph, full IRIs, single values instead of arrays and another prefix say the same', () => {
    fc.assert(
      fc.property(record, fc.constantFrom(graph, full, single, prefixed, vocabulary), (original, spell) => {
        const spelled = spell(JSON.parse(text(exportRecord(original).document)))
        const { records, lost } = importConsentRecord(text(spelled))
        expect(records).toEqual([original])
        expect(lost).toEqual([])
      }),
    )
  })
})

describe('Kantara', () => {
  test('every member of a record is in the receipt or named as lost', () => {
    fc.assert(
      fc.property(record, (original) => {
        const given = withUniqueTerms(withGiven(original))
        const { document, lost } = exportKantara(given)
        const paths = new Set(lost.map(({ path }) => path))
        const said = text(document)
        const at = new Date(document.consentTimestamp * 1000).toISOString()
        for (const [path, value] of leaves(given)) {
          if (paths.has(path) || STRUCTURE.test(path)) continue
          const isSaid = path.endsWith('/at') ? value === at : said.includes(text(value).slice(1, -1))
          expect(isSaid, path).toBe(true)
        }
      }),
    )
  })

  test('a receipt of a record passes the check of receipts', () => {
    fc.assert(
      fc.property(record, (original) => {
        const { document } = exportKantara(withGiven(original))
        expect(validateConsentRecord(text(document)).findings).toEqual([])
      }),
    )
  })

  test('a receipt that is imported and exported again says the same, but for what the import lost', () => {
    fc.assert(
      fc.property(record, (original) => {
        const { document } = exportKantara(withGiven(original))
        const { records, lost } = importConsentRecord(text(document))
        const [back] = records
        if (back === undefined) return expect.unreachable('no record')
        const again = new Map(leaves(exportKantara(back).document))
        const missing = new Set(lost.map(({ path }) => path))
        for (const [path, value] of leaves(document)) {
          if (!missing.has(path) && !/\/(?:purposeCategory|services)\//.test(path))
            expect(again.get(path)).toEqual(value)
        }
      }),
    )
  })
})

describe('hostile input', () => {
  test('whatever is sent, the validator answers, and no answer repeats a text of the document', () => {
    const secret = 'alice.smith@example.com'
    const hostile = fc.json({ maxDepth: 8 }).map((json) => json.replaceAll('"a', `"${secret}`))
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string()), (json) => {
        expect(text(validateConsentRecord(json))).not.toContain('alice')
      }),
    )
  })

  test('a record whose every name and text is an address is refused without repeating one', () => {
    fc.assert(
      fc.property(record, fc.infiniteStream(fc.integer({ min: 0, max: 1e6 })), (original, choices) => {
        const { document } = exportRecord(original)
        const damaged = structuredClone(document)
        damage(damaged, choices, 'alice.smith@example.com')
        expect(text(validateConsentRecord(text(damaged)))).not.toContain('alice')
      }),
    )
  })
})

/** Adds members nobody knows to some objects of a record. */
function addMembers(value: ConsentRecord, choices: Iterator<number>): string[] {
  const added: string[] = []
  const visit = (node: unknown, path: string): void => {
    if (!isNode(node)) return
    for (const [name, member] of Object.entries(node)) visit(member, `${path}/${name}`)
    if (Array.isArray(node) || choices.next().value % 4 !== 0) return
    node['retainedBy'] = `sentinel ${choices.next().value}`
    added.push(`${path}/retainedBy`)
  }
  visit(value, '')
  return added
}

/** Changes one to three places of a document. */
function damage(document: object, choices: Iterator<number>, word = 'x'): void {
  const next = (): number => choices.next().value
  for (let times = 1 + (next() % 3); times > 0; times--) {
    const nodes = [...objectsIn(document)]
    const node = nodes[next() % nodes.length] as Record<string, unknown>
    const names = Object.keys(node)
    const name = names[next() % Math.max(names.length, 1)] ?? word
    const changes: (() => void)[] = [
      () => delete node[name],
      () => Object.assign(node, { [name]: word }),
      () => Object.assign(node, { [name]: [] }),
      () => Object.assign(node, { [name]: 17 }),
      () => Object.assign(node, { [name]: {} }),
      () => Object.assign(node, { [name]: null }),
      () => Object.assign(node, { [word]: word }),
      () => Object.assign(node, { [name]: ['dpv:ConsentTerminated'] }),
      () => Object.assign(node, { [name]: [node[name], node[name]] }),
      () => Object.assign(node, { [name]: '' }),
      () => Object.assign(node, { [name]: 'é'.repeat(10_000) + '😀'.repeat(10_000) }),
      () => Object.assign(node, { [name]: '2026-02-30T00:00:00Z' }),
      () => Object.assign(node, { 'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr' }),
      () => Object.assign(node, { '@type': ['dpv:ConsentReceipt'] }),
      () => Object.assign(node, { '@type': ['dpv:DataSubject'] }),
    ]
    changes[next() % changes.length]?.()
  }
}

function* objectsIn(value: object): Generator<object> {
  if (!Array.isArray(value)) yield value
  for (const [name, member] of Object.entries(value)) {
    if (name !== '@context' && isNode(member)) yield* objectsIn(member)
  }
}

type Document = { [name: string]: unknown }

function graph(document: Document): unknown {
  const { '@context': context, 'dpv:hasEntity': parties, ...rest } = document
  const nodes = parties as Document[]
  return { '@context': context, '@graph': [...nodes, { ...rest, 'dpv:hasEntity': nodes.map((each) => each['@id']) }] }
}

function full(document: Document): unknown {
  const { '@context': context, ...rest } = document
  const prefixes = context as Record<string, string>
  return mapNames(rest, (name) => {
    const [prefix = '', ...local] = name.split(':')
    return Object.hasOwn(prefixes, prefix) ? `${prefixes[prefix]}${local.join(':')}` : name
  })
}

function single(document: Document): unknown {
  const { '@context': _, ...rest } = document
  return mapValues(rest, (value) => (Array.isArray(value) && value.length === 1 ? value[0] : value))
}

function prefixed(document: Document): unknown {
  const { '@context': context, ...rest } = document
  const { dpv, ...others } = context as Record<string, string>
  return {
    '@context': ['https://context.example/not-fetched', { ...others, privacy: { '@id': dpv, '@prefix': true } }],
    ...(mapNames(rest, (name) => name.replace(/^dpv:/, 'privacy:')) as object),
  }
}

function vocabulary(document: Document): unknown {
  const { '@context': context, ...rest } = document
  return {
    '@context': { ...(context as object), '@vocab': 'https://w3id.org/dpv#', type: '@type', id: '@id' },
    ...(mapNames(rest, (name) => name.replace(/^dpv:has/, 'has').replace(/^@(id|type)$/, '$1')) as object),
  }
}

function mapNames(value: unknown, map: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => mapNames(each, map))
  if (!isNode(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [map(name), mapNames(member, map)]))
}

function mapValues(value: unknown, map: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return map(value.map((each) => mapValues(each, map)))
  if (!isNode(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapValues(member, map)]))
}

/** What a receipt says by what stands where: who is who, and that consent is given. */
const STRUCTURE = /^\/parties\/\d+\/id$|\/(?:controllers|recipients)\/\d+$|\/events\/\d+\/(?:state|type)$/

/** Every term its own, so that one member's is not taken for another's. */
function withUniqueTerms(value: ConsentRecord): ConsentRecord {
  let count = 0
  const isTerm = (each: unknown) => typeof each === 'string' && /^(?:pd|dpv|loc|https):\S*$/.test(each)
  const unique = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(unique)
    if (isTerm(node)) return `ex:t${count++}x`
    if (!isNode(node)) return node
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, unique(member)]))
  }
  return unique(value) as ConsentRecord
}

/** The first process is given now. */
function withGiven(original: ConsentRecord): ConsentRecord {
  const [first, ...others] = original.processes
  if (first === undefined) return original
  const events = first.events.map((event) => ({ ...event, state: 'given' as const }))
  return { ...original, processes: [{ ...first, events }, ...others] }
}
