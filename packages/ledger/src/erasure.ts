/**
 * What is left of an erased entry: a summary signed by the log.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { parseDecimal, signText } from './checkpoint.js'
import { LedgerError } from './errors.js'
import { decodeBase64Exactly, encodeBase64, equalBytes } from './lib/bytes.js'
import { HASH } from './lib/hashing.js'
import { type Note, parseNote } from './note.js'
import type { LedgerSigner } from './signer.js'
import { type LedgerPolicy, readLogKeys, verifyLogSignatures } from './verify-checkpoint.js'

/** What the log says about an entry it has erased. */
export interface Erasure {
  /** Names the log. */
  readonly origin: string
  /** The entry's place. */
  readonly index: number
  /** The entry's commitment, which is still the leaf: 32 bytes. */
  readonly commitment: Uint8Array
  /** When it was erased, in a note of version 1; null since, because equal instants told which entries went together. */
  readonly erasedAt: Date | null
  /** What the host chose to keep, for instance purposes, status, times, notice digest, legal basis, keep-until. */
  readonly summary: Readonly<Record<string, unknown>>
}

// No text that begins so is a checkpoint: the third line of a checkpoint is a hash, here it begins with a word.
const HEADER = 'surveyseal ledger erasure v2'
const HEADER_WITH_TIME = 'surveyseal ledger erasure v1'
const SUMMARY_AT_MOST = 16_384

/**
 * Reads and verifies the summary of an erased entry.
 *
 * It proves that the log's key signed it, not that the bytes are gone everywhere, nor that the summary is true.
 *
 * @param note - The signed note; may come from anywhere.
 * @param policy - The keys of the log; a note of any other is refused. Witnesses do not sign summaries.
 * @returns What it says.
 * @throws {@link LedgerError} `ERR_LEDGER_NOTE_MALFORMED`, `ERR_LEDGER_ERASURE_INVALID`, `ERR_LEDGER_KEY_UNKNOWN`,
 *   `ERR_LEDGER_SIGNATURE_INVALID`, `ERR_LEDGER_ORIGIN_MISMATCH`, `ERR_LEDGER_KEY_MALFORMED`,
 *   `ERR_LEDGER_CRYPTO_UNAVAILABLE`.
 *
 * @example
 * What a log still says about an entry.
 *
 * ```ts
 * import { verifyErasure } from '@surveyseal/ledger/verify'
 *
 * export async function keptUntil(note: string, log: string): Promise<unknown> {
 *   const { summary } = await verifyErasure(note, { log })
 *   return summary['keepUntil']
 * }
 * ```
 */
export async function verifyErasure(note: string, policy: Pick<LedgerPolicy, 'log' | 'origin'>): Promise<Erasure> {
  const parsed = parseNote(note)
  const signedBy = await verifyLogSignatures(parsed, readLogKeys(policy.log))
  const erasure = parseErasure(parsed)
  if (signedBy.some(({ name }) => (policy.origin ?? name) === erasure.origin)) return erasure
  throw new LedgerError('ERR_LEDGER_ORIGIN_MISMATCH', 'the summary is signed by the right key, for another log')
}

/**
 * Whether a summary is about this entry.
 *
 * @internal
 */
export function isErasureOf(
  erasure: Erasure,
  entry: { readonly index: number; readonly commitment: Uint8Array },
): boolean {
  return erasure.index === entry.index && equalBytes(erasure.commitment, entry.commitment)
}

/** @internal */
export async function signErasure(erasure: Omit<Erasure, 'erasedAt'>, signer: LedgerSigner): Promise<string> {
  const { origin, index, commitment, summary } = erasure
  const lines = [HEADER, origin, `index ${index}`, `commitment ${encodeBase64(commitment)}`]
  return signText([...lines, summaryText(summary), ''].join('\n'), signer)
}

/** JSON escapes whatever a note must not hold. What reads as no object again would leave an entry gone without account. */
function summaryText(summary: unknown): string {
  if (!isPlainObject(summary)) throw invalidArgumentType('summary', 'plain object', summary)
  const text = jsonOf(summary)
  if (text !== undefined && text.length <= SUMMARY_AT_MOST && parseSummary(text) !== null) return text
  throw invalidArgumentValue('summary', `at most ${SUMMARY_AT_MOST} characters of JSON`)
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}

function parseErasure({ text }: Note): Erasure {
  const [header, origin = '', ...fields] = text.slice(0, -1).split('\n')
  const index = parseDecimal(after('index ', fields.shift()))
  const commitment = decodeBase64Exactly(after('commitment ', fields.shift()), HASH)
  const seconds = header === HEADER_WITH_TIME ? parseDecimal(after('time ', fields.shift())) : undefined
  const [json = '', ...more] = fields
  const summary = parseSummary(json)
  const isKnown = header === HEADER || header === HEADER_WITH_TIME
  if (!isKnown || more.length > 0 || index === null || commitment === null || seconds === null || !summary) {
    throw new LedgerError('ERR_LEDGER_ERASURE_INVALID', 'the text of this note is no summary of an erased entry')
  }
  return { origin, index, commitment, erasedAt: seconds === undefined ? null : new Date(seconds * 1000), summary }
}

function after(label: string, line: string = ''): string {
  return line.startsWith(label) ? line.slice(label.length) : ''
}

function parseSummary(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isPlainObject(value) ? value : null
  } catch {
    return null
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
