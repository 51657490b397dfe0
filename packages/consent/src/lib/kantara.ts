/**
 * Between a record and a Kantara Consent Receipt 1.1, which knows one moment of consent and nothing after it.
 *
 * @module
 */

import type {
  ConsentRecord,
  ConsentType,
  LossReason,
  RecordAddress,
  RecordContact,
  RecordEvent,
  RecordParty,
  RecordPersonalData,
  RecordProcess,
} from '../export/consent-record.js'
import { durationType } from './dpv-duration.js'
import { KANTARA_VERSION } from './kantara-schema.js'
import { type Reading, startReading } from './reading.js'
import { NOT_AVAILABLE } from './record-checks.js'
import type { Json } from './strict-form.js'

/** What a receipt says where there is nothing to say, as the specification's example does. */
export const NOT_STATED = 'N/A'

/** A Kantara Consent Receipt 1.1. */
export interface KantaraReceipt {
  readonly version: string
  readonly jurisdiction: string
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly consentTimestamp: number
  readonly collectionMethod: string
  readonly consentReceiptID: string
  readonly publicKey?: string
  readonly language?: string
  readonly piiPrincipalId: string
  readonly piiControllers: readonly KantaraController[]
  readonly policyUrl: string
  readonly services: readonly { readonly service: string; readonly purposes: readonly KantaraPurpose[] }[]
  readonly sensitive: boolean
  readonly spiCat: readonly string[]
}

/** Who decides on the processing. */
export interface KantaraController {
  readonly piiController: string
  readonly onBehalf?: boolean
  readonly contact: string
  readonly address: Readonly<Record<string, unknown>>
  readonly email: string
  readonly phone: string
  readonly piiControllerUrl?: string
}

/** One purpose that was consented to. */
export interface KantaraPurpose {
  readonly purpose?: string
  readonly purposeCategory: readonly string[]
  readonly consentType: string
  readonly piiCategory: readonly string[]
  readonly primaryPurpose?: boolean
  readonly termination: string
  readonly thirdPartyDisclosure: boolean
  readonly thirdPartyName?: string
}

type Lose = (path: string, reason: LossReason) => void

const SENSITIVE: readonly string[] = ['dpv:SensitivePersonalData', 'dpv:SpecialCategoryPersonalData']
const ADDRESS: Readonly<Record<keyof RecordAddress, string>> = {
  text: 'description',
  street: 'streetAddress',
  postalCode: 'postalCode',
  locality: 'addressLocality',
  region: 'addressRegion',
  country: 'addressCountry',
}
const TYPES: Readonly<Record<string, ConsentType>> = { EXPLICIT: 'explicit', IMPLICIT: 'implied' }

/** A process whose consent is given, with the event that gave it. */
interface Given {
  readonly index: number
  readonly process: RecordProcess
  readonly event: RecordEvent
  readonly eventIndex: number
}

/** Writes a receipt of what is given now; null when nothing is. */
export function toKantara(record: ConsentRecord, lose: Lose): KantaraReceipt | null {
  const reading = startReading(record)
  const given = record.processes.flatMap((process, index) => givenIn(process, index))
  const receipt = given.length === 0 ? null : write(record, given, reading)
  const kept = new Set(given.map(({ index }) => `/processes/${index}/`))
  for (const path of reading.unread()) {
    const process = /^\/processes\/\d+\//.exec(path)?.[0]
    lose(path, process === undefined || kept.has(process) ? 'no-term' : 'not-given')
  }
  return receipt
}

/** The latest event decides; several at one instant decide in their order. */
function givenIn(process: RecordProcess, index: number): readonly Given[] {
  const eventIndex = process.events.reduce((best, { at }, i) => (at >= (process.events[best]?.at ?? '') ? i : best), 0)
  const event = process.events[eventIndex]
  return event?.state === 'given' || event?.state === 'renewed' ? [{ index, process, event, eventIndex }] : []
}

function write(record: ConsentRecord, given: readonly Given[], reading: Reading): KantaraReceipt {
  const first = given[0] as Given
  const language = record.languages[0]
  reading.mark('id')
  reading.mark('principal', 'id')
  reading.mark('languages', 0)
  return {
    version: KANTARA_VERSION,
    jurisdiction: jurisdictionOf(given, reading),
    consentTimestamp: timestampOf(given, reading),
    collectionMethod: methodOf(first, given, reading),
    consentReceiptID: record.id,
    ...(language === undefined || language === 'und' ? {} : { language }),
    piiPrincipalId: record.principal.id,
    piiControllers: controllersOf(record, given, reading),
    policyUrl: policyOf(record, reading),
    services: servicesOf(record, given, reading),
    ...sensitivityOf(given),
  }
}

function stated(value: string | undefined): string {
  return value === undefined || value === NOT_AVAILABLE ? NOT_STATED : value
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)]
}

function jurisdictionOf(given: readonly Given[], { mark }: Reading): string {
  for (const { index } of given) mark('processes', index, 'jurisdictions')
  const all = given.flatMap(({ process }) => process.jurisdictions.map((term) => stated(term).replace(/^loc:/, '')))
  return distinct(all).join(', ')
}

/** The latest moment at which something was given; others are lost, and so are fractions of seconds. */
function timestampOf(given: readonly Given[], { mark }: Reading): number {
  const seconds = Math.max(...given.map(({ event }) => Math.floor(Date.parse(event.at) / 1000)))
  for (const { index, event, eventIndex } of given) {
    mark('processes', index, 'events', eventIndex, 'state')
    if (Date.parse(event.at) === seconds * 1000) mark('processes', index, 'events', eventIndex, 'at')
  }
  return seconds
}

function methodOf(first: Given, given: readonly Given[], { mark }: Reading): string {
  const { method } = first.event
  for (const { index, event, eventIndex } of given) {
    if (event.method === method) mark('processes', index, 'events', eventIndex, 'method')
  }
  return stated(method)
}

function controllersOf(record: ConsentRecord, given: readonly Given[], reading: Reading): readonly KantaraController[] {
  const ids = new Set(given.flatMap(({ process }) => process.controllers))
  for (const { index, process } of given) {
    // One receipt has one list: controllers of single purposes could no longer be told apart.
    if (process.controllers.length === ids.size) reading.mark('processes', index, 'controllers')
  }
  return record.parties.flatMap((party, index) => (ids.has(party.id) ? [controllerOf(party, index, reading)] : []))
}

function controllerOf(party: RecordParty, index: number, { mark }: Reading): KantaraController {
  const { name, address = {}, contacts = [], url } = party
  const contact: RecordContact = contacts[0] ?? {}
  const how = contact.name ?? contact.text ?? contact.email
  const shown = contact.name === undefined ? 'text' : 'name'
  for (const member of [shown, 'email', 'phone']) mark('parties', index, 'contacts', 0, member)
  for (const member of ['name', 'url', 'id']) mark('parties', index, member)
  for (const member of Object.keys(ADDRESS)) mark('parties', index, 'address', member)
  return {
    piiController: stated(name),
    contact: stated(how),
    address: addressOf(address),
    email: stated(contact.email),
    phone: stated(contact.phone),
    ...(url === undefined ? {} : { piiControllerUrl: url }),
  }
}

function addressOf(address: RecordAddress): Record<string, unknown> {
  const names = Object.keys(ADDRESS) as (keyof RecordAddress)[]
  return Object.fromEntries(
    names.flatMap((name) => (address[name] === undefined ? [] : [[ADDRESS[name], stated(address[name])]])),
  )
}

function policyOf({ notices }: ConsentRecord, { mark }: Reading): string {
  const index = notices.findIndex(({ url }) => url !== undefined)
  if (index !== -1) mark('notices', index, 'url')
  return stated(notices[index]?.url)
}

function servicesOf(record: ConsentRecord, given: readonly Given[], reading: Reading): KantaraReceipt['services'] {
  const services = new Map<string, KantaraPurpose[]>()
  for (const one of given) {
    const name = serviceOf(one, reading)
    const purposes = services.get(name) ?? []
    services.set(name, [...purposes, ...purposesOf(record, one, reading)])
  }
  return [...services].map(([service, purposes]) => ({ service, purposes }))
}

function serviceOf({ index, process }: Given, { mark }: Reading): string {
  const { title, id } = process.services?.[0] ?? {}
  mark('processes', index, 'services', 0, title === undefined ? 'id' : 'title')
  return stated(title ?? id)
}

function purposesOf(record: ConsentRecord, given: Given, { mark }: Reading): readonly KantaraPurpose[] {
  const { index, process } = given
  const rest = {
    consentType: consentTypeOf(given, mark),
    piiCategory: process.personalData.map((data, i) => {
      mark('processes', index, 'personalData', i, data.description === undefined ? 'categories' : 'description')
      return categoryOf(data)
    }),
    termination: terminationOf(given, mark),
    ...thirdPartiesOf(record, given, mark),
  }
  return process.purposes.map(({ title, description, categories = [] }, i) => {
    const named = description === undefined ? 'title' : 'description'
    mark('processes', index, 'purposes', i, named)
    mark('processes', index, 'purposes', i, 'categories')
    const purpose = description ?? title
    return { ...(purpose === undefined ? {} : { purpose }), purposeCategory: categories, ...rest }
  })
}

type Mark = Reading['mark']

function consentTypeOf({ index, event, eventIndex }: Given, mark: Mark): string {
  const name = event.type === 'implied' ? 'IMPLICIT' : 'EXPLICIT'
  if (event.type === undefined) return NOT_STATED
  if (TYPES[name] === event.type) mark('processes', index, 'events', eventIndex, 'type')
  return name
}

function categoryOf({ description, categories = [] }: RecordPersonalData): string {
  return description ?? categories.join(', ')
}

function terminationOf({ index, process }: Given, mark: Mark): string {
  const at = process.storage.findIndex(({ duration }) => duration !== undefined)
  if (at !== -1) mark('processes', index, 'storage', at, 'duration', 'value')
  return stated(process.storage[at]?.duration?.value)
}

/** Recipients other than the controllers, by name. */
function thirdPartiesOf(
  record: ConsentRecord,
  { index, process }: Given,
  mark: Mark,
): Pick<KantaraPurpose, 'thirdPartyDisclosure' | 'thirdPartyName'> {
  const names: string[] = []
  for (const [i, id] of process.recipients.entries()) {
    if (process.controllers.includes(id)) continue
    const at = record.parties.findIndex((party) => party.id === id)
    const name = record.parties[at]?.name
    if (name !== undefined) {
      mark('parties', at, 'name')
      mark('parties', at, 'id')
    }
    mark('processes', index, 'recipients', i)
    names.push(stated(name ?? id))
  }
  return names.length === 0
    ? { thirdPartyDisclosure: false }
    : { thirdPartyDisclosure: true, thirdPartyName: names.join(', ') }
}

function sensitivityOf(given: readonly Given[]): Pick<KantaraReceipt, 'sensitive' | 'spiCat'> {
  const data = given.flatMap(({ process }) => process.personalData)
  const spiCat = distinct(
    data.filter(({ types = [] }) => types.some((type) => SENSITIVE.includes(type))).map(categoryOf),
  )
  return { sensitive: spiCat.length > 0, spiCat }
}

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
