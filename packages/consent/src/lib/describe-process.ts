/**
 * What was decided about each purpose, and what its notice says of it.
 *
 * @module
 */

import type { RecordedEvent } from '../consent-event.js'
import type { ConsentStatus } from '../consent-status.js'
import type {
  RecordControl,
  RecordDataSource,
  RecordEvent,
  RecordParty,
  RecordProcess,
  RecordRight,
  Term,
} from '../export/consent-record.js'
import type { RecordFacts } from '../export/describe-consent.js'
import type { LegalBasis, NoticeDocument, NoticePurpose, NoticeRight, NoticeSource } from '../notice.js'
import type { Reading } from './reading.js'
import { NOT_AVAILABLE } from './record-checks.js'
import { durationType } from './record-duration.js'
import { STATES } from './record-vocabulary.js'

/** The id of the supervisory authority in a record. */
export const AUTHORITY = '_:supervisory-authority'

/** One receipt, and where it stands among those given. */
export interface Item {
  readonly event: RecordedEvent
  readonly notice: NoticeDocument | null
  readonly index: number
}

/** What a record is made of. */
export interface Context {
  readonly items: readonly Item[]
  readonly facts: RecordFacts
  readonly withSources: boolean
  readonly reading: Reading
  /** Parties that notices name, by their words. */
  readonly recipients: Map<string, RecordParty>
}

/** One process per purpose that anything was decided about. */
export function processesOf(context: Context, controller: string): readonly RecordProcess[] {
  const ids = new Set(context.items.flatMap(({ event }) => Object.keys(event.decisions)))
  return [...ids].map((id) => processOf(id, controller, context))
}

function processOf(id: string, controller: string, context: Context): RecordProcess {
  const { items, facts, withSources } = context
  const described = items.findLast(({ notice }) => notice?.purposes.some((purpose) => purpose.id === id))
  const purpose = described?.notice?.purposes.find((each) => each.id === id)
  markPurpose(id, purpose, described?.notice ?? null, context)
  const notice = described?.notice ?? null
  const basis = purpose === undefined ? undefined : LEGAL_BASES[purpose.legalBasis]
  const { survey = '' } = items[0]?.event ?? {}
  const { title, description } = notice?.wording.purposes[id] ?? {}
  const words = { ...(title === undefined ? {} : { title }), ...(description === undefined ? {} : { description }) }
  return {
    purposes: [{ id, ...termsFor(id, facts), ...words }],
    ...(basis === undefined ? {} : { legalBases: [basis] }),
    personalData: personalDataOf(purpose, facts),
    controllers: [controller],
    recipients: purpose?.recipients.map((name) => recipientOf(name, context)) ?? [NOT_AVAILABLE],
    ...(notice?.supervisoryAuthority === undefined ? {} : { authorities: [AUTHORITY] }),
    ...(purpose?.sources === undefined ? {} : { dataSources: purpose.sources.map(dataSourceOf) }),
    storage: [
      { types: ['dpv:StorageLocation'], locations: locationsOf(purpose, facts) },
      { types: ['dpv:StorageDuration'], duration: untilOrFor(purpose?.retention ?? NOT_AVAILABLE) },
    ],
    services: [{ id: survey }],
    jurisdictions: [NOT_AVAILABLE],
    controls: [controlOf(notice, facts)],
    rights: rightsOf(notice),
    ...facts.process,
    events: items.flatMap(({ event }) => eventOf(id, event, purpose, withSources)),
  }
}

function personalDataOf(purpose: NoticePurpose | undefined, facts: RecordFacts): RecordProcess['personalData'] {
  const { dataCategories = [NOT_AVAILABLE], specialCategories = [] } = purpose ?? {}
  return dataCategories.map((description) => ({
    categories: ['dpv:PersonalData'],
    ...termsFor(description, facts),
    description,
    ...(specialCategories.includes(description) ? { types: ['dpv:SpecialCategoryPersonalData'] } : {}),
  }))
}

const ORIGINS: Readonly<Record<NoticeSource['origin'], Term>> = {
  person: 'dpv:DataSubjectDataSource',
  'own-records': 'dpv:DataControllerDataSource',
  'third-party': 'dpv:ThirdPartyDataSource',
  public: 'dpv:PublicDataSource',
  observation: 'dpv:DataSubjectDataSource',
}

function dataSourceOf({ origin, name }: NoticeSource): RecordDataSource {
  const operations = [origin === 'observation' ? 'dpv:Observe' : 'dpv:Collect']
  return { types: [ORIGINS[origin]], operations, description: name }
}

function locationsOf(purpose: NoticePurpose | undefined, { storageLocations }: RecordFacts): readonly Term[] {
  return purpose?.storageLocations?.map((country) => `loc:${country}`) ?? storageLocations ?? [NOT_AVAILABLE]
}

function controlOf(notice: NoticeDocument | null, { withdrawAt = NOT_AVAILABLE }: RecordFacts): RecordControl {
  const words = notice === null ? {} : { description: notice.wording.withdrawal }
  return { types: ['dpv:WithdrawConsent'], at: withdrawAt, ...words }
}

const RIGHTS: Readonly<Record<NoticeRight, Term>> = {
  withdrawal: 'eu-gdpr:A7-3',
  access: 'eu-gdpr:A15',
  rectification: 'eu-gdpr:A16',
  erasure: 'eu-gdpr:A17',
  restriction: 'eu-gdpr:A18',
  portability: 'eu-gdpr:A20',
  objection: 'eu-gdpr:A21',
  'human-review': 'eu-gdpr:A22',
  complaint: 'eu-gdpr:A77',
}

/** A consent can be withdrawn whatever else the notice tells of. */
function rightsOf(notice: NoticeDocument | null): readonly RecordRight[] {
  const told = notice?.rights ?? []
  const rights: readonly NoticeRight[] = told.length === 0 ? ['withdrawal'] : told
  return rights.map((right) => ({ types: [RIGHTS[right]] }))
}

/** What of a purpose a record has members for. */
const TOLD = [
  ...(['id', 'legalBasis', 'dataCategories', 'specialCategories', 'recipients', 'retention'] as const),
  ...(['validity', 'storageLocations', 'sources'] as const),
]

/** Every receipt's own words of a purpose are read where they are those of the record. */
function markPurpose(
  id: string,
  latest: NoticePurpose | undefined,
  document: NoticeDocument | null,
  { items, reading }: Context,
): void {
  for (const { notice, index } of items) {
    const at = notice?.purposes.findIndex((purpose) => purpose.id === id) ?? -1
    const purpose = notice?.purposes[at]
    if (notice === null || purpose === undefined || latest === undefined) continue
    for (const name of TOLD) {
      if (isSame(purpose[name], latest[name])) reading.mark(index, 'notice', 'purposes', at, name)
    }
    if (isSame(notice.rights, document?.rights)) reading.mark(index, 'notice', 'rights')
    for (const name of ['title', 'description'] as const) {
      const isSaid = notice.wording.purposes[id]?.[name] === document?.wording.purposes[id]?.[name]
      if (isSaid) reading.mark(index, 'notice', 'wording', 'purposes', id, name)
    }
    if (notice.wording.withdrawal === document?.wording.withdrawal)
      reading.mark(index, 'notice', 'wording', 'withdrawal')
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function termsFor(name: string, { terms = {} }: RecordFacts): { categories?: readonly Term[] } {
  const found = Object.hasOwn(terms, name) ? terms[name] : undefined
  return found === undefined ? {} : { categories: found }
}

/** The recipient of these words: a party the host describes, or one known by its name only. */
function recipientOf(name: string, { facts, recipients }: Context): string {
  const known = recipients.get(name)
  if (known !== undefined) return known.id
  const unknown = { text: NOT_AVAILABLE }
  const id = `_:recipient-${recipients.size + 1}`
  const party = facts.parties?.find((each) => each.name === name) ?? {
    ...{ id, identifier: id, types: ['dpv:Recipient'], name },
    ...{ address: unknown, contacts: [unknown] },
  }
  recipients.set(name, party)
  return party.id
}

const LEGAL_BASES: Readonly<Record<LegalBasis, Term>> = {
  consent: 'eu-gdpr:A6-1-a',
  'explicit-consent': 'eu-gdpr:A9-2-a',
  contract: 'eu-gdpr:A6-1-b',
  'legal-obligation': 'eu-gdpr:A6-1-c',
  'vital-interests': 'eu-gdpr:A6-1-d',
  'public-task': 'eu-gdpr:A6-1-e',
  'legitimate-interests': 'eu-gdpr:A6-1-f',
}

function untilOrFor(value: string): RecordEvent['validity'] {
  return { types: [durationType(value)], value }
}

const VALID: readonly ConsentStatus[] = ['given', 'renewed']

/** The event as far as it concerns one purpose. */
function eventOf(
  id: string,
  event: RecordedEvent,
  purpose: NoticePurpose | undefined,
  withSources: boolean,
): readonly RecordEvent[] {
  if (!Object.hasOwn(event.decisions, id)) return []
  const decision = event.decisions[id] ?? ''
  const state: ConsentStatus = Object.hasOwn(STATES, decision) ? (decision as ConsentStatus) : 'unknown'
  const isGiven = VALID.includes(state)
  const end = isGiven ? 'withdrawal of consent' : 'another decision'
  return [
    {
      state,
      ...(isGiven ? { type: purpose?.legalBasis === 'explicit-consent' ? 'explicit' : 'expressed' } : {}),
      at: new Date(event.receivedAt).toISOString(),
      validity: isGiven && purpose?.validity !== undefined ? untilOrFor(purpose.validity) : untilOrFor(end),
      by: [event.subject],
      method: methodOf(event),
      ...(event.kind === 'decision' ? { notices: [event.notice] } : {}),
      ...(withSources ? { sources: [event.digest] } : {}),
    },
  ]
}

const METHODS = {
  decision: 'signed in the browser',
  ruling: 'stated by the controller',
  signal: 'sent by the browser',
} as const

function methodOf(event: RecordedEvent): string {
  if (event.kind === 'withdrawal') return `withdrawn by ${event.via}`
  return event.kind === 'import' ? `asserted by the host, from ${event.source}` : METHODS[event.kind]
}
