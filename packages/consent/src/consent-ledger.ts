/**
 * The log that events may be committed to.
 *
 * @module
 */

/**
 * What the service asks of a log: that the hash of every event becomes one of its leaves. `consentLedger` of
 * `@surveyseal/stores` makes one of a ledger in a database; the log gets the hash alone, so no event is kept twice.
 *
 * @typeParam Tx - The handle of a transaction of the consent store.
 */
export interface ConsentLedger<Tx> {
  /**
   * Commits to an event within the transaction that records it, so that both are kept or neither. A log in another place
   * may ignore `tx`: when the event is lost afterwards, a hash remains that says nothing.
   *
   * @param hash - The event's hash: 43 characters of base64url.
   */
  commit(hash: string, tx: Tx): Promise<void>
  /**
   * Destroys what the log itself holds of an event, within the transaction that destroys the event, and notes that it was
   * erased. An event the log does not hold is passed over; so is one that was erased before.
   */
  erase(hash: string, tx: Tx): Promise<void>
  /** Proves an event that was committed to: the text of a c2sp.org/tlog-proof. Rejects when the log does not hold it. */
  attest(hash: string): Promise<string>
}
