/**
 * The port a database implements so that what happened is told, exactly if it happened.
 *
 * @module
 */

/** One event as it is stored. */
export interface OutboxRecord {
  /** 1 to 128 of `A-Z a-z 0-9 . _ : -`. */
  readonly id: string
  readonly type: string
  /** Milliseconds since 1970-01-01T00:00:00Z, of any clock: it delays nothing. */
  readonly occurredAt: number
  /** JSON. */
  readonly body: string
}

/** An event that is somebody's to deliver until the lease ends. */
export interface LeasedRecord extends OutboxRecord {
  /** How often it has been leased, this time included. */
  readonly attempt: number
}

/** An event that was given up. */
export interface BuriedRecord extends LeasedRecord {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly buriedAt: number
}

/** Which events to lease. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export interface LeaseOptions {
  /** Only these types: one at least. */
  readonly types: readonly string[]
  readonly at: number
  /** Until then nobody else gets them. */
  readonly until: number
  /** At most this many. */
  readonly limit: number
}

/**
 * The outbox of one tenant.
 *
 * Every implementation passes `outboxStoreContract` of `@surveyseal/consent/testing`.
 *
 * @typeParam Tx - The handle of the transaction in which what is told happens.
 */
export interface OutboxStore<Tx> {
  /** Adds events as part of `tx`. An id that is there is left as it is. They can be leased at once, by any clock. */
  enqueue(tx: Tx, records: readonly OutboxRecord[]): Promise<void>
  /**
   * Takes events that nobody holds, the oldest first, decided and written in one step: of two callers at the same moment no
   * two get the same event. One of them may get fewer than there are.
   */
  lease(options: LeaseOptions): Promise<readonly LeasedRecord[]>
  /** Forgets delivered, or buried, events; ids that are not there are ignored. */
  remove(ids: readonly string[]): Promise<void>
  /** Forgets, as part of `tx`, every event whose body holds a text, such as a pseudonym: waiting, leased or buried. */
  removeAbout(tx: Tx, text: string): Promise<void>
  /** Lets an event be leased again from `dueAt` on; false when it was leased again since that attempt, or is gone. */
  postpone(record: { readonly id: string; readonly attempt: number }, dueAt: number): Promise<boolean>
  /** Gives an event up: nobody leases it any more. False when it was leased again since that attempt, or is gone. */
  bury(record: { readonly id: string; readonly attempt: number }, at: number): Promise<boolean>
  /** Reads the events that were given up, the first given up first. */
  buried(limit: number): Promise<readonly BuriedRecord[]>
  /** Lets buried events be leased again, as if for the first time; returns how many there were. */
  revive(ids: readonly string[]): Promise<number>
}
