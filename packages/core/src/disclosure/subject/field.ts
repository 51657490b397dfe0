/**
 * The fields of records that may be nested, read as text.
 *
 * @module
 */

import { escapeFieldName } from '../../anonymize/path.js'
import { DisclosureError } from '../errors.js'
import { textOf } from '../value-text.js'

/** Where values are: the names from the record down, `null` for every element of an array. */
export interface Field {
  /** As policies write it: `customFields.region`, `answers.*.choice`. */
  readonly name: string
  readonly steps: readonly (string | null)[]
}

/** Tells the text that stands for a value that was suppressed. */
export type IsSuppressed = (text: string) => boolean

/** Deeper than this, a record is refused, one that contains itself included. */
const MAX_DEPTH = 64

/**
 * Names every field of a record, nested ones by their path.
 *
 * @throws {@link DisclosureError} `ERR_DISCLOSURE_VALUE_INVALID`
 */
export function fieldsOf(record: object): Field[] {
  const fields = new Map<string, Field>()
  walk(record, [])
  return [...fields.values()]

  function walk(value: unknown, steps: readonly (string | null)[]): void {
    if (steps.length > MAX_DEPTH) throw invalid('nests deeper than 64 levels')
    if (Array.isArray(value)) for (const element of value) walk(element, [...steps, null])
    else if (isObject(value)) for (const [name, member] of Object.entries(value)) walk(member, [...steps, name])
    else {
      const name = steps.map((step) => (step === null ? '*' : escapeFieldName(step))).join('.')
      if (!fields.has(name)) fields.set(name, { name, steps })
    }
  }
}

/**
 * Reads a field as one text; several values, as in arrays, are taken together whatever their order.
 *
 * @returns `null` for a value that is absent or suppressed.
 * @throws {@link DisclosureError} `ERR_DISCLOSURE_VALUE_INVALID`
 */
export function textAt(record: object, { steps }: Field, isSuppressed: IsSuppressed): string | null {
  const texts: string[] = []
  collect(record, 0)
  if (texts.length === 0) return null
  return steps.includes(null) ? JSON.stringify(texts.sort()) : (texts[0] ?? null)

  function collect(value: unknown, depth: number): void {
    const step = steps[depth]
    if (step === undefined) {
      if (value === undefined || value === null || isObject(value) || Array.isArray(value)) return
      const text = textOf(value)
      if (!isSuppressed(text)) texts.push(text)
    } else if (step === null) {
      if (Array.isArray(value)) for (const element of value) collect(element, depth + 1)
    } else if (isObject(value) && Object.hasOwn(value, step)) {
      collect(value[step], depth + 1)
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function invalid(problem: string): DisclosureError {
  return new DisclosureError('ERR_DISCLOSURE_VALUE_INVALID', `a record ${problem}`)
}
