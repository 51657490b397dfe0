/**
 * The published JSON Schema of the 27560 profile, made of the table of its members.
 *
 * @module
 */

import { CONTEXT } from '../lib/json-ld.js'
import type { JsonSchema } from '../lib/json-schema.js'
import { type Field, NODES, type NodeKind, type NodeSpec, type ScalarKind } from '../lib/record-fields.js'
import { PROFILES, RECEIPT_PROFILES, STATES } from '../lib/record-vocabulary.js'

export type { JsonSchema } from '../lib/json-schema.js'

/** One member more than what the context writes, so that a term keeps its meaning without it. */
const TERM = '^[A-Za-z_][A-Za-z0-9+.-]*:[^\\s]+$'
const MAX_TEXT = 20_000
const MAX_ITEMS = 256

const SCALARS: Readonly<Record<Exclude<ScalarKind, 'profile'>, JsonSchema>> = {
  text: { type: 'string', minLength: 1, maxLength: MAX_TEXT },
  term: { type: 'string', maxLength: 2048, pattern: TERM },
  reference: { type: 'string', minLength: 1, maxLength: 2048 },
  iri: { type: 'string', maxLength: 2048, pattern: TERM },
  time: { type: 'string', maxLength: 64, pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$' },
  language: { type: 'string', maxLength: 35, pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$' },
}

const TYPED: JsonSchema = { type: 'array', minItems: 1, maxItems: MAX_ITEMS, items: SCALARS.term }

/** What the law of the European Union asks for besides (table 7.2 of the guide). */
const GDPR_MEMBERS = [
  'dpv:hasLegalBasis',
  'dpv:hasDataSource',
  'dpv:hasProcessing',
  'dpv:hasProcessingCondition',
  'dpv:hasAuthority',
]

/** True of a node with this type. */
function isOf(type: string): JsonSchema {
  return {
    type: 'object',
    properties: { '@type': { type: 'array', contains: { const: type } } },
    required: ['@type'],
  }
}

/** Conditions that hold between members, by kind. */
const BETWEEN: Partial<Readonly<Record<NodeKind, Partial<JsonSchema>>>> = {
  record: {
    if: {
      type: 'object',
      properties: { 'dct:conformsTo': { const: PROFILES['record-eu-gdpr'] } },
      required: ['dct:conformsTo'],
    },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
    then: {
      type: 'object',
      properties: { 'dpv:hasProcess': { type: 'array', items: { type: 'object', required: GDPR_MEMBERS } } },
    },
  },
  party: {
    if: isOf('dpv:DataSubject'),
    else: { type: 'object', required: ['dpv:hasName', 'schema:address', 'schema:contactPoint'] },
  },
}

/**
 * The JSON Schema (2020-12) of the strict form of a consent record or receipt: one spelling of ISO/IEC TS 27560 in terms of DPV.
 *
 * It is also a file of this package, `@surveyseal/consent/consent-record.schema.json`. It refuses unknown members. What
 * no schema can say (references, calendars, one status an event) `validateConsentRecord` checks besides.
 */
export function consentRecordSchema(): JsonSchema {
  const kinds = Object.keys(NODES) as NodeKind[]
  const definitions = kinds.map((kind) => [kind, nodeSchema(kind)] as const)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:uuid:5f0f7b1c-6a51-4b6e-9a3b-2f2d7c0e8a41',
    title: 'Consent record or receipt, ISO/IEC TS 27560:2023 in terms of DPV, strict form 1',
    type: 'object',
    required: ['@context'],
    if: isOf('dpv:ConsentReceipt'),
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
    then: { $ref: '#/$defs/topReceipt' },
    else: { $ref: '#/$defs/topRecord' },
    $defs: {
      ...Object.fromEntries(definitions),
      topRecord: nodeSchema('record', { '@context': { const: CONTEXT } }),
      topReceipt: nodeSchema('receipt', { '@context': { const: CONTEXT } }),
    },
  }
}

function nodeSchema(kind: NodeKind, more: Record<string, JsonSchema> = {}): JsonSchema {
  const spec = NODES[kind]
  const fields = Object.values(spec.fields)
  const members = Object.fromEntries(fields.map((field) => [field.term, fieldSchema(field, kind)]))
  return {
    type: 'object',
    required: ['@type', ...fields.filter((field) => field.required).map(({ term }) => term)],
    properties: { ...more, '@type': typeSchema(spec, kind), ...members },
    additionalProperties: false,
    ...(kind === 'address' || kind === 'contact' ? { minProperties: 2 } : {}),
    ...BETWEEN[kind],
  }
}

function typeSchema({ base, types }: NodeSpec, kind: NodeKind): JsonSchema {
  const closed = types === undefined ? TYPED : { ...TYPED, items: { enum: types } }
  if (kind === 'event') return { ...closed, contains: { enum: Object.values(STATES) } }
  if (types !== undefined) return closed
  return base === null ? TYPED : { ...TYPED, contains: { const: base } }
}

function fieldSchema({ holds, many, term }: Field, kind: NodeKind): JsonSchema {
  const one = holds in NODES ? { $ref: `#/$defs/${holds}` } : scalarSchema(holds as ScalarKind, kind)
  if (many !== true) return one
  const every: JsonSchema = { type: 'array', minItems: 1, maxItems: MAX_ITEMS, items: one }
  return term === 'dpv:hasStorageCondition' ? { ...every, allOf: STORAGE } : every
}

function scalarSchema(holds: ScalarKind, kind: NodeKind): JsonSchema {
  if (holds !== 'profile') return SCALARS[holds]
  return { type: 'string', enum: Object.values(kind === 'receipt' ? RECEIPT_PROFILES : PROFILES) }
}

/** storage_locations and retention_period are both mandatory. */
const STORAGE: readonly JsonSchema[] = [
  ['dpv:StorageLocation', 'dpv:hasLocation'],
  ['dpv:StorageDuration', 'dpv:hasDuration'],
].map(([type, member]) => ({
  contains: {
    type: 'object',
    properties: { '@type': { type: 'array', contains: { const: type } } },
    required: ['@type', ...(member === undefined ? [] : [member])],
  },
}))
