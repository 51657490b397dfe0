/**
 * Values compare as text.
 *
 * @module
 */

import { DisclosureError } from './errors.js'

/**
 * The text of a value: a number, bigint or boolean as it is printed, a `Date` in ISO form.
 *
 * @throws {@link DisclosureError} `ERR_DISCLOSURE_VALUE_INVALID`
 */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
    default:
      if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
      throw new DisclosureError(
        'ERR_DISCLOSURE_VALUE_INVALID',
        'a value is neither text, number, boolean nor valid Date',
      )
  }
}
