/**
 * The port a database implements so that consent can be asked for once, recorded in order and never lost.
 *
 * @module
 */

import type { Actor } from './consent-event.js'

/** One person's events in one survey form one chain. The tenant belongs to the store itself. */
export interface ChainKey {
  /** The person's pseudonym in this survey: 43 characters of base64url. Never the host's own reference. */
  readonly subject: string
  readonly survey: string
}

/** The newest event of a chain. A chain without events has no head. */
export interface ChainHead {
  /** Its position, counted from 1. */
  readonly seq: number
  /** Its {@link EventRecord.hash}. */
  readonly hash: string
}

/** A request waiting for its answer. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export interface RequestRecord extends ChainKey {
  /** Names the request and is signed by the browser: 43 characters of base64url. Answered at most once. */
  readonly nonce: string
  /** The controller's identifier, usually its web origin. */
  readonly audience: string
  /** Digest of the notice in the language shown. */
  readonly notice: string
  readonly language: string
  /** The purposes to be decided, every one of them. */
  readonly purposes: readonly string[]
  /** When what is given in the answer ends by itself, a whole second; null when it does not. */
  readonly validUntil: number | null
  /** Who is asked to act. */
  readonly actor: Actor
  /** The position the event will take: one more than the head's, 1 without a head. */
  readonly seq: number
  /** The head's hash when the request was made, null without a head. */
  readonly prev: string | null
  readonly issuedAt: number
  readonly expiresAt: number
}

/** What is stored of an event. Instants are milliseconds since 1970-01-01T00:00:00Z, digests 43 characters of base64url. */
export interface EventRecord extends ChainKey {
  readonly seq: number
  readonly prev: string | null
  /** SHA-256 of the salt's 32 bytes followed by the bytes of {@link EventRecord.jws}. The next event's `prev`. */
  readonly hash: string
  readonly salt: string
  /** SHA-256 of the bytes of {@link EventRecord.jws}. */
  readonly digest: string
  /** The request this event answers; null for what the controller signs, which needs none. */
  readonly nonce: string | null
  /** The signed event, byte for byte as it was received. ASCII, at most 16,384 characters. */
  readonly jws: string
  readonly receivedAt: number
  /** The receipt given for it, byte for byte. ASCII, at most 786,432 characters. */
  readonly receipt: string
}

/** What is left of an event of an erased person. Nothing in it leads to the person or to another of their events. */
export interface SummaryRecord {
  /** {@link EventRecord.hash}: without the salt it says nothing about the event. */
  readonly hash: string
  /** The last month in which the summary is needed, counted from January of the year 0. */
  readonly keepUntil: number
  /** What the controller signed about it: a compact JWS, at most 16,384 characters. */
  readonly summary: string
}

/**
 * - `appended`: the event is the new head and its nonce, if it has one, is spent.
 * - `repeated`: the chain already holds these very bytes (same `digest`), at whatever position; nothing changed.
 * - `nonce-spent`: the nonce was never saved or is already spent; nothing changed.
 * - `head-moved`: `seq` and `prev` do not continue the chain's head; nothing changed, the nonce stays unspent.
 *
 * When several hold, the first in this order from `repeated` on is the outcome.
 */
export type AppendOutcome = 'appended' | 'repeated' | 'nonce-spent' | 'head-moved'

/**
 * Storage of consent for one tenant.
 *
 * Every implementation passes `consentStoreContract` of `@surveyseal/consent/testing`.
 *
 * @typeParam Tx - The handle a host writes its own rows with inside {@link ConsentStore.transaction}.
 */
export interface ConsentStore<Tx> {
  /** Keeps a request, at least until it expires; its nonce is fresh. */
  saveRequest(request: RequestRecord): Promise<void>
  /** Reads a request, spent or not; changes nothing. May return null once the request has expired. */
  findRequest(nonce: string): Promise<RequestRecord | null>
  /**
   * Forgets requests that expired at `before` or earlier, spent ones included, and says how many. A forgotten nonce stays
   * unusable.
   */
  purgeRequests(before: number): Promise<number>
  /** Adds the next event of a chain, decided and written in one step that two racing callers cannot both win. */
  append(record: EventRecord): Promise<AppendOutcome>
  /** Reads the newest position of a chain, null when it has no event. */
  head(chain: ChainKey): Promise<ChainHead | null>
  /** Reads a whole chain, first event first. */
  events(chain: ChainKey): Promise<EventRecord[]>
  /** Names the surveys that have an event or a request, each once, in any order. */
  surveys(): Promise<readonly string[]>
  /** Tells whether a chain has an event or a request. */
  holds(chain: ChainKey): Promise<boolean>
  /**
   * Puts summaries in the place of a whole chain and forgets its requests. The nonces that were spent stay unusable, and the
   * order of the summaries in the database says nothing about whose they are.
   *
   * @returns `false`, with nothing changed, when the chain's head is not `head` any more, or of a chain without events not null.
   */
  reduce(
    chain: ChainKey,
    to: { readonly head: ChainHead | null; readonly summaries: readonly SummaryRecord[] },
  ): Promise<boolean>
  /** Reads the summary of an event, null when there is none. */
  summary(hash: string): Promise<string | null>
  /** Forgets summaries that are not needed in this month any more, and says how many. */
  purgeSummaries(month: number): Promise<number>
  /** Runs everything inside, the host's writes through `tx` included, as one: all of it is kept or nothing. */
  transaction<T>(run: (store: ConsentStore<Tx>, tx: Tx) => Promise<T>): Promise<T>
}
