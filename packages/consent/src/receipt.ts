/**
 * Receipts: an event, its wording and the time it was received, signed by the controller.
 *
 * @module
 */

import type { ConsentEvent, RecordedEvent } from './consent-event.js'
import { ConsentError } from './errors.js'
import { restoreEvent } from './event-record.js'
import { digestText } from './lib/bytes.js'
import { verifyEvent, verifyReceiptSignature } from './lib/documents.js'
import { readDocument } from './lib/notice-schema.js'
import type { ReceiptPayload } from './lib/schemas.js'
import type { NoticeDocument } from './notice.js'
import { type ControllerKeys, type Signer, signAsController } from './signer.js'

/** What a verified receipt proves. */
export type ProvedClaim =
  /** The controller signed this receipt. */
  | 'controller-signed-receipt'
  /** The controller states when it received the event. */
  | 'controller-states-time'
  /** The key named in the event signed these decisions on this notice. */
  | 'event-signed-by-named-key'
  /** The wording in the receipt is, byte for byte, the one whose digest was signed. */
  | 'wording-is-what-was-signed'
  /** The controller signed the withdrawal. */
  | 'controller-signed-withdrawal'

/** What no receipt proves by itself. */
export type UnprovedClaim =
  /** That nothing was withdrawn since: a later receipt would show it. */
  | 'no-later-withdrawal'
  /** That nothing was given again since. */
  | 'no-later-decision'
  /** That the browser's key is in the hands of this person. */
  | 'key-belongs-to-person'
  /** That the page showed the wording, and that it was read. */
  | 'person-read-wording'
  /** That anyone but the controller confirms the time. */
  | 'time-confirmed-by-others'

/** A receipt that holds together. */
export interface VerifiedReceipt {
  readonly event: RecordedEvent
  /** The wording that was signed; null for a withdrawal. */
  readonly notice: NoticeDocument | null
  readonly proved: readonly ProvedClaim[]
  readonly notProved: readonly UnprovedClaim[]
}

/**
 * Signs the receipt of a recorded event.
 *
 * A receipt names the person's pseudonym and **is** the capability to withdraw what it records: hand it to the respondent
 * and to nobody else, and keep it out of logs and URLs.
 *
 * @param event - From `receiveEvent`.
 * @param options - `document` is the text the event's notice digest was made of, null for a withdrawal.
 * @returns A compact JWS of at most 524,288 characters.
 * @throws {@link ConsentError} `ERR_CONSENT_NOTICE_MISMATCH` when the document is not the one that was signed.
 */
export async function issueReceipt(
  event: RecordedEvent,
  options: { readonly signer: Signer; readonly document: string | null },
): Promise<string> {
  readSignedDocument(event, options.document)
  const payload: ReceiptPayload = {
    iss: event.audience,
    receivedAt: new Date(event.receivedAt).toISOString(),
    event: event.jws,
    salt: event.salt,
    hash: event.hash,
    notice: options.document,
  }
  return signAsController('consent-receipt+jwt', payload, options.signer)
}

/**
 * Verifies a receipt offline, with only the controller's public keys.
 *
 * Checks the controller's signature, the signature of the event inside, the commitment, and that the wording inside is the
 * wording whose digest was signed. Says what that proves, and what it does not.
 *
 * @param receipt - The compact JWS.
 * @param options - `keys` are the controller's, retired ones included.
 * @returns The event and the claims.
 * @throws {@link ConsentError} `ERR_CONSENT_MALFORMED`, `ERR_CONSENT_DUPLICATE_KEY`, `ERR_CONSENT_ALGORITHM_REFUSED`,
 * `ERR_CONSENT_TYPE_REFUSED`, `ERR_CONSENT_PRIVATE_KEY` for what cannot be a receipt, or holds what cannot be an event.
 * @throws {@link ConsentError} `ERR_CONSENT_KEY_NOT_FOUND`, `ERR_CONSENT_SIGNATURE_INVALID`.
 * @throws {@link ConsentError} `ERR_CONSENT_RECORD_INVALID`, `ERR_CONSENT_NOTICE_MISMATCH`, `ERR_CONSENT_NOTICE_INVALID`
 * when its parts do not belong together.
 */
export async function verifyReceipt(
  receipt: string,
  options: { readonly keys: ControllerKeys },
): Promise<VerifiedReceipt> {
  const payload = await verifyReceiptSignature(receipt, options.keys)
  const event = restoreEvent(await verifyEvent(payload.event, options.keys), {
    ...payload,
    receivedAt: Date.parse(payload.receivedAt),
  })
  if (event.audience !== payload.iss || Number.isNaN(event.receivedAt)) {
    throw new ConsentError('ERR_CONSENT_RECORD_INVALID', 'the parts of the receipt do not belong together')
  }
  return {
    event,
    notice: readSignedDocument(event, payload.notice),
    proved: [...PROVED[event.kind]],
    notProved: [...NOT_PROVED[event.kind]],
  }
}

const PROVED: Readonly<Record<ConsentEvent['kind'], readonly ProvedClaim[]>> = {
  decision: [
    'controller-signed-receipt',
    'controller-states-time',
    'event-signed-by-named-key',
    'wording-is-what-was-signed',
  ],
  withdrawal: ['controller-signed-receipt', 'controller-states-time', 'controller-signed-withdrawal'],
}

const NOT_PROVED: Readonly<Record<ConsentEvent['kind'], readonly UnprovedClaim[]>> = {
  decision: ['no-later-withdrawal', 'key-belongs-to-person', 'person-read-wording', 'time-confirmed-by-others'],
  withdrawal: ['no-later-decision', 'time-confirmed-by-others'],
}

function readSignedDocument(event: ConsentEvent, document: string | null): NoticeDocument | null {
  const signed = event.kind === 'decision' ? event.notice : null
  if ((document === null ? null : digestText(document)) !== signed) throw mismatch()
  if (document === null || event.kind !== 'decision') return null
  const notice = readDocument(document)
  if (notice.language !== event.language) throw mismatch()
  return notice
}

function mismatch(): ConsentError {
  return new ConsentError('ERR_CONSENT_NOTICE_MISMATCH', 'the wording is not the one that was signed')
}
