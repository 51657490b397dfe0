/**
 * Receipts with a newer proof.
 *
 * @module
 */

import type { ConsentLedger } from './consent-ledger.js'
import { verifyReceiptSignature } from './lib/documents.js'
import { issueReceipt, verifyReceipt } from './receipt.js'
import type { ControllerKeys, Signer } from './signer.js'

/** Whose receipt, and which log proves it. */
export interface RefreshReceiptOptions {
  readonly keys: ControllerKeys
  readonly signer: Signer
  readonly ledger: Pick<ConsentLedger<never>, 'attest'>
}

/**
 * Issues a receipt again, with the proof that its event is in the log as the log is now.
 *
 * The first receipt is signed before its event is in the log, so it has no proof; hand out a refreshed one. A person who
 * comes back with an old receipt gets one that agrees with the newest checkpoint. Event, wording and time stay what they
 * were, nothing is read from the consent store, and the old receipt stays valid.
 *
 * @param receipt - One this controller signed; may come from anywhere.
 * @param options - See {@link RefreshReceiptOptions}.
 * @returns The receipt with the proof.
 * @throws {@link ConsentError} those of `verifyReceipt`.
 * @throws LedgerError `ERR_LEDGER_ENTRY_MISSING` when the log does not hold the event; others when it is damaged.
 */
export async function refreshReceipt(receipt: string, options: RefreshReceiptOptions): Promise<string> {
  const { keys, signer, ledger } = options
  const { event } = await verifyReceipt(receipt, { keys: { keys: keys.keys } })
  const { notice } = await verifyReceiptSignature(receipt, keys)
  return issueReceipt(event, { signer, document: notice, proof: await ledger.attest(event.hash) })
}
