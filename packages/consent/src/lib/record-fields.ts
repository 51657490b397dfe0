/**
 * The one table of the 27560 profile: which member of a record is which term of DPV, and what it may hold. The published
 * schema, the strict form, export and import are all read off it.
 *
 * @module
 */

import { CONSENT_TYPES, STATES } from './record-vocabulary.js'

/** What a member holds. `reference` names a party, notice or source of the record. */
export type ScalarKind = 'text' | 'term' | 'reference' | 'iri' | 'time' | 'language' | 'profile'

/** One member of a node. */
export interface Field {
  readonly term: string
  readonly holds: ScalarKind | NodeKind
  /** An array in the strict form, of one element at least. */
  readonly many?: true
  readonly required?: true
}

/** One kind of node. */
export interface NodeSpec {
  /** The type every node of this kind has; null when its types say what it is and are required. */
  readonly base: string | null
  /** The only types there may be, when the list is closed. */
  readonly types?: readonly string[]
  /** Where text goes that stands for the node; `@type` when the text is one. */
  readonly text: string
  /** Other spellings of this node's terms. */
  readonly aliases?: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, Field>>
}

const text = (term: string): Field => ({ term, holds: 'text' })
const iri: Field = { term: '@id', holds: 'reference' }
const terms = (term: string): Field => ({ term, holds: 'term', many: true })
const references = (term: string): Field => ({ term, holds: 'reference', many: true })
const required = (field: Field): Field => ({ ...field, required: true })
const node = (term: string, holds: NodeKind): Field => ({ term, holds })
const nodes = (term: string, holds: NodeKind): Field => ({ term, holds, many: true })

const item = {
  id: text('dct:identifier'),
  iri,
  categories: terms('skos:broader'),
  title: text('dct:title'),
  description: text('dct:description'),
  url: text('schema:url'),
}

const IDENTIFIER = { 'dpv:hasIdentifier': 'dct:identifier' }
const condition = {
  locations: terms('dpv:hasLocation'),
  duration: node('dpv:hasDuration', 'duration'),
  frequency: { term: 'dpv:hasFrequency', holds: 'term' },
  description: text('dct:description'),
} as const satisfies Record<string, Field>

/** Kinds of nodes. */
export type NodeKind =
  | 'receipt'
  | 'record'
  | 'principal'
  | 'notice'
  | 'source'
  | 'process'
  | 'purpose'
  | 'personalData'
  | 'dataSource'
  | 'operation'
  | 'condition'
  | 'duration'
  | 'rule'
  | 'service'
  | 'control'
  | 'right'
  | 'measure'
  | 'assessment'
  | 'event'
  | 'party'
  | 'address'
  | 'contact'

/** The table. */
export const NODES: Readonly<Record<NodeKind, NodeSpec>> = {
  receipt: {
    base: 'dpv:ConsentReceipt',
    text: 'dct:identifier',
    aliases: IDENTIFIER,
    fields: {
      iri,
      profile: { term: 'dct:conformsTo', holds: 'profile', required: true },
      id: required(text('dct:identifier')),
      created: { term: 'dct:created', holds: 'time', required: true },
      issued: { term: 'dct:issued', holds: 'time' },
      publisher: { term: 'dct:publisher', holds: 'reference' },
      recipient: { term: 'schema:recipient', holds: 'reference' },
      records: required(nodes('dpv:hasRecordOfActivity', 'record')),
    },
  },
  record: {
    base: 'dpv:ConsentRecord',
    text: 'dct:identifier',
    aliases: IDENTIFIER,
    fields: {
      iri,
      profile: { term: 'dct:conformsTo', holds: 'profile', required: true },
      id: required(text('dct:identifier')),
      created: { term: 'dct:created', holds: 'time' },
      modified: { term: 'dct:modified', holds: 'time' },
      issued: { term: 'dct:issued', holds: 'time' },
      creator: { term: 'dct:creator', holds: 'reference' },
      publisher: { term: 'dct:publisher', holds: 'reference' },
      principal: required(node('dpv:hasDataSubject', 'principal')),
      languages: { term: 'dct:language', holds: 'language', many: true, required: true },
      notices: required(nodes('dpv:hasNotice', 'notice')),
      processes: required(nodes('dpv:hasProcess', 'process')),
      parties: required(nodes('dpv:hasEntity', 'party')),
      sources: nodes('dct:source', 'source'),
    },
  },
  principal: {
    base: 'dpv:DataSubject',
    text: 'dct:identifier',
    aliases: IDENTIFIER,
    fields: { iri, id: required(text('dct:identifier')), categories: terms('skos:broader') },
  },
  notice: {
    base: 'dpv:ConsentNotice',
    text: 'dct:identifier',
    aliases: { ...IDENTIFIER, 'dpv:isExercisedAt': 'schema:url' },
    fields: {
      id: required(text('dct:identifier')),
      iri,
      languages: { term: 'dct:language', holds: 'language', many: true },
      title: text('dct:title'),
      description: text('dct:description'),
      version: text('dcat:version'),
      versionOf: text('dct:isVersionOf'),
      url: text('schema:url'),
      date: text('dct:date'),
      coverage: text('dct:coverage'),
      location: text('dpv:hasLocation'),
    },
  },
  source: {
    base: 'dcat:Resource',
    text: 'rdf:value',
    fields: {
      id: required(text('dct:identifier')),
      format: text('dct:format'),
      text: required(text('rdf:value')),
      accepted: { term: 'dct:dateAccepted', holds: 'time' },
    },
  },
  process: {
    base: 'dpv:Process',
    text: 'dct:identifier',
    aliases: {
      'dpv:hasStatus': 'dpv:hasConsentStatus',
      'dpv:hasDataStorageCondition': 'dpv:hasStorageCondition',
      'dpv:hasDataProcessingCondition': 'dpv:hasProcessingCondition',
      'dpv:hasImpactAssessment': 'dpv:hasAssessment',
    },
    fields: {
      iri,
      id: text('dct:identifier'),
      title: text('dct:title'),
      description: text('dct:description'),
      purposes: required(nodes('dpv:hasPurpose', 'purpose')),
      legalBases: terms('dpv:hasLegalBasis'),
      personalData: required(nodes('dpv:hasPersonalData', 'personalData')),
      controllers: required(references('dpv:hasDataController')),
      processors: references('dpv:hasDataProcessor'),
      recipients: required(references('dpv:hasRecipient')),
      thirdParties: references('dpv:hasThirdParty'),
      authorities: references('dpv:hasAuthority'),
      dataSources: nodes('dpv:hasDataSource', 'dataSource'),
      operations: nodes('dpv:hasProcessing', 'operation'),
      scale: terms('dpv:hasScale'),
      necessity: { term: 'dpv:hasNecessity', holds: 'term' },
      storage: required(nodes('dpv:hasStorageCondition', 'condition')),
      conditions: nodes('dpv:hasProcessingCondition', 'condition'),
      restrictions: nodes('dpv:hasRule', 'rule'),
      services: nodes('dpv:hasService', 'service'),
      jurisdictions: required(terms('dpv:hasJurisdiction')),
      laws: terms('dpv:hasApplicableLaw'),
      controls: required(nodes('dpv:hasConsentControl', 'control')),
      rights: required(nodes('dpv:hasRight', 'right')),
      measures: nodes('dpv:hasOrganisationalMeasure', 'measure'),
      assessments: nodes('dpv:hasAssessment', 'assessment'),
      events: required(nodes('dpv:hasConsentStatus', 'event')),
    },
  },
  purpose: { base: 'dpv:Purpose', text: 'skos:broader', fields: item },
  personalData: {
    base: 'dpv:PersonalData',
    text: 'skos:broader',
    aliases: IDENTIFIER,
    fields: {
      ...item,
      categories: required(item.categories),
      value: text('rdf:value'),
      necessity: { term: 'dpv:hasNecessity', holds: 'term' },
      sources: nodes('dpv:hasDataSource', 'dataSource'),
    },
  },
  dataSource: {
    base: null,
    text: '@type',
    fields: {
      iri,
      operations: terms('dpv:hasProcessing'),
      personalData: terms('dpv:hasPersonalData'),
      description: text('dct:description'),
    },
  },
  operation: { base: 'dpv:Processing', text: 'skos:broader', fields: item },
  condition: { base: null, text: '@type', fields: condition },
  duration: {
    base: null,
    types: [
      'dpv:TemporalDuration',
      'dpv:UntilTimeDuration',
      'dpv:UntilEventDuration',
      'dpv:FixedOccurrencesDuration',
      'dpv:EndlessDuration',
    ],
    text: 'rdf:value',
    fields: { value: required(text('rdf:value')) },
  },
  rule: {
    base: null,
    text: '@type',
    fields: {
      locations: terms('dpv:hasLocation'),
      operations: terms('dpv:hasProcessing'),
      description: text('dct:description'),
    },
  },
  service: { base: 'dpv:Service', text: 'dct:title', fields: item },
  control: {
    base: null,
    text: '@type',
    fields: { at: text('dpv:isExercisedAt'), description: text('dct:description') },
  },
  right: {
    base: 'dpv:DataSubjectRight',
    text: '@type',
    fields: {
      title: text('dct:title'),
      description: text('dct:description'),
      at: text('dpv:isExercisedAt'),
      jurisdictions: terms('dpv:hasJurisdiction'),
      laws: terms('dpv:hasApplicableLaw'),
    },
  },
  measure: { base: 'dpv:OrganisationalMeasure', text: 'skos:broader', fields: item },
  assessment: { base: 'dpv:ImpactAssessment', text: '@type', fields: item },
  event: {
    base: null,
    types: [...Object.values(STATES), ...Object.values(CONSENT_TYPES)],
    text: '@type',
    fields: {
      at: { term: 'dpv:isIndicatedAtTime', holds: 'time', required: true },
      validity: required(node('dpv:hasDuration', 'duration')),
      by: required(references('dpv:isIndicatedBy')),
      method: text('dpv:hasIndicationMethod'),
      notices: references('dpv:hasNotice'),
      exercisedAt: text('dpv:isExercisedAt'),
      sources: references('dct:source'),
    },
  },
  party: {
    base: null,
    text: '@id',
    aliases: {
      'dpv:hasLegalName': 'dpv:hasName',
      'dpv:hasContact': 'schema:contactPoint',
      'dpv:hasAddress': 'schema:address',
    },
    fields: {
      id: required(iri),
      identifier: required(text('dpv:hasIdentifier')),
      name: text('dpv:hasName'),
      address: node('schema:address', 'address'),
      contacts: nodes('schema:contactPoint', 'contact'),
      url: text('schema:url'),
      location: { term: 'dpv:hasLocation', holds: 'term' },
    },
  },
  address: {
    base: 'schema:PostalAddress',
    text: 'dct:description',
    fields: {
      text: text('dct:description'),
      street: text('schema:streetAddress'),
      postalCode: text('schema:postalCode'),
      locality: text('schema:addressLocality'),
      region: text('schema:addressRegion'),
      country: text('schema:addressCountry'),
    },
  },
  contact: {
    base: 'schema:ContactPoint',
    text: 'dct:description',
    fields: {
      text: text('dct:description'),
      name: text('schema:name'),
      kind: text('schema:contactType'),
      email: text('schema:email'),
      phone: text('schema:telephone'),
      url: text('schema:url'),
    },
  },
}
