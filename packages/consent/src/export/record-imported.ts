/**
 * Imported consent records in a person's chain.
 *
 * @module
 */

import type { ConsentService, Recorded } from '../consent-service.js'
import type { ChainKey } from '../consent-store.js'
import { ConsentError } from '../errors.js'
import { assertDate, assertIdentifier } from '../lib/arguments.js'
import { type ProcessOf, type WordlessReason, wordOf } from '../lib/imported-words.js'
import type { RecordProcess } from './consent-record.js'
import type { ImportedRecord } from './import-record.js'

/** Whose chain, and which purposes of the host a foreign process stands for. */
export interface RecordImportedOptions<Tx> extends ChainKey {
  readonly service: Pick<ConsentService<Tx>, 'state'>
  /** Where it was imported from: an identifier such as `crm-2019`, never a person. */
  readonly source: string
  /** Own purpose ids; none for a process that is nothing of this host's. */
  readonly purposesOf: (process: RecordProcess) => readonly string[]
  /** @defaultValue the current time */
  readonly now?: Date
}

/** `decided-here`: what the chain holds already stands, and a foreign yes or no changes nothing of it. */
export type NotRecordedReason = WordlessReason | 'decided-here'

/** What came of an import. */
export interface RecordedImport {
  /** One event for each purpose of which something is asserted, in the order of the decisions. */
  readonly recorded: readonly Recorded[]
  /** Purposes of which nothing is asserted. */
  readonly left: readonly { readonly purpose: string; readonly reason: NotRecordedReason }[]
  /** Processes that stand for no purpose of this host. */
  readonly unmatched: readonly RecordProcess[]
}

/**
 * Records what an imported record says a person decided, as asserted events of this controller.
 *
 * Asserted is not proved: no such event opens the gate where a decision is needed, and each gives way to what the person
 * decides here. Of every purpose the latest word counts, of several processes for one purpose the gravest: a yes needs all
 * of them. A yes that somebody else gave, that is implied, or whose end cannot be read is left out and named, never guessed.
 * A no or a withdrawal counts whoever said it.
 *
 * Nothing checks that the record is about this person: the host says so. Each purpose is a transaction of its own. Calling
 * it again asserts a yes or no once; a withdrawal is noted again.
 *
 * @example
 * One call from a file of another system.
 *
 * ```ts
 * import type { ConsentService } from '@surveyseal/consent'
 * import { importConsentRecord, type RecordedImport, recordImported } from '@surveyseal/consent/export'
 *
 * export async function takeOver<Tx>(json: string, subject: string, service: ConsentService<Tx>): Promise<RecordedImport> {
 *   return recordImported(importConsentRecord(json), {
 *     service,
 *     subject,
 *     survey: 'spring-2026',
 *     source: 'crm-2019',
 *     purposesOf: ({ purposes }) => (purposes.some(({ title }) => title === 'Marketing calls') ? ['call-back'] : []),
 *   })
 * }
 * ```
 *
 * @typeParam Tx - The host's transaction.
 * @param imported - From `importConsentRecord`.
 * @param options - See {@link RecordImportedOptions}.
 * @returns What was recorded, and what was not and why.
 * @throws TypeError | RangeError `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`; whatever `ConsentService.state` throws,
 * but for `ERR_CONSENT_TRANSITION_REFUSED`, which is `decided-here`.
 */
export async function recordImported<Tx>(
  imported: Pick<ImportedRecord, 'records'>,
  options: RecordImportedOptions<Tx>,
): Promise<RecordedImport> {
  const { service, subject, survey, source, purposesOf, now = new Date() } = options
  assertIdentifier('options.source', source)
  assertDate('options.now', now)
  const { matched, unmatched } = match(imported, purposesOf)
  const words = [...matched].map(([purpose, sources]) => ({ purpose, word: wordOf(sources, now) }))
  const recorded: Recorded[] = []
  const left = words.flatMap(({ purpose, word }) =>
    word.decision === null ? [{ purpose, reason: word.reason as NotRecordedReason }] : [],
  )
  for (const { purpose, word } of words.toSorted((a, b) => timeOf(a.word) - timeOf(b.word))) {
    if (word.decision === null) continue
    const { decision, at: decidedAt, validUntil } = word
    const statement = { states: 'import', decisions: { [purpose]: decision }, decidedAt, source, validUntil } as const
    const event = await service.state(statement, { subject, survey }).catch(refusedTransition)
    if (event === null) left.push({ purpose, reason: 'decided-here' })
    else recorded.push(event)
  }
  return { recorded, left, unmatched }
}

function match(
  { records }: Pick<ImportedRecord, 'records'>,
  purposesOf: (process: RecordProcess) => readonly string[],
): { matched: ReadonlyMap<string, readonly ProcessOf[]>; unmatched: readonly RecordProcess[] } {
  const matched = new Map<string, ProcessOf[]>()
  const unmatched: RecordProcess[] = []
  for (const record of records) {
    for (const process of record.processes) {
      const purposes = purposesOf(process)
      if (purposes.length === 0) unmatched.push(process)
      for (const purpose of purposes) {
        assertIdentifier('options.purposesOf', purpose)
        matched.set(purpose, [...(matched.get(purpose) ?? []), { record, process }])
      }
    }
  }
  return { matched, unmatched }
}

function timeOf(word: ReturnType<typeof wordOf>): number {
  return word.decision === null ? 0 : word.at.getTime()
}

function refusedTransition(error: unknown): null {
  if (error instanceof ConsentError && error.code === 'ERR_CONSENT_TRANSITION_REFUSED') return null
  throw error
}
