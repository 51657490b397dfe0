/**
 * The port a database implements so that no request is lost and none is moved twice.
 *
 * @module
 */

import type { RequestState, Right, StepReason } from './request-states.js'

/** One step of a request. */
export interface RequestStep {
  readonly state: RequestState
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
  readonly reason: StepReason | null
}

/** One request. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export interface RightsRequest {
  /** Random: 22 characters of base64url. */
  readonly id: string
  /** The person's pseudonym with this tenant, never the host's own reference: 43 characters of base64url. */
  readonly person: string
  readonly right: Right
  /** The survey it is about; null for everything. */
  readonly survey: string | null
  /** For an objection: the purposes; null for all that rest on legitimate interests or a public task. */
  readonly purposes: readonly string[] | null
  readonly receivedAt: number
  /** The last day to answer, as `2026-04-07`. */
  readonly lastDay: string
  readonly state: RequestState
  /** When it was fulfilled, refused or cancelled; null while it is open. */
  readonly closedAt: number | null
  /** Every step, the first of them `received`. */
  readonly steps: readonly RequestStep[]
}

/**
 * The requests of one tenant.
 *
 * Every implementation passes `rightsStoreContract` of `@surveyseal/consent/testing`.
 *
 * @typeParam Tx - The handle a host writes its own rows with inside {@link RightsStore.transaction}.
 */
export interface RightsStore<Tx> {
  /** Adds a request; its id is fresh. */
  add(request: RightsRequest): Promise<void>
  /** Reads a request, null when there is none. */
  find(id: string): Promise<RightsRequest | null>
  /** Reads the requests of a person, the first received first. */
  ofPerson(person: string): Promise<readonly RightsRequest[]>
  /** Reads requests that are not closed, the first due first. */
  open(limit: number): Promise<readonly RightsRequest[]>
  /**
   * Replaces a request by itself with one step more; false when the stored one has not exactly one step less. Of two
   * callers at the same moment one wins.
   */
  advance(request: RightsRequest): Promise<boolean>
  /** Gives a request another pseudonym; false when there is none. */
  separate(id: string, person: string): Promise<boolean>
  /** Forgets requests that were closed before an instant; returns how many. */
  purge(closedBefore: number): Promise<number>
  /** Runs everything inside, the host's writes through `tx` included, as one: all of it is kept or nothing. */
  transaction<T>(run: (store: RightsStore<Tx>, tx: Tx) => Promise<T>): Promise<T>
}
