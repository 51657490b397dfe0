/**
 * What a foreign record comes to for one of the host's own purposes.
 *
 * @module
 */

import type { ConsentRecord, RecordDuration, RecordEvent, RecordProcess } from '../export/consent-record.js'
import { addDuration, parseDuration } from './duration.js'

/**
 * Why nothing is asserted of a purpose.
 *
 * - `undecided`: the latest the record says is a request, a deferral, or nothing known.
 * - `ended`: it expired, or was revoked or invalidated.
 * - `not-by-the-person`: somebody else said yes.
 * - `not-expressed`: what is implied or uninformed is no consent.
 * - `unclear-end`: it lasts for a number of occasions, or for a time that cannot be read.
 * - `in-the-future`: the record dates it after the present.
 */
export type WordlessReason =
  | 'undecided'
  | 'ended'
  | 'not-by-the-person'
  | 'not-expressed'
  | 'unclear-end'
  | 'in-the-future'

/** The decision a record comes to, or why there is none. */
export type ImportedWord =
  | { readonly decision: 'given' | 'refused' | 'withdrawn'; readonly at: Date; readonly validUntil: Date | null }
  | { readonly decision: null; readonly reason: WordlessReason }

/** A process that stands for a purpose, and the record it is of. */
export interface ProcessOf {
  readonly record: ConsentRecord
  readonly process: RecordProcess
}

/**
 * The latest word of every process; of several words the gravest. A yes counts only when all of them say it, for as long as
 * all of them do.
 */
export function wordOf(sources: readonly ProcessOf[], now: Date): ImportedWord {
  const words = sources.flatMap(({ record, process }) =>
    latest(process.events).map((event) => readWord(event, record, now)),
  )
  const [gravest] = words.toSorted((a, b) => gravity(b) - gravity(a) || endOf(a) - endOf(b))
  return gravest ?? { decision: null, reason: 'undecided' }
}

function latest(events: readonly RecordEvent[]): readonly RecordEvent[] {
  const last = Math.max(...events.map(({ at }) => Date.parse(at)))
  return events.filter(({ at }) => Date.parse(at) === last)
}

function readWord(event: RecordEvent, { principal }: ConsentRecord, now: Date): ImportedWord {
  const at = new Date(event.at)
  if (at > now) return { decision: null, reason: 'in-the-future' }
  if (event.state === 'refused' || event.state === 'withdrawn') {
    return { decision: event.state, at, validUntil: null }
  }
  const isPerson = event.by.some((id) => id === principal.id || id === principal.iri)
  const reason = STATES[event.state] ?? (isPerson ? null : 'not-by-the-person') ?? TYPES[event.type ?? 'expressed']
  if (reason !== undefined) return { decision: null, reason }
  const validUntil = readEnd(at, event.validity)
  return validUntil === undefined ? { decision: null, reason: 'unclear-end' } : { decision: 'given', at, validUntil }
}

const STATES: Readonly<Partial<Record<RecordEvent['state'], WordlessReason>>> = {
  unknown: 'undecided',
  requested: 'undecided',
  deferred: 'undecided',
  expired: 'ended',
  revoked: 'ended',
  invalidated: 'ended',
}

const TYPES: Readonly<Partial<Record<NonNullable<RecordEvent['type']>, WordlessReason>>> = {
  implied: 'not-expressed',
  uninformed: 'not-expressed',
}

/** Null for no end of its own, undefined when nobody can say. What ends with an event in words ends with a withdrawal. */
function readEnd(at: Date, { types, value }: RecordDuration): Date | null | undefined {
  const period = parseDuration(value)
  if (period !== null) return addDuration(at, period)
  if (types.includes('dpv:EndlessDuration') || types.includes('dpv:UntilEventDuration')) return null
  const until = new Date(value)
  return types.includes('dpv:UntilTimeDuration') && !Number.isNaN(until.getTime()) ? until : undefined
}

function gravity(word: ImportedWord): number {
  return { withdrawn: 3, refused: 2, given: 0, none: 1 }[word.decision ?? 'none']
}

function endOf(word: ImportedWord): number {
  return word.decision === 'given' ? (word.validUntil?.getTime() ?? Number.MAX_VALUE) : 0
}
