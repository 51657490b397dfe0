/**
 * From what was signed to a record that other systems understand.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { RecordedEvent } from '../consent-event.js'
import { durationType } from '../lib/dpv-duration.js'
import { type Reading, startReading } from '../lib/reading.js'
import { NOT_AVAILABLE } from '../lib/record-checks.js'
import { STATES } from '../lib/record-fields.js'
import type { LegalBasis, NoticeDocument, NoticePurpose } from '../notice.js'
import type { VerifiedReceipt } from '../receipt.js'
import type {
  ConsentRecord,
  ConsentState,
  LostMember,
  RecordEvent,
  RecordNotice,
  RecordParty,
  RecordProcess,
  Term,
} from './consent-record.js'

/** What the format asks for and no notice says. Whatever is left out is unstated (`dpv:NotAvailable`) where it is mandatory. */
export interface RecordFacts {
  readonly profile?: ConsentRecord['profile']
  /** The controller's address and so on; name and contact come from the notice. */
  readonly controller?: Partial<RecordParty>
  /** Other parties. One with the name of a recipient in the notice is that recipient. */
  readonly parties?: readonly RecordParty[]
  /** Members of every process, for instance jurisdictions, rights or data sources. */
  readonly process?: Partial<RecordProcess>
  /** Where the data is stored: terms, for instance `loc:FR`. */
  readonly storageLocations?: readonly Term[]
  /** Where a person withdraws; the words for it come from the notice. */
  readonly withdrawAt?: string
  /** Where the notice can be read. */
  readonly noticeUrl?: string
  /** Terms of a vocabulary for purposes, by id, and for data categories, by their words in the notice. */
  readonly terms?: Readonly<Record<string, readonly Term[]>>
}

/** How a record is made. */
export interface DescribeOptions {
  readonly facts?: RecordFacts
  /** Identifier of the record. @defaultValue a random UUID */
  readonly id?: string
  /** When the record is made. */
  readonly now: Date
  /** Leaves the signed texts out: the record then proves nothing. @defaultValue false */
  readonly withoutSignedTexts?: boolean
}

/** A record of one person and survey. */
export interface DescribedConsent {
  readonly record: ConsentRecord
  /** What of the receipts is not in the record; paths begin with the index of the receipt. */
  readonly lost: readonly LostMember[]
}

/**
 * Makes a record of verified receipts of one person and survey: one process per purpose, with all that was decided on it.
 *
 * Instants are those at which the controller received the events; the devices' clocks are in the signed texts. What the
 * notice says in words stays in words. Practices that a purpose permits have no term and are lost, as is what may not
 * leave: the salts.
 *
 * @param receipts - From `verifyReceipt`, in any order; the latest wording of a purpose describes it.
 * @param options - See {@link DescribeOptions}.
 * @returns The record; `exportRecord`, `exportReceipt` and `exportKantara` take it next.
 */
export function describeConsent(
  receipts: readonly Pick<VerifiedReceipt, 'event' | 'notice'>[],
  options: DescribeOptions,
): DescribedConsent {
  const first = receipts[0]?.event
  if (first === undefined) throw invalidArgumentValue('receipts', 'one receipt or more')
  if (!receipts.every(({ event }) => event.subject === first.subject && event.survey === first.survey)) {
    throw invalidArgumentValue('receipts', 'receipts of one person and survey')
  }
  const reading = startReading(receipts)
  const items = receipts.map(({ event, notice }, index) => ({ event, notice, index }))
  const context: Context = {
    items: items.sort((a, b) => a.event.seq - b.event.seq),
    facts: options.facts ?? {},
    withSources: options.withoutSignedTexts !== true,
    reading,
    recipients: new Map(),
  }
  const record = toRecord(context, first, options)
  return { record, lost: reading.unread().map((path) => ({ path, reason: reasonOf(path, context) })) }
}

interface Item {
  readonly event: RecordedEvent
  readonly notice: NoticeDocument | null
  readonly index: number
}

interface Context {
  readonly items: readonly Item[]
  readonly facts: RecordFacts
  readonly withSources: boolean
  readonly reading: Reading
  /** Parties that notices name, by their words. */
  readonly recipients: Map<string, RecordParty>
}

/** What is inside the signed text, byte for byte. */
const SIGNED = [
  'jws',
  'digest',
  'audience',
  'subject',
  'survey',
  'decisions',
  'issuedAt',
  'seq',
  'prev',
  'kind',
  'id',
  'nonce',
  'notice',
  'language',
  'keyThumbprint',
  'keyAssurance',
  'via',
  'keyId',
] as const

/** Of these the record says everything by itself. */
const SAID: readonly string[] = ['subject', 'survey', 'audience', 'kind', 'via', 'notice', 'language', 'decisions']

function reasonOf(path: string, { withSources }: Context): LostMember['reason'] {
  if (/^\/\d+\/event\/salt$/.test(path)) return 'withheld'
  return !withSources && path.includes('/event/') ? 'withheld' : 'no-term'
}

function toRecord(context: Context, first: RecordedEvent, { id, now }: DescribeOptions): ConsentRecord {
  const { items, facts, withSources } = context
  const controller = controllerOf(first, context)
  const processes = processesOf(context, controller)
  const notices = noticesOf(context)
  for (const item of items) markEvent(item, context)
  return {
    profile: facts.profile ?? 'record',
    id: id ?? crypto.randomUUID(),
    created: now.toISOString(),
    principal: { id: first.subject },
    languages: languagesOf(items),
    notices,
    processes,
    parties: [controller, ...context.recipients.values(), ...otherParties(context)],
    ...(withSources ? { sources: items.map(sourceOf) } : {}),
  }
}

function markEvent({ index }: Item, { withSources, reading }: Context): void {
  for (const name of withSources ? SIGNED : SAID) reading.mark(index, 'event', name)
  reading.mark(index, 'event', 'receivedAt')
}

function sourceOf({ event }: Item): NonNullable<ConsentRecord['sources']>[number] {
  const { digest, jws, receivedAt } = event
  return { id: digest, format: 'application/jose', text: jws, accepted: new Date(receivedAt).toISOString() }
}

function languagesOf(items: readonly Item[]): readonly string[] {
  const languages = items.flatMap(({ event }) => (event.kind === 'decision' ? [event.language] : []))
  return languages.length === 0 ? ['und'] : [...new Set(languages)]
}

function controllerOf(first: RecordedEvent, { items, facts, reading }: Context): RecordParty {
  const latest = items.findLast(({ notice }) => notice !== null)
  const stated = latest?.notice?.controller
  for (const { notice, index } of items) {
    if (notice?.controller.name === stated?.name) reading.mark(index, 'notice', 'controller', 'name')
    if (notice?.controller.contact === stated?.contact) reading.mark(index, 'notice', 'controller', 'contact')
  }
  const id = facts.controller?.id ?? first.audience
  return {
    id,
    identifier: id,
    types: ['dpv:DataController'],
    name: stated?.name ?? NOT_AVAILABLE,
    address: { text: NOT_AVAILABLE },
    ...facts.controller,
    contacts: [...contactsOf(stated?.contact), ...(facts.controller?.contacts ?? [])],
  }
}

function contactsOf(contact: string | undefined): NonNullable<RecordParty['contacts']> {
  if (contact === undefined) return [{ text: NOT_AVAILABLE }]
  return [{ text: contact, ...(/^[^\s@]+@[^\s@]+$/.test(contact) ? { email: contact } : {}) }]
}

function otherParties({ facts, recipients }: Context): readonly RecordParty[] {
  const listed = new Set([...recipients.values()].map(({ id }) => id))
  return (facts.parties ?? []).filter(({ id }) => !listed.has(id))
}

function noticesOf({ items, facts, reading }: Context): readonly RecordNotice[] {
  const notices = new Map<string, RecordNotice>()
  for (const { event, notice, index } of items) {
    if (event.kind !== 'decision' || notice === null) continue
    const { id, version, language, wording } = notice
    for (const name of ['id', 'version', 'language']) reading.mark(index, 'notice', name)
    for (const name of ['title', 'summary']) reading.mark(index, 'notice', 'wording', name)
    const text = { title: wording.title, description: wording.summary }
    const url = facts.noticeUrl === undefined ? {} : { url: facts.noticeUrl }
    notices.set(event.notice, { id: event.notice, languages: [language], version, versionOf: id, ...text, ...url })
  }
  return notices.size === 0 ? [{ id: NOT_AVAILABLE }] : [...notices.values()]
}

function processesOf(context: Context, controller: RecordParty): readonly RecordProcess[] {
  const ids = new Set(context.items.flatMap(({ event }) => Object.keys(event.decisions)))
  return [...ids].map((id) => processOf(id, controller, context))
}

function processOf(id: string, controller: RecordParty, context: Context): RecordProcess {
  const { items, facts, withSources } = context
  const described = items.findLast(({ notice }) => notice?.purposes.some((purpose) => purpose.id === id))
  const purpose = described?.notice?.purposes.find((each) => each.id === id)
  markPurpose(id, purpose, described?.notice ?? null, context)
  const wording = described?.notice?.wording
  const words = wording?.purposes[id]
  const basis = purpose === undefined ? undefined : LEGAL_BASES[purpose.legalBasis]
  const survey = items[0]?.event.survey ?? ''
  return {
    purposes: [{ id, ...termsFor(id, facts), ...(words ?? {}) }],
    ...(basis === undefined ? {} : { legalBases: [basis] }),
    personalData: (purpose?.dataCategories ?? [NOT_AVAILABLE]).map((description) => ({
      categories: ['dpv:PersonalData'],
      ...termsFor(description, facts),
      description,
    })),
    controllers: [controller.id],
    recipients: (purpose?.recipients ?? [])
      .map((name) => recipientOf(name, context))
      .concat(purpose ? [] : ['dpv:NotAvailable']),
    storage: [
      { types: ['dpv:StorageLocation'], locations: facts.storageLocations ?? [NOT_AVAILABLE] },
      { types: ['dpv:StorageDuration'], duration: untilOrFor(purpose?.retention ?? NOT_AVAILABLE) },
    ],
    services: [{ id: survey }],
    jurisdictions: [NOT_AVAILABLE],
    controls: [
      {
        types: ['dpv:WithdrawConsent'],
        at: facts.withdrawAt ?? NOT_AVAILABLE,
        ...(wording === undefined ? {} : { description: wording.withdrawal }),
      },
    ],
    rights: [{ types: ['eu-gdpr:A7-3'] }],
    ...facts.process,
    events: items.flatMap(({ event }) => eventOf(id, event, purpose, withSources)),
  }
}

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
    for (const name of ['id', 'legalBasis', 'dataCategories', 'recipients', 'retention'] as const) {
      if (isSame(purpose[name], latest[name])) reading.mark(index, 'notice', 'purposes', at, name)
    }
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

const VALID: readonly ConsentState[] = ['given', 'renewed']

/** The event as far as it concerns one purpose. */
function eventOf(
  id: string,
  event: RecordedEvent,
  purpose: NoticePurpose | undefined,
  withSources: boolean,
): readonly RecordEvent[] {
  if (!Object.hasOwn(event.decisions, id)) return []
  const decision = event.decisions[id] ?? ''
  const state: ConsentState = Object.hasOwn(STATES, decision) ? (decision as ConsentState) : 'unknown'
  const isGiven = VALID.includes(state)
  const end = isGiven ? 'withdrawal of consent' : 'another decision'
  return [
    {
      state,
      ...(isGiven ? { type: purpose?.legalBasis === 'explicit-consent' ? 'explicit' : 'expressed' } : {}),
      at: new Date(event.receivedAt).toISOString(),
      validity: { types: ['dpv:UntilEventDuration'], value: end },
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
