/**
 * From a record to a Kantara Consent Receipt 1.1, which knows one moment of consent and nothing after it.
 *
 * @module
 */

import type {
  ConsentRecord,
  LossReason,
  RecordAddress,
  RecordContact,
  RecordEvent,
  RecordParty,
  RecordPersonalData,
  RecordProcess,
} from '../export/consent-record.js'
import {
  ADDRESS,
  type KantaraController,
  type KantaraPurpose,
  type KantaraReceipt,
  NOT_STATED,
  SENSITIVE,
  TYPES,
} from './kantara-receipt.js'
import { KANTARA_VERSION } from './kantara-schema.js'
import { type Reading, startReading } from './reading.js'
import { NOT_AVAILABLE } from './record-checks.js'

type Lose = (path: string, reason: LossReason) => void

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
