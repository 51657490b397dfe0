import { parsePath } from '../anonymize/path.js'
import type { Change } from '../anonymize.js'
import type { ErasureChange } from './erasure-target.js'
import { REPLACEMENT, valuesAt } from './search-record.js'

const shownAtMost = 10

/** @internal What a policy did to a record, with the values masked. */
export function changesTo(before: unknown, after: unknown, changes: readonly Change[]): ErasureChange[] {
  return changes.map((change) => {
    const path = parsePath(change.field, 'a change')
    const [left] = valuesAt(after, path)
    return {
      ...change,
      before: change.because === 'rule' ? valuesAt(before, path).slice(0, shownAtMost).map(maskValue) : [],
      after: left === undefined || change.because !== 'rule' ? null : replacementOf(change, left),
    }
  })
}

/** @internal The identifier where nothing but it goes. */
export function mentionChanges(fields: ReadonlyMap<string, number>): ErasureChange[] {
  return Array.from(fields, ([field, count]) => ({
    field,
    technique: 'mask',
    because: 'identifier',
    count,
    before: [],
    after: REPLACEMENT,
  }))
}

/** The first character of each part of an address or of the whole; how long it was does not show. */
function maskValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return '•••'
  const text = String(value ?? '').trim()
  if (text.length < 4) return '•••'
  return text
    .split('@', 2)
    .map((part) => `${[...part][0] ?? ''}•••`)
    .join('@')
}

/** A random address is shown without what is random: it will be another one. */
function replacementOf({ technique }: Change, left: unknown): string {
  if (technique === 'random-email') return '•••@anonymized.invalid'
  return typeof left === 'string' ? left.slice(0, 100) : JSON.stringify(left).slice(0, 100)
}
