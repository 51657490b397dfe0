import { ErasureError } from './errors.js'
import type { FoundItem } from './plan-erasure.js'

/** @internal What a journal holds of an erasure: everything but the identifier, which is typed again to resume. */
export interface JournalEntry {
  readonly version: 1
  readonly salt: string
  readonly subject: string
  readonly references: readonly string[]
  readonly steps: readonly FoundItem[]
  /** What was found and stays. */
  readonly kept: readonly { readonly target: string; readonly id: string }[]
  /** Erasures of the same person that could not be completed, and whose place this one takes. */
  readonly continues?: readonly string[]
}

/** @internal */
export function formatEntry(entry: JournalEntry): string {
  const steps = entry.steps.map((step) => ({ ...step, changes: step.changes.map(withoutValues) }))
  return JSON.stringify({ ...entry, steps })
}

/**
 * @internal Whoever writes the journal is trusted; this tells a text of another release, or half of one.
 *
 * @throws {@link ErasureError} `ERR_ERASURE_JOURNAL_INVALID`
 */
export function parseEntry(text: string): JournalEntry {
  let entry: Partial<JournalEntry> | null = null
  try {
    entry = JSON.parse(text)
  } catch {}
  if (entry?.version === 1 && Array.isArray(entry.steps) && Array.isArray(entry.kept)) return entry as JournalEntry
  throw new ErasureError('ERR_ERASURE_JOURNAL_INVALID', 'the text of the journal is not that of an erasure')
}

function withoutValues(change: FoundItem['changes'][number]): FoundItem['changes'][number] {
  return { ...change, before: [], after: null }
}
