/**
 * What a notice says of one purpose, apart from its wording.
 *
 * @module
 */

/** Why the processing is lawful: article 6(1) of the GDPR, and article 9(2)(a) for `explicit-consent`. */
export type LegalBasis =
  | 'consent'
  | 'explicit-consent'
  | 'contract'
  | 'legal-obligation'
  | 'vital-interests'
  | 'public-task'
  | 'legitimate-interests'

/** What a transfer to a third country rests on: articles 45, 46, 47 and 49 of the GDPR. */
export type TransferMechanism =
  | 'adequacy'
  | 'standard-contractual-clauses'
  | 'binding-corporate-rules'
  | 'code-of-conduct'
  | 'certification'
  | 'public-authorities'
  | 'authorised-clauses'
  | 'derogation'

/** A transfer of personal data out of the European Economic Area. */
export interface NoticeTransfer {
  /** Who receives the data there. */
  readonly recipient: string
  /** Two capital letters of ISO 3166-1. */
  readonly country: string
  readonly mechanism: TransferMechanism
  /** Where a copy of the safeguards is to be had, or the decision they rest on. */
  readonly reference?: string
}

/** Software that reads or judges what people said, beyond counting. */
export interface NoticeAi {
  /** The system, or what kind of system it is. */
  readonly system: string
  /** Who runs it: the controller on its own computers, a processor on instructions, or somebody for their own ends. */
  readonly operator: 'controller' | 'processor' | 'third-party'
  /** Whether what it is given trains it, or another model. */
  readonly training: boolean
}

/** Where data comes from: article 14 of the GDPR applies to all but `person`. */
export interface NoticeSource {
  readonly origin: 'person' | 'own-records' | 'third-party' | 'public' | 'observation'
  readonly name: string
}

/** How a person may be contacted about what they said. */
export type ContactChannel = 'email' | 'telephone' | 'sms' | 'post' | 'in-app' | 'in-person'

/** Decisions by software alone: none, profiles without such decisions, or decisions of article 22(1) of the GDPR. */
export type AutomatedDecisions = 'none' | 'profiling' | 'significant'

/** Whether a person has to provide the data: article 13(2)(e) of the GDPR. */
export type Provision = 'voluntary' | 'contractual' | 'statutory'

/**
 * One thing the answers are used for. Texts a person reads are in `NoticeWording`.
 *
 * Of the members that may be left out, absence says nothing and an empty list says that there is none.
 */
export interface NoticePurpose {
  /** An identifier: 1 to 64 letters, digits, `.`, `_`, `:` or `-`, a letter or digit first. */
  readonly id: string
  /** The feedback practices this purpose permits, and no others: ids of `@surveyseal/core/risk`, or the host's own. */
  readonly practices: readonly string[]
  readonly legalBasis: LegalBasis
  readonly dataCategories: readonly string[]
  /** Those of `dataCategories` that article 9 or 10 of the GDPR covers, such as health. */
  readonly specialCategories?: readonly string[]
  readonly recipients: readonly string[]
  /** How long, or until when: an ISO 8601 duration such as `P2Y`, or words. */
  readonly retention: string
  /** How long a decision on this purpose counts before it is asked again: an ISO 8601 duration such as `P2Y`. */
  readonly validity?: string
  readonly transfers?: readonly NoticeTransfer[]
  /** The countries the data is stored in: two capital letters each, ISO 3166-1. */
  readonly storageLocations?: readonly string[]
  readonly sources?: readonly NoticeSource[]
  readonly ai?: readonly NoticeAi[]
  readonly automatedDecisions?: AutomatedDecisions
  /** By which ways a person may hear from the controller afterwards. */
  readonly contact?: readonly ContactChannel[]
  readonly provision?: Provision
}
