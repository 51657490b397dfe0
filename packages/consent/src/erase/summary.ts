/**
 * What is left of an event once the person was erased: purposes, status, month, notice, legal basis, and how long it is kept.
 *
 * @module
 */

import type { Decision, Proof, RecordedEvent, Ruling } from '../consent-event.js'
import type { EventRecord, SummaryRecord } from '../consent-store.js'
import { readEventRecord } from '../event-record.js'
import { readReceiptNotice, verifySummarySignature } from '../lib/documents.js'
import { formatMonth, monthOf } from '../lib/month.js'
import type { SummaryPayload } from '../lib/schemas.js'
import type { LegalBasis } from '../notice.js'
import { type ControllerKeys, type Signer, signAsController } from '../signer.js'

/** What an event said of one purpose. */
export interface SummarizedPurpose {
  readonly status: Decision | Ruling | 'signal'
  /** The legal basis that the notice named; null when no notice of the chain tells. */
  readonly legalBasis: LegalBasis | null
}

/** What is left of an event. It names no person, and nothing that two events of one person have alone in common. */
export interface ConsentSummary {
  /** {@link EventRecord.hash} of the event. */
  readonly event: string
  /** The controller's identifier. */
  readonly audience: string
  readonly survey: string
  /** By purpose; none when the event could not be read any more. Own properties only. */
  readonly purposes: Readonly<Record<string, SummarizedPurpose>>
  /** Who stood for what the event said; null when it could not be read any more. */
  readonly proof: Proof | null
  /** Digest of the notice that was shown, null when none was. */
  readonly notice: string | null
  /** The month in which the event was received, in UTC, such as `2026-11`. */
  readonly received: string
  /** The last month in which the summary is kept. */
  readonly keepUntil: string
}

/** How summaries are made. */
export interface SummaryTerms {
  readonly signer: Signer
  /** The controller's identifier. */
  readonly audience: string
  /** How many months after an event its summary is kept. */
  readonly months: number
}

/**
 * Verifies a summary.
 *
 * It proves that the controller's key signed it. That the event said so, nobody can check any more but who holds its receipt.
 *
 * @param summary - The compact JWS, as `summary` of the consent store gives it.
 * @param options - The controller's public keys, retired ones included.
 * @returns What it says.
 * @throws {ConsentError} `ERR_CONSENT_MALFORMED`, `ERR_CONSENT_DUPLICATE_KEY`, `ERR_CONSENT_ALGORITHM_REFUSED`,
 * `ERR_CONSENT_TYPE_REFUSED`, `ERR_CONSENT_PRIVATE_KEY`, `ERR_CONSENT_KEY_NOT_FOUND`, `ERR_CONSENT_SIGNATURE_INVALID`.
 *
 * @example
 * Whether consent was given, years after the person was erased.
 *
 * ```ts
 * import type { ConsentStore, ControllerKeys } from '@surveyseal/consent'
 * import { type ConsentSummary, verifySummary } from '@surveyseal/consent/erase'
 *
 * export async function leftOf(store: ConsentStore<never>, hash: string, keys: ControllerKeys): Promise<ConsentSummary | null> {
 *   const summary = await store.summary(hash)
 *   return summary === null ? null : verifySummary(summary, { keys })
 * }
 * ```
 */
export async function verifySummary(
  summary: string,
  { keys }: { readonly keys: ControllerKeys },
): Promise<ConsentSummary> {
  const { iss, hash, survey, purposes, proof, notice, received, until } = await verifySummarySignature(summary, keys)
  return Object.freeze({
    ...{ event: hash, audience: iss, survey, proof, notice, received, keepUntil: until },
    purposes: Object.freeze(
      Object.fromEntries(
        Object.entries(purposes).map(([purpose, [status, legalBasis]]) => [
          purpose,
          { status, legalBasis: legalBasis as LegalBasis | null },
        ]),
      ),
    ),
  })
}

/**
 * Sums up a whole chain, event by event. One that contradicts its hash, and so cannot be believed, leaves its month alone.
 *
 * @internal
 */
export async function summarize(events: readonly EventRecord[], terms: SummaryTerms): Promise<SummaryRecord[]> {
  const bases = new Map<string, LegalBasis>()
  const summaries: SummaryRecord[] = []
  for (const record of events) summaries.push(await summarizeOne(record, bases, terms))
  return summaries
}

async function summarizeOne(
  record: EventRecord,
  bases: Map<string, LegalBasis>,
  { signer, audience, months }: SummaryTerms,
): Promise<SummaryRecord> {
  const { hash, survey, receivedAt } = record
  const event = readIfPossible(record)
  if (event?.kind === 'decision') noteBases(bases, record.receipt, event.notice)
  const received = monthOf(receivedAt)
  const keepUntil = received + months
  const payload: SummaryPayload = {
    iss: audience,
    hash,
    survey,
    purposes:
      event === null
        ? {}
        : Object.fromEntries(statusesOf(event).map(([id, status]) => [id, [status, bases.get(id) ?? null]])),
    proof: event?.proof ?? null,
    notice: event?.kind === 'decision' ? event.notice : null,
    received: formatMonth(received),
    until: formatMonth(keepUntil),
  }
  return { hash, keepUntil, summary: await signAsController('consent-summary+jwt', payload, signer) }
}

function readIfPossible(record: EventRecord): RecordedEvent | null {
  try {
    return readEventRecord(record)
  } catch {
    return null
  }
}

/** Whatever follows on a decision rests on the basis that its notice named. */
function noteBases(bases: Map<string, LegalBasis>, receipt: string, digest: string): void {
  for (const { id, legalBasis } of readReceiptNotice(receipt, digest)?.purposes ?? []) bases.set(id, legalBasis)
}

function statusesOf(event: RecordedEvent): (readonly [string, SummarizedPurpose['status']])[] {
  if (event.kind === 'signal') return event.purposes.map((purpose) => [purpose, 'signal'])
  return Object.entries(event.decisions)
}
