import type { ErasureCertificate } from './erasure-certificate.js'
import type { ErasureNotice } from './erasure-target.js'

/**
 * What others have to be told.
 *
 * - `erasure.review`: a review of this record is shown somewhere, on a widget or a page, and must not be any more.
 * - `erasure.reply`: a reply to this record was sent, and the link in it must stop working.
 * - `erasure.completed`: everything is done.
 */
export type ErasureMessage =
  | { readonly type: `erasure.${ErasureNotice}`; readonly target: string; readonly id: string }
  | { readonly type: 'erasure.completed'; readonly erasure: string; readonly certificate: ErasureCertificate }

/**
 * Where messages wait until they are delivered, at least once each: after a crash a message may be put again.
 *
 * Together the messages of one erasure name the records of one person: delete them once they are delivered.
 */
export interface ErasureOutbox {
  /** Keeps a message durably. */
  put(message: ErasureMessage): Promise<void>
}
