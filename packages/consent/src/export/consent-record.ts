/**
 * A consent record in this package's words: what exports write and imports read.
 *
 * @module
 */

import type { ConsentStatus } from '../consent-status.js'

/** How consent was expressed. */
export type ConsentType = 'explicit' | 'expressed' | 'implied' | 'informed' | 'uninformed'

/** A term of a vocabulary: `prefix:name` with one of the profile's prefixes, or an IRI. */
export type Term = string

/**
 * Everything ISO/IEC TS 27560 has a field for. Members that may be left out are optional there or have a default; the
 * description of each member begins with the ISO field it stands for. Instants are ISO 8601 in UTC.
 */
export interface ConsentRecord {
  /** schema_version. `record-2` is the working draft of 2024. */
  readonly profile: 'record' | 'record-eu-gdpr' | 'record-2'
  /** record_id. */
  readonly id: string
  readonly iri?: string
  readonly created?: string
  readonly modified?: string
  readonly issued?: string
  readonly creator?: string
  readonly publisher?: string
  /** pii_principal_id. */
  readonly principal: RecordPrincipal
  /** language. */
  readonly languages: readonly string[]
  /** privacy_notice. */
  readonly notices: readonly RecordNotice[]
  /** purposes: one process for what is decided together. */
  readonly processes: readonly RecordProcess[]
  /** party_identification. */
  readonly parties: readonly RecordParty[]
  /** The signed texts the record was made of; no ISO field. */
  readonly sources?: readonly RecordSource[]
}

/** The person the record is about. */
export interface RecordPrincipal {
  /** For SurveySeal a pseudonym of one survey. */
  readonly id: string
  readonly iri?: string
  readonly types?: readonly Term[]
  readonly categories?: readonly Term[]
}

/** What the person was told. */
export interface RecordNotice {
  readonly id: string
  readonly iri?: string
  readonly types?: readonly Term[]
  readonly languages?: readonly string[]
  readonly title?: string
  readonly description?: string
  readonly version?: string
  /** What it is a version of. */
  readonly versionOf?: string
  readonly url?: string
  readonly date?: string
  readonly coverage?: string
  readonly location?: string
}

/** A signed text, byte for byte. */
export interface RecordSource {
  readonly id: string
  readonly format?: string
  readonly text: string
  readonly accepted?: string
}

/** Something described by an identifier, a title, a text, or categories of a vocabulary. */
export interface RecordItem {
  readonly id?: string
  readonly iri?: string
  readonly types?: readonly Term[]
  readonly categories?: readonly Term[]
  readonly title?: string
  readonly description?: string
  readonly url?: string
}

/** pii_information. */
export interface RecordPersonalData extends RecordItem {
  readonly value?: string
  /** pii_optional. */
  readonly necessity?: Term
  readonly sources?: readonly RecordDataSource[]
}

/** collection_method. */
export interface RecordDataSource {
  readonly iri?: string
  readonly types: readonly Term[]
  readonly operations?: readonly Term[]
  readonly personalData?: readonly Term[]
  readonly description?: string
}

/** A duration and what kind of one it is: `dpv:TemporalDuration` with `P2Y`, `dpv:UntilEventDuration` with words. */
export interface RecordDuration {
  readonly types: readonly Term[]
  readonly value: string
}

/** storage_locations, retention_period, processing_locations. */
export interface RecordCondition {
  readonly types: readonly Term[]
  readonly locations?: readonly Term[]
  readonly duration?: RecordDuration
  readonly frequency?: Term
  readonly description?: string
}

/** geographic_restrictions. */
export interface RecordRule {
  readonly types: readonly Term[]
  readonly locations?: readonly Term[]
  readonly operations?: readonly Term[]
  readonly description?: string
}

/** withdrawal_method and its like. */
export interface RecordControl {
  readonly types: readonly Term[]
  readonly at?: string
  readonly description?: string
}

/** privacy_rights. */
export interface RecordRight {
  readonly types?: readonly Term[]
  readonly title?: string
  readonly description?: string
  readonly at?: string
  readonly jurisdictions?: readonly Term[]
  readonly laws?: readonly Term[]
}

/** One or more purposes that were decided on together, and everything about the processing. */
export interface RecordProcess {
  readonly iri?: string
  readonly id?: string
  readonly title?: string
  readonly description?: string
  /** purpose; `categories` is purpose_type. */
  readonly purposes: readonly RecordItem[]
  /** lawful_basis. */
  readonly legalBases?: readonly Term[]
  readonly personalData: readonly RecordPersonalData[]
  /** pii_controllers, as ids of parties. */
  readonly controllers: readonly string[]
  readonly processors?: readonly string[]
  /** recipient_third_parties, as ids of parties. */
  readonly recipients: readonly string[]
  readonly thirdParties?: readonly string[]
  /** authority_party, as ids of parties. */
  readonly authorities?: readonly string[]
  /** collection_method. */
  readonly dataSources?: readonly RecordDataSource[]
  /** processing_method. */
  readonly operations?: readonly RecordItem[]
  readonly scale?: readonly Term[]
  readonly necessity?: Term
  /** storage_locations and retention_period. */
  readonly storage: readonly RecordCondition[]
  /** processing_locations. */
  readonly conditions?: readonly RecordCondition[]
  readonly restrictions?: readonly RecordRule[]
  readonly services?: readonly RecordItem[]
  readonly jurisdictions: readonly Term[]
  readonly laws?: readonly Term[]
  readonly controls: readonly RecordControl[]
  readonly rights: readonly RecordRight[]
  /** codes_of_conduct. */
  readonly measures?: readonly RecordItem[]
  /** impact_assessment. */
  readonly assessments?: readonly RecordItem[]
  /** event. */
  readonly events: readonly RecordEvent[]
}

/** event: who indicated what, when and for how long. */
export interface RecordEvent {
  /** event_state. */
  readonly state: ConsentStatus
  /** event_type; when left out, the legal basis of the process says it. */
  readonly type?: ConsentType
  /** event_time. */
  readonly at: string
  /** validity_duration. */
  readonly validity: RecordDuration
  /** entity_id: the principal's, or parties'. */
  readonly by: readonly string[]
  readonly method?: string
  /** Ids of notices of the record. */
  readonly notices?: readonly string[]
  readonly exercisedAt?: string
  /** Ids of sources of the record. */
  readonly sources?: readonly string[]
}

/** A postal address; `text` where it is not taken apart. */
export interface RecordAddress {
  readonly text?: string
  readonly street?: string
  readonly postalCode?: string
  readonly locality?: string
  readonly region?: string
  readonly country?: string
}

/** party_contact, party_email, party_phone. */
export interface RecordContact {
  readonly text?: string
  readonly name?: string
  readonly kind?: string
  readonly email?: string
  readonly phone?: string
  readonly url?: string
}

/** A party other than the data subject, for whom only `id` and `types` are needed. */
export interface RecordParty {
  /** party_id: what other members name. */
  readonly id: string
  /** The identifier to show; the same as `id` unless there is a better one. */
  readonly identifier: string
  /** party_type and party_role, for instance `dpv:Organisation` and `dpv:DataController`. */
  readonly types: readonly Term[]
  readonly name?: string
  readonly address?: RecordAddress
  readonly contacts?: readonly RecordContact[]
  readonly url?: string
  readonly location?: Term
}

/** What a record of another format could not hold, or what no member was found for. */
export interface LostMember {
  /** JSON Pointer (RFC 6901) into what was exported or imported; names of unknown members are `*`. */
  readonly path: string
  readonly reason: LossReason
}

/**
 * - `no-term`: the other format has no member for it.
 * - `not-given`: the other format holds nothing but consent that is given.
 * - `withheld`: it stays with the controller on purpose.
 * - `not-a-value`: its type is not the one expected here.
 */
export type LossReason = 'no-term' | 'not-given' | 'withheld' | 'not-a-value'

/** What a receipt says around its records. */
export interface RecordReceipt {
  readonly profile: 'receipt' | 'receipt-record' | 'receipt-eu-gdpr'
  /** receipt_id. */
  readonly id: string
  readonly iri?: string
  readonly created: string
  readonly issued?: string
  readonly publisher?: string
  readonly recipient?: string
}
