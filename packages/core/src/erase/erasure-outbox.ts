import type { ErasureCertificate } from './erasure-certificate.js'
import type { ErasureNotice } from './erasure-target.js'

/**
 * What others have to be told.
 *
 * - `erasure.review`: a review of this record is shown somewhere, on a widget or a page, and must not be any more.
 * - `erasure.reply`: a reply to this record was sent, and the link in it must stop working.
 * - `erasure.completed`: everything is done.
 */
export type ErasureMessage = {
  /** The same at every attempt, and of no other message; two of one erasure have nothing in common. 64 characters of 0-9 a-f. */
  readonly key: string
} & (
  | { readonly type: `erasure.${ErasureNotice}`; readonly target: string; readonly id: string }
  | { readonly type: 'erasure.completed'; readonly erasure: string; readonly certificate: ErasureCertificate }
)

/**
 * Where messages wait until they are delivered, at least once each. `erasureOutbox` of `@surveyseal/stores` makes one of the
 * transactional outbox in a database.
 *
 * Together the messages of one erasure name the records of one person: delete them once they are delivered.
 */
export interface ErasureOutbox {
  /** Keeps messages durably; one whose key is there is left as it is. */
  put(messages: readonly ErasureMessage[]): Promise<void>
  /**
   * The same as part of the transaction in which a target does a step, so that the step is done and told, or neither.
   *
   * @param tx - What the target gave to {@link ErasureStepTools.tell}.
   * @returns `false`, with nothing done, when that is no transaction of the outbox's own database: `put` follows the step.
   */
  putWithin?(tx: unknown, messages: readonly ErasureMessage[]): Promise<boolean>
}
