/**
 * Everything held about a person, in one document.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import type { ConsentEvent, Decision, Ruling, Signal } from '../consent-event.js'
import type { ChainKey, ConsentStore, EventRecord } from '../consent-store.js'
import { readEventRecord } from '../event-record.js'
import { assertDate } from '../lib/arguments.js'
import { readReceiptNotice } from '../lib/documents.js'
import { readDocument } from '../lib/notice-schema.js'
import type { Notice, NoticeController, NoticeDocument } from '../notice.js'
import type { RightsRequest } from './rights-store.js'

/** One of the host's records of a person: an answer, a profile. */
export interface AccessRecord {
  readonly id: string
  readonly survey: string | null
  /** Where the data came from, if not from the person: GDPR article 15(1)(g). */
  readonly source: string | null
  /** JSON values by field. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** One link that was made for a person. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export interface AccessLink {
  readonly survey: string
  readonly purpose: string
  readonly madeAt: number | null
  readonly expiresAt: number | null
  /** The host's own word: used, open, revoked. */
  readonly state: string
}

/** What the host implements: where it keeps what it keeps about a person. Whatever fails, the whole document does. */
export interface AccessSources<Person> {
  /** Answers, profiles, whatever else is kept. */
  records(person: Person): Promise<readonly AccessRecord[]>
  /** Links that were made for the person. */
  links(person: Person): Promise<readonly AccessLink[]>
  /** The person's pseudonym in every survey they were asked in. */
  chains(person: Person): Promise<readonly ChainKey[]>
  /** What they asked for before, from a `RightsStore`. @defaultValue none */
  requests?(person: Person): Promise<readonly RightsRequest[]>
}

/** What to assemble, and from where. */
export interface AssembleAccessOptions<Person> {
  /** The host's own reference; it is given to the sources and stands nowhere in the document. */
  readonly person: Person
  readonly sources: AccessSources<Person>
  readonly store: Pick<ConsentStore<never>, 'events'>
  readonly controller: NoticeController
  /** The notices in force: they say what the data is used for. */
  readonly notices: readonly Notice[]
  /** The language of those notices; their first one where they lack it. */
  readonly language: string
  /** @defaultValue the current time */
  readonly now?: Date
}

/** One consent event as the person reads it. */
export interface AccessEvent {
  readonly survey: string
  readonly receivedAt: number
  readonly kind: ConsentEvent['kind']
  readonly decisions: readonly {
    readonly purpose: string
    readonly title: string
    readonly decision: Decision | Ruling | Signal
  }[]
  /** Id, version and language of the notice it was under; null for what has none. */
  readonly notice: AccessNotice | null
  /** The receipt, which verifies by itself. */
  readonly receipt: string
}

/** A notice by name. */
export interface AccessNotice {
  readonly id: string
  readonly version: string
  readonly language: string
}

/** Everything held about a person: GDPR article 15. It is plain JSON. */
export interface AccessReport {
  readonly format: 'surveyseal-access'
  readonly formatVersion: 1
  /** ISO 8601, UTC. */
  readonly preparedAt: string
  readonly controller: NoticeController
  readonly records: readonly AccessRecord[]
  readonly events: readonly AccessEvent[]
  readonly links: readonly AccessLink[]
  readonly requests: readonly Pick<RightsRequest, 'right' | 'receivedAt' | 'lastDay' | 'state'>[]
  /** The notices in force and those the person decided under, whole: purposes, legal bases, recipients, retention. */
  readonly notices: readonly NoticeDocument[]
}

/**
 * Assembles what is held about a person.
 *
 * The report is as complete as the sources: a table no source reads is not in it. Names of other people in free text are in
 * it too; article 15(4) of the GDPR is the host's to weigh before it is handed over. Stored events are checked against
 * their hashes.
 *
 * @example
 * A document to download.
 *
 * ```ts
 * import { type AssembleAccessOptions, assembleAccess, renderAccessHtml } from '@surveyseal/consent/rights'
 *
 * export async function download(options: AssembleAccessOptions<string>): Promise<{ json: string; html: string }> {
 *   const report = await assembleAccess(options)
 *   return { json: JSON.stringify(report, null, 2), html: renderAccessHtml(report, { language: 'fr' }) }
 * }
 * ```
 *
 * @typeParam Person - The host's own reference to a person.
 * @param options - See {@link AssembleAccessOptions}.
 * @returns The report.
 * @throws {ConsentError} `ERR_CONSENT_RECORD_INVALID`: a stored event was changed.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`: a record holds what JSON cannot.
 */
export async function assembleAccess<Person>(options: AssembleAccessOptions<Person>): Promise<AccessReport> {
  const { person, sources, store, controller, notices, language, now = new Date() } = options
  assertDate('options.now', now)
  const [records, links, chains, requests] = await Promise.all([
    sources.records(person),
    sources.links(person),
    sources.chains(person),
    sources.requests?.(person) ?? [],
  ])
  const rows = (await Promise.all(chains.map((chain) => store.events(chain)))).flat()
  const signed = rows.map(readRow)
  const shown = [
    ...notices.flatMap((notice) => inLanguage(notice, language)),
    ...signed.flatMap(({ notice }) => (notice === null ? [] : [notice])),
  ]
  const titles = new Map(shown.flatMap(titlesOf))
  return {
    format: 'surveyseal-access',
    formatVersion: 1,
    preparedAt: now.toISOString(),
    controller: { ...controller },
    records: asJson(records),
    events: signed.map((row) => toAccessEvent(row, titles)).sort((a, b) => a.receivedAt - b.receivedAt),
    links: asJson(links),
    requests: requests.map(({ right, receivedAt, lastDay, state }) => ({ right, receivedAt, lastDay, state })),
    notices: distinct(shown),
  }
}

interface Row {
  readonly event: ReturnType<typeof readEventRecord>
  readonly notice: NoticeDocument | null
  readonly receipt: string
}

function readRow(record: EventRecord): Row {
  const event = readEventRecord(record)
  const notice = event.kind === 'decision' ? readReceiptNotice(record.receipt, event.notice) : null
  return { event, notice, receipt: record.receipt }
}

/** A purpose is called what the notice it was decided under calls it, or the last notice that names it. */
function toAccessEvent({ event, notice, receipt }: Row, titles: ReadonlyMap<string, string>): AccessEvent {
  const { survey, receivedAt, kind } = event
  const own = new Map(notice === null ? [] : titlesOf(notice))
  return {
    ...{ survey, receivedAt, kind, receipt },
    decisions: wordsOf(event).map(([purpose, decision]) => ({
      purpose,
      title: own.get(purpose) ?? titles.get(purpose) ?? purpose,
      decision,
    })),
    notice: notice === null ? null : { id: notice.id, version: notice.version, language: notice.language },
  }
}

/** A signal decides nothing, but the person reads which uses it was applied to. */
function wordsOf(event: Row['event']): [string, Decision | Ruling | Signal][] {
  if (event.kind === 'signal') return event.purposes.map((purpose) => [purpose, event.signal])
  return Object.entries(event.decisions)
}

function titlesOf({ wording }: NoticeDocument): [string, string][] {
  return Object.entries(wording.purposes).map(([purpose, { title }]) => [purpose, title])
}

function inLanguage({ documents }: Notice, language: string): readonly NoticeDocument[] {
  const texts = new Map(Object.entries(documents))
  const text = texts.get(language) ?? [...texts.values()][0]
  return text === undefined ? [] : [readDocument(text)]
}

function distinct(notices: readonly NoticeDocument[]): readonly NoticeDocument[] {
  return [...new Map(notices.map((notice) => [JSON.stringify(notice), notice])).values()]
}

/** A copy that is what its JSON says, and that nobody else changes. */
function asJson<T>(value: T): T {
  try {
    return JSON.parse(JSON.stringify(value)) as T
  } catch {
    throw invalidArgumentType('options.sources', 'what JSON can hold', value)
  }
}
