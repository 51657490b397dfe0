/**
 * Receipts: an event, its wording and the time it was received, signed by the controller.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { Cosignature, VerifiedInclusion } from '@surveyseal/ledger/verify'
import { parseTlogProof } from '@surveyseal/ledger/verify'
import type { ConsentEvent, RecordedEvent } from './consent-event.js'
import { ConsentError } from './errors.js'
import { restoreEvent } from './event-record.js'
import { digestText } from './lib/bytes.js'
import { MAX_RECEIPT_LENGTH, verifyEvent, verifyReceiptSignature } from './lib/documents.js'
import { readDocument } from './lib/notice-schema.js'
import { type LaterDecision, readSequel } from './lib/receipt-chain.js'
import { type ProvedClaim, type UnprovedClaim, weighReceipt } from './lib/receipt-claims.js'
import { logPolicy, verifyCheckpoints, verifyGrowth, verifyProof } from './lib/receipt-log.js'
import type { ReceiptPayload } from './lib/schemas.js'
import type { NoticeDocument } from './notice.js'
import { type ControllerKeys, type Signer, signAsController } from './signer.js'

export type { LaterDecision } from './lib/receipt-chain.js'
export type { ProvedClaim, UnprovedClaim } from './lib/receipt-claims.js'

/** Where an event stands in the controller's log. */
export interface ReceiptInclusion {
  /** The log's origin. */
  readonly log: string
  /** The event's place, counted from 0. */
  readonly index: number
  /** Entries of the log at the checkpoint. */
  readonly size: number
  /** Known witnesses that cosigned the checkpoint. */
  readonly cosignatures: readonly Cosignature[]
}

/** A receipt that holds together. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export interface VerifiedReceipt {
  readonly event: RecordedEvent
  /** The wording that was signed; null for a withdrawal. */
  readonly notice: NoticeDocument | null
  /** Null when the receipt has no proof, or no key of the log was given. */
  readonly inclusion: ReceiptInclusion | null
  /** What the later receipts that were given say about its purposes, oldest first. */
  readonly later: readonly LaterDecision[]
  /** Until when nothing else was decided, as far as was proved; null when that was not. */
  readonly unchangedUntil: number | null
  readonly proved: readonly ProvedClaim[]
  readonly notProved: readonly UnprovedClaim[]
}

/** What a receipt is verified with. */
export interface VerifyReceiptOptions {
  /** The controller's public keys, retired ones included, and those of its logs. */
  readonly keys: ControllerKeys
  /** Other receipts of the same person and survey that came after this one, in any order. */
  readonly later?: readonly string[]
  /** Checkpoints of the log that were kept elsewhere, by a witness for instance. */
  readonly checkpoints?: readonly string[]
  /**
   * Proofs that a checkpoint grew out of an older one, from `proveGrowth` or `surveyseal ledger prove`: of those kept elsewhere, or
   * of the receipt's, into one that both are beginnings of.
   */
  readonly growth?: readonly string[]
  /** Verifier keys of witnesses whose cosignatures count. */
  readonly witnesses?: readonly string[]
  /**
   * How many of the witnesses must have cosigned a checkpoint for it to be called witnessed.
   *
   * @defaultValue all of them
   */
  readonly quorum?: number
}

/**
 * Signs the receipt of a recorded event.
 *
 * A receipt names the person's pseudonym and **is** the capability to withdraw, in that survey, whatever the same person has given: hand it to the respondent
 * and to nobody else, and keep it out of logs and URLs.
 *
 * @param event - From `receiveEvent`.
 * @param options - `document` is the text the event's notice digest was made of, null for a withdrawal; `proof` the text of
 * a c2sp.org/tlog-proof for the event's hash, whose form is checked and whose truth is not: `refreshReceipt` asks a log for it.
 * @returns A compact JWS of at most 786,432 characters.
 * @throws {RangeError} `ERR_INVALID_ARG_VALUE`: a proof that makes the receipt longer.
 * @throws {@link ConsentError} `ERR_CONSENT_NOTICE_MISMATCH` when the document is not the one that was signed.
 * @throws LedgerError `ERR_LEDGER_PROOF_MALFORMED`, `ERR_LEDGER_NOTE_MALFORMED`, `ERR_LEDGER_CHECKPOINT_MALFORMED`.
 */
export async function issueReceipt(
  event: RecordedEvent,
  options: { readonly signer: Signer; readonly document: string | null; readonly proof?: string },
): Promise<string> {
  const { document, proof } = options
  readSignedDocument(event, document)
  if (proof !== undefined) parseTlogProof(proof)
  const payload: ReceiptPayload = {
    iss: event.audience,
    receivedAt: new Date(event.receivedAt).toISOString(),
    event: event.jws,
    salt: event.salt,
    hash: event.hash,
    notice: document,
    ...(proof === undefined ? {} : { proof }),
  }
  const receipt = await signAsController('consent-receipt+jwt', payload, options.signer)
  // Of a notice and an event of any length there is always room for a proof, not for a note of any length.
  if (receipt.length > MAX_RECEIPT_LENGTH)
    throw invalidArgumentValue('options.proof', 'a proof that leaves room for the rest')
  return receipt
}

/**
 * Verifies a receipt offline, with only the controller's public keys.
 *
 * Checks the controller's signature, the signature of the event inside, the commitment, that the wording inside is the
 * wording whose digest was signed, and, when it has a proof and a key of the log is given, that the event is in the log
 * at a checkpoint the log signed. Later receipts and checkpoints kept elsewhere prove more, or the contrary. Says what
 * all that proves, and what it does not: a later withdrawal that the controller hides is shown by its own receipt, which
 * the person has, or by a later witnessed checkpoint, and by nothing else.
 *
 * @param receipt - The compact JWS.
 * @param options - See {@link VerifyReceiptOptions}.
 * @returns The event and the claims.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_VALUE`: a quorum of more witnesses than there are, checkpoints or
 * growth without a key of the log, growth out of a state that is not given.
 * @throws {@link ConsentError} `ERR_CONSENT_MALFORMED`, `ERR_CONSENT_DUPLICATE_KEY`, `ERR_CONSENT_ALGORITHM_REFUSED`,
 * `ERR_CONSENT_TYPE_REFUSED`, `ERR_CONSENT_PRIVATE_KEY` for what cannot be a receipt, or holds what cannot be an event.
 * @throws {@link ConsentError} `ERR_CONSENT_KEY_NOT_FOUND`, `ERR_CONSENT_SIGNATURE_INVALID`.
 * @throws {@link ConsentError} `ERR_CONSENT_RECORD_INVALID`, `ERR_CONSENT_NOTICE_MISMATCH`, `ERR_CONSENT_NOTICE_INVALID`
 * when its parts do not belong together.
 * @throws {@link ConsentError} `ERR_CONSENT_CHAIN_MISMATCH` when a later receipt is of another person or survey, is not
 * later, or contradicts the chain.
 * @throws LedgerError those of `verifyTlogProof`, `verifyCheckpoint` and `verifyGrowthProof`; `ERR_LEDGER_FORK` when the log signed two trees
 * of one size.
 */
export async function verifyReceipt(receipt: string, options: VerifyReceiptOptions): Promise<VerifiedReceipt> {
  const policy = logPolicy(options)
  const opened = await openReceipt(receipt, options)
  const later = await Promise.all((options.later ?? []).map((text) => openReceipt(text, options)))
  const known = await verifyCheckpoints(options.checkpoints ?? [], policy)
  const own = [opened, ...later].flatMap(({ proof }) => proof?.checkpoint ?? [])
  const growth = await verifyGrowth(options.growth ?? [], [...own, ...known], policy)
  const { event, notice, proof } = opened
  const sequel = readSequel(
    event,
    later.map((each) => each.event),
  )
  return {
    event,
    notice,
    inclusion: inclusionOf(proof),
    ...weighReceipt({ event, proof, known, growth, sequel, policy }),
  }
}

interface OpenedReceipt {
  readonly event: RecordedEvent
  readonly notice: NoticeDocument | null
  readonly proof: VerifiedInclusion | null
}

/** Verifies what a receipt says by itself. */
async function openReceipt(receipt: string, options: VerifyReceiptOptions): Promise<OpenedReceipt> {
  const { keys } = options
  const payload = await verifyReceiptSignature(receipt, keys)
  const event = restoreEvent(await verifyEvent(payload.event, keys), {
    ...payload,
    receivedAt: Date.parse(payload.receivedAt),
  })
  if (event.audience !== payload.iss || Number.isNaN(event.receivedAt)) {
    throw new ConsentError('ERR_CONSENT_RECORD_INVALID', 'the parts of the receipt do not belong together')
  }
  const notice = readSignedDocument(event, payload.notice)
  return { event, notice, proof: await verifyProof(payload.proof, event.hash, logPolicy(options)) }
}

function inclusionOf(proof: VerifiedInclusion | null): ReceiptInclusion | null {
  if (proof === null) return null
  const { origin, size, cosignatures } = proof.checkpoint
  return { log: origin, index: proof.index, size, cosignatures }
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
