/**
 * The port a database implements so that links can be single use and revocable.
 *
 * @module
 */

import type { DraftStore } from './draft-store.js'
import type { SuppressionStore } from './suppression-store.js'

/** Where a link is looked up: a digest never crosses a survey or a purpose. The tenant belongs to the store itself. */
export interface LinkKey {
  readonly survey: string
  readonly purpose: string
  /** Keyed digest of the opaque id, or of a sealed link's identity: 43 characters of base64url. Never the id itself. */
  readonly digest: string
}

/** What is stored of a link. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export interface LinkRecord extends LinkKey {
  /** Which pepper made the digest. */
  readonly pepperId: string
  /** The host's own opaque reference to the invitee. */
  readonly respondent: string
  /** Tells several links of one respondent apart; issuing the same one again revokes its predecessor. */
  readonly serial: number
  readonly cohort: string | null
  readonly batch: string | null
  readonly usesLeft: number
  readonly validFrom: number | null
  readonly validUntil: number | null
  readonly revokedAt: number | null
}

/** One attempt to use a link up. */
export interface Spend {
  /** Repeating a spend with the key of an accepted one changes nothing. */
  readonly idempotencyKey: string
  readonly at: number
}

/**
 * - `spent`: one use is gone, the caller's transaction may write the answer.
 * - `repeated`: this idempotency key was accepted before; nothing changed.
 * - `refused`: no such link, no use left, revoked, or outside its validity; nothing changed.
 */
export type SpendOutcome = 'spent' | 'repeated' | 'refused'

/** Which links to revoke. */
export type LinkSelector =
  | { readonly survey: string; readonly purpose: string }
  | { readonly survey: string; readonly purpose: string; readonly cohort: string }
  | { readonly survey: string; readonly purpose: string; readonly digest: string }
  | { readonly survey: string; readonly purpose: string; readonly respondent: string }
  | { readonly survey: string; readonly cohort: string }
  | { readonly survey: string }
  | { readonly respondent: string }

/** Whom a link was issued to: one person in one wave. */
export interface Invitee {
  readonly survey: string
  readonly purpose: string
  readonly respondent: string
  readonly serial: number
}

/** Which accepted spends are asked for. */
export interface SpendQuery {
  readonly survey: string
  readonly purpose: string
  readonly idempotencyKeys: readonly string[]
}

/** An accepted spend and the link it used. */
export interface SpentLink {
  readonly idempotencyKey: string
  readonly record: LinkRecord
}

/** What {@link LinkStore.purge} removed. */
export interface PurgeCount {
  readonly links: number
  readonly drafts: number
}

/**
 * Storage of links for one tenant, with the drafts of answers and the suppression list.
 *
 * Every implementation passes `linkStoreContract` of `@surveyseal/links/testing`.
 *
 * @typeParam Tx - The handle a host writes its own rows with inside {@link LinkStore.transaction}.
 */
export interface LinkStore<Tx> extends SuppressionStore, DraftStore {
  /** Adds records that are not there yet; a record whose key is present is left as it is. */
  register(records: readonly LinkRecord[]): Promise<void>
  /**
   * Adds new records and revokes the unrevoked predecessors (same survey, purpose, respondent, serial), atomically.
   *
   * `usesLeft` of a record is what its invitee has in all: it is stored less the accepted spends of all their earlier
   * links, and never below 0. Drafts of the links it revokes go too.
   */
  issue(records: readonly LinkRecord[], at: number): Promise<void>
  /** Reads one record; changes nothing. */
  find(key: LinkKey): Promise<LinkRecord | null>
  /** Reads every record of these invitees, in any order; changes nothing. */
  issued(invitees: readonly Invitee[]): Promise<readonly LinkRecord[]>
  /** Uses the link once, decided and written in one step that two racing callers cannot both win. */
  spend(key: LinkKey, spend: Spend): Promise<SpendOutcome>
  /** Reads the accepted spends with these idempotency keys, in any order; changes nothing. */
  spends(query: SpendQuery): Promise<readonly SpentLink[]>
  /** Revokes what matches and is not revoked yet, and drops the drafts of what matches; returns how many were revoked. */
  revoke(selector: LinkSelector, at: number): Promise<number>
  /** Removes every link of a respondent, in all surveys and purposes, with its spends and drafts; returns how many links. */
  erase(respondent: string): Promise<number>
  /** Tells whether any link of a respondent is stored. */
  holds(respondent: string): Promise<boolean>
  /** Names the peppers under which links and suppressions are stored, each once, in any order. */
  pepperIds(): Promise<readonly string[]>
  /**
   * Removes links whose `validUntil` is before this instant, with their spends, and drafts saved before it. An expired
   * link stays as long as its invitee has one that has not expired by then and is not revoked: its spends still count.
   */
  purge(before: number): Promise<PurgeCount>
  /** Runs everything inside, the host's writes through `tx` included, as one: all of it is kept or nothing. */
  transaction<T>(run: (store: LinkStore<Tx>, tx: Tx) => Promise<T>): Promise<T>
}
