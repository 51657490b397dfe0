/**
 * Consent receipts as Kantara 1.1 has them.
 *
 * @module
 */

import { ConsentError } from '../errors.js'
import { type KantaraReceipt, NOT_STATED } from '../lib/kantara-receipt.js'
import { startReading } from '../lib/reading.js'
import { toKantara } from '../lib/to-kantara.js'
import type { ConsentRecord, LostMember } from './consent-record.js'
import type { Exported } from './export-record.js'

export type { KantaraController, KantaraPurpose, KantaraReceipt } from '../lib/kantara-receipt.js'

/**
 * Writes a Kantara Consent Receipt 1.1 (JSON).
 *
 * The format knows consent that was given, once, for everything it lists. Purposes that were refused, withdrawn or never
 * decided are left out and named in `lost`, and so are the history, the wording's digest and the signed texts. It is not
 * signed; the specification's JWT is the controller's to make.
 *
 * @param record - From `describeConsent` or `importConsentRecord`.
 * @returns The receipt, what was lost, and what it leaves unstated (`N/A`).
 * @throws ConsentError `ERR_CONSENT_NOTHING_TO_EXPORT` when no purpose is given now.
 */
export function exportKantara(record: ConsentRecord): Exported<KantaraReceipt> {
  const lost: LostMember[] = []
  const document = toKantara(record, (path, reason) => lost.push({ path, reason }))
  if (document === null) throw new ConsentError('ERR_CONSENT_NOTHING_TO_EXPORT', 'no purpose is given now')
  return { document, lost, unstated: [...textsEqual(document, NOT_STATED)] }
}

function textsEqual(document: KantaraReceipt, text: string): readonly string[] {
  const at = (path: string): unknown =>
    path
      .split('/')
      .slice(1)
      .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], document)
  return startReading(document)
    .unread()
    .filter((path) => at(path) === text)
}
