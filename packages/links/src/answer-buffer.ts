/**
 * The port a database implements so that answers wait until enough of them can be let out together.
 *
 * @module
 */

/** Gives that many unpredictable bytes. */
export type RandomBytes = (length: number) => Uint8Array

/** One answer that must not be tied to the link it came by. */
export interface WaitingAnswer {
  /** Answers of one pool are let out together: a survey, or one wave of it. */
  readonly pool: string
  /** The host's own text. Whatever it says about its author (a time, a language, an address) stays in it. */
  readonly answer: string
}

/** When answers are let out, and where they go. */
export interface ReleaseOptions<Tx> {
  readonly pool: string
  /** The cohort floor: fewer answers than this keep waiting. From 2; what it should be is a decision about people. */
  readonly atLeast: number
  /**
   * Writes the batch to the host's own tables, in the order given, through `tx` only; it may run again when the database asks
   * for a retry. A column filled from the clock or a sequence is harmless here: the batch has one instant, and no order.
   */
  accept(tx: Tx, answers: readonly string[]): Promise<void>
}

/** What a release did. */
export interface Release {
  /** How many answers went out in this batch; 0 when there were fewer than the floor. */
  readonly released: number
  /** How many still wait. */
  readonly waiting: number
  /**
   * Whether the database's own files were freed of the order in which links were used and answers came. `false` when
   * somebody held them: the answers are out, and the next call of `release` tries again.
   */
  readonly rewritten: boolean
}

/**
 * Keeps the answers of one tenant between submission and release, with nothing beside them that tells whose they are.
 *
 * Until its release an answer lies in the same database as the link it came by, written by the same transaction: whoever
 * reads the database then may be able to join them. After it, within the batch, nothing in the database does. Backups,
 * replicas and write-ahead log archives of the time before are out of reach, and so is anyone who watches.
 *
 * Every implementation passes `answerBufferContract` of `@surveyseal/links/testing`.
 *
 * @typeParam Tx - The handle of the transaction in which the link is spent.
 */
export interface AnswerBuffer<Tx> {
  /** Adds an answer as part of `tx`: it is kept exactly when the link is spent. */
  add(tx: Tx, answer: WaitingAnswer): Promise<void>
  /**
   * Lets out every answer of a pool if there are enough: in random order, as one transaction with what `accept` writes, so
   * that each goes out once or keeps waiting; then rewrites what could still tell the order of arrival. Call it on a timer,
   * or when the survey closes: the fewer releases, the larger the crowd. Not inside a transaction.
   *
   * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
   */
  release(options: ReleaseOptions<Tx>): Promise<Release>
  /** Destroys what waits in a pool, for a survey that closes below the floor; tells how many answers that were. */
  discard(pool: string): Promise<number>
}
