/**
 * Consent records and receipts as JSON-LD in terms of DPV.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import { assertDate } from '../lib/arguments.js'
import { CONTEXT } from '../lib/json-ld.js'
import { unavailable } from '../lib/record-checks.js'
import { encodeNode } from '../lib/record-codec.js'
import type { ConsentRecord, LostMember } from './consent-record.js'

/** A document and what it does not say. */
export interface Exported<Document> {
  /** Plain JSON. */
  readonly document: Document
  /** Members of what was exported that the format has no place for. Every other one is in the document. */
  readonly lost: readonly LostMember[]
  /** JSON Pointers into the document: mandatory members there is nothing to say in. */
  readonly unstated: readonly string[]
}

/** A JSON-LD document with its context inside. */
export type JsonLdDocument = Readonly<Record<string, unknown>>

/**
 * Writes a consent record of ISO/IEC TS 27560 in terms of DPV, in the strict form that `consentRecordSchema` describes.
 *
 * The context is in the document, so that nobody needs to fetch anything to read it.
 *
 * @param record - From `describeConsent` or `importConsentRecord`.
 * @returns The document, what was lost, and what it leaves unstated (`dpv:NotAvailable`).
 */
export function exportRecord(record: ConsentRecord): Exported<JsonLdDocument> {
  const lost: LostMember[] = []
  const node = encodeNode(record, 'record', '', (path, reason) => lost.push({ path, reason }))
  const document = { '@context': CONTEXT, ...node }
  return { document, lost, unstated: unavailable(document) }
}

/**
 * Writes a consent receipt of ISO/IEC TS 27560: records for the person they are about.
 *
 * @param records - One or more, of one person.
 * @param options - `now` is when the receipt is made, `id` its identifier, a random UUID when left out.
 * @returns As {@link exportRecord}; paths of `lost` begin with the index of the record.
 */
export function exportReceipt(
  records: readonly ConsentRecord[],
  options: { readonly now: Date; readonly id?: string },
): Exported<JsonLdDocument> {
  if (records.length === 0) throw invalidArgumentValue('records', 'one record or more')
  assertDate('options.now', options.now)
  const { id = crypto.randomUUID(), now } = options
  const lost: LostMember[] = []
  const receipt = { profile: 'receipt', id, created: now.toISOString(), recipient: 'dpv:DataSubject' }
  const nodes = records.map((record, index) =>
    encodeNode(record, 'record', `/${index}`, (path, reason) => lost.push({ path, reason })),
  )
  const around = encodeNode(receipt, 'receipt', '', () => undefined)
  const document = { '@context': CONTEXT, ...around, 'dpv:hasRecordOfActivity': nodes }
  return { document, lost, unstated: unavailable(document) }
}
