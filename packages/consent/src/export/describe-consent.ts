/**
 * From what was signed to a record that other systems understand.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { RecordedEvent } from '../consent-event.js'
import { AUTHORITY, type Context, type Item, processesOf } from '../lib/describe-process.js'
import { startReading } from '../lib/reading.js'
import { NOT_AVAILABLE } from '../lib/record-checks.js'
import type { NoticeContact, NoticeController, NoticeDocument } from '../notice.js'
import type { VerifiedReceipt } from '../receipt.js'
import type {
  ConsentRecord,
  LostMember,
  RecordContact,
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
  const authority = authorityOf(context)
  const processes = processesOf(context, controller.id)
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
    parties: [controller, ...authority, ...context.recipients.values(), ...otherParties(context)],
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

function controllerOf(first: RecordedEvent, context: Context): RecordParty {
  const { facts } = context
  const stated = latestOf(context, 'controller')
  const id = facts.controller?.id ?? first.audience
  const { address: text, country } = stated ?? {}
  const address = { ...(text === undefined ? {} : { text }), ...(country === undefined ? {} : { country }) }
  return {
    id,
    identifier: id,
    types: ['dpv:DataController'],
    name: stated?.name ?? NOT_AVAILABLE,
    address: Object.keys(address).length === 0 ? { text: NOT_AVAILABLE } : address,
    ...facts.controller,
    contacts: [contactOf(stated), ...officersOf(context), ...(facts.controller?.contacts ?? [])],
  }
}

/** What the latest notice says of somebody; every notice that says the same is read. */
function latestOf<Name extends 'controller' | 'dpo' | 'representative' | 'supervisoryAuthority'>(
  { items, reading }: Context,
  name: Name,
): NoticeDocument[Name] | undefined {
  const said = items.findLast(({ notice }) => notice?.[name] !== undefined)?.notice?.[name]
  for (const { notice, index } of items) {
    for (const member of ['name', 'contact', 'address', 'country'] as const) {
      const theirs: NoticeController | undefined = notice?.[name]
      const ours: NoticeController | undefined = said
      if (theirs?.[member] === ours?.[member]) reading.mark(index, 'notice', name, member)
    }
  }
  return said
}

const OFFICERS = { dpo: 'data protection officer', representative: 'representative in the Union' } as const

function officersOf(context: Context): readonly RecordContact[] {
  const names = Object.keys(OFFICERS) as (keyof typeof OFFICERS)[]
  return names.flatMap((name) => {
    const said = latestOf(context, name)
    return said === undefined ? [] : [{ ...contactOf(said), name: said.name, kind: OFFICERS[name] }]
  })
}

function contactOf(said: NoticeContact | undefined): RecordContact {
  if (said === undefined) return { text: NOT_AVAILABLE }
  return { text: said.contact, ...(/^[^\s@]+@[^\s@]+$/.test(said.contact) ? { email: said.contact } : {}) }
}

function authorityOf(context: Context): readonly RecordParty[] {
  const said = latestOf(context, 'supervisoryAuthority')
  if (said === undefined) return []
  const address = { text: NOT_AVAILABLE }
  const who = { id: AUTHORITY, identifier: AUTHORITY, types: ['dpv:DataProtectionAuthority'], name: said.name }
  return [{ ...who, address, contacts: [contactOf(said)] }]
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
