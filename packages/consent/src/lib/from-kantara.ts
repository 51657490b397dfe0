/**
 * From a Kantara Consent Receipt 1.1 to a record.
 *
 * @module
 */

import type {
  ConsentRecord,
  LossReason,
  RecordAddress,
  RecordEvent,
  RecordParty,
  RecordPersonalData,
  RecordProcess,
} from '../export/consent-record.js'
import type { Json } from './json-ld-node.js'
import {
  ADDRESS,
  type KantaraController,
  type KantaraPurpose,
  type KantaraReceipt,
  NOT_STATED,
  TYPES,
} from './kantara-receipt.js'
import { type Reading, startReading } from './reading.js'
import { NOT_AVAILABLE } from './record-checks.js'
import { durationType } from './record-duration.js'

type Lose = (path: string, reason: LossReason) => void

/** Reads a receipt that the schema accepted. */
export function fromKantara(document: Json, lose: Lose): ConsentRecord {
  const receipt = document as unknown as KantaraReceipt
  const reading = startReading(document)
  const at = new Date(receipt.consentTimestamp * 1000).toISOString()
  const controllers = receipt.piiControllers.map((controller, index) => partyOf(controller, index, reading))
  const others = thirdPartyNames(receipt).map((name, index) => thirdParty(name, index))
  const purposes = receipt.services.flatMap(({ service, purposes: each }, i) =>
    each.map((purpose, j) => ({ service, purpose, path: ['services', i, 'purposes', j] as const })),
  )
  for (const name of ['version', 'consentTimestamp', 'consentReceiptID', 'piiPrincipalId', 'policyUrl']) {
    reading.mark(name)
  }
  reading.mark('collectionMethod')
  const record: ConsentRecord = {
    profile: 'record',
    id: said(receipt.consentReceiptID),
    created: at,
    principal: { id: said(receipt.piiPrincipalId) },
    languages: [languageOf(receipt, reading)],
    notices: [noticeOf(receipt)],
    processes: purposes.map((each) => processOf(each, { receipt, at, controllers, others, reading })),
    parties: [...controllers, ...others],
  }
  markSensitive(receipt, reading)
  for (const path of reading.unread()) lose(path, 'no-term')
  return record
}

/** A text that says something. */
function said(text: string | undefined): string {
  return text === undefined || text === '' || text === NOT_STATED ? NOT_AVAILABLE : text
}

function languageOf({ language }: KantaraReceipt, { mark }: Reading): string {
  if (language === undefined || !/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/.test(language)) return 'und'
  if (language.length > 35) return 'und'
  mark('language')
  return language
}

function noticeOf({ policyUrl }: KantaraReceipt): ConsentRecord['notices'][number] {
  const url = said(policyUrl)
  return { id: url.length > 2048 ? '_:policy' : url, url }
}

function partyOf(controller: KantaraController, index: number, { mark }: Reading): RecordParty {
  const { piiController, contact, address, email, phone, piiControllerUrl } = controller
  for (const name of ['piiController', 'contact', 'email', 'phone', 'piiControllerUrl']) {
    mark('piiControllers', index, name)
  }
  const id = `_:controller-${index + 1}`
  return {
    id,
    identifier: id,
    types: ['dpv:DataController'],
    name: said(piiController),
    address: addressRead(address, (name) => mark('piiControllers', index, 'address', name)),
    contacts: [{ name: said(contact), email: said(email), phone: said(phone) }],
    ...(piiControllerUrl === undefined || piiControllerUrl === '' ? {} : { url: piiControllerUrl }),
  }
}

function addressRead(address: Readonly<Record<string, unknown>>, mark: (name: string) => void): RecordAddress {
  const entries = Object.entries(ADDRESS).flatMap(([name, kantara]) => {
    const value = Object.hasOwn(address, kantara) ? address[kantara] : undefined
    if (typeof value !== 'string' || value === '' || value.length > 20_000) return []
    mark(kantara)
    return [[name, said(value)]]
  })
  return entries.length === 0 ? { text: NOT_AVAILABLE } : Object.fromEntries(entries)
}

function thirdPartyNames(receipt: KantaraReceipt): readonly string[] {
  const purposes = receipt.services.flatMap((service) => service.purposes)
  return distinct(
    purposes.flatMap(({ thirdPartyDisclosure, thirdPartyName }) =>
      thirdPartyDisclosure && thirdPartyName !== undefined ? [thirdPartyName] : [],
    ),
  )
}

function thirdParty(name: string, index: number): RecordParty {
  const id = `_:recipient-${index + 1}`
  const unknown = { text: NOT_AVAILABLE }
  return { id, identifier: id, types: ['dpv:ThirdParty'], name: said(name), address: unknown, contacts: [unknown] }
}

interface PurposeAt {
  readonly service: string
  readonly purpose: KantaraPurpose
  readonly path: readonly ['services', number, 'purposes', number]
}

interface Around {
  readonly receipt: KantaraReceipt
  readonly at: string
  readonly controllers: readonly RecordParty[]
  readonly others: readonly RecordParty[]
  readonly reading: Reading
}

function processOf({ service, purpose, path }: PurposeAt, around: Around): RecordProcess {
  const { receipt, controllers, others, reading } = around
  for (const name of ['purpose', 'piiCategory', 'termination', 'thirdPartyDisclosure']) reading.mark(...path, name)
  if (purpose.consentType === NOT_STATED || Object.hasOwn(TYPES, purpose.consentType)) {
    reading.mark(...path, 'consentType')
  }
  reading.mark(path[0], path[1], 'service')
  const isDisclosed = purpose.thirdPartyDisclosure
  if (isDisclosed) reading.mark(...path, 'thirdPartyName')
  const recipients = isDisclosed ? others.filter(({ name }) => name === said(purpose.thirdPartyName)) : controllers
  return {
    purposes: [{ description: said(purpose.purpose), ...categoriesOf(purpose, path, reading) }],
    personalData: personalDataOf(purpose, receipt.spiCat),
    controllers: controllers.map(({ id }) => id),
    recipients: recipients.map(({ id }) => id),
    storage: [
      { types: ['dpv:StorageLocation'], locations: [NOT_AVAILABLE] },
      { types: ['dpv:StorageDuration'], duration: durationOf(purpose.termination) },
    ],
    services: [{ title: said(service) }],
    jurisdictions: jurisdictionsOf(receipt, reading),
    controls: [{ types: ['dpv:WithdrawConsent'], at: NOT_AVAILABLE }],
    rights: [{ description: NOT_AVAILABLE }],
    events: [eventOf(purpose, around)],
  }
}

/** Categories of the specification are words; those that are terms of a vocabulary stay. */
function categoriesOf(
  { purposeCategory }: KantaraPurpose,
  path: PurposeAt['path'],
  { mark }: Reading,
): { categories?: readonly string[] } {
  const terms = purposeCategory.filter((each) => /^[A-Za-z_][A-Za-z0-9+.-]*:[^\s]+$/.test(each) && each.length <= 2048)
  for (const [i, each] of purposeCategory.entries()) if (terms.includes(each)) mark(...path, 'purposeCategory', i)
  return terms.length === 0 ? {} : { categories: terms }
}

function personalDataOf({ piiCategory }: KantaraPurpose, spiCat: readonly string[]): readonly RecordPersonalData[] {
  const categories = piiCategory.length === 0 ? [NOT_AVAILABLE] : piiCategory
  return categories.map((each) => ({
    categories: ['dpv:PersonalData'],
    description: said(each),
    ...(spiCat.includes(each) ? { types: ['dpv:SensitivePersonalData'] } : {}),
  }))
}

/** A sensitive category that no purpose names has no place in a record. */
function markSensitive({ services, sensitive, spiCat }: KantaraReceipt, { mark }: Reading): void {
  const named = new Set(services.flatMap(({ purposes }) => purposes.flatMap(({ piiCategory }) => piiCategory)))
  for (const [index, each] of spiCat.entries()) if (named.has(each)) mark('spiCat', index)
  if (spiCat.length === 0) mark('spiCat')
  if (sensitive === spiCat.some((each) => named.has(each))) mark('sensitive')
}

function durationOf(termination: string): RecordEvent['validity'] {
  const value = said(termination)
  return { types: [durationType(value)], value }
}

function jurisdictionsOf({ jurisdiction }: KantaraReceipt, { mark }: Reading): readonly string[] {
  const names = jurisdiction.split(', ')
  if (!names.every((name) => /^[A-Za-z0-9_-]{1,64}$/.test(name))) return [NOT_AVAILABLE]
  mark('jurisdiction')
  return names.map((name) => `loc:${name}`)
}

/** What is neither explicit nor implicit consent is none that could be relied on. */
function eventOf({ consentType }: KantaraPurpose, { receipt, at }: Around): RecordEvent {
  const type = Object.hasOwn(TYPES, consentType) ? TYPES[consentType] : undefined
  const method = said(receipt.collectionMethod)
  return {
    state: type === undefined ? 'unknown' : 'given',
    ...(type === undefined ? {} : { type }),
    at,
    validity: { types: ['dpv:UntilEventDuration'], value: 'withdrawal of consent' },
    by: [said(receipt.piiPrincipalId)],
    method,
    notices: [noticeOf(receipt).id],
  }
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)]
}
