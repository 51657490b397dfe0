/**
 * Checks of what the calling program passes.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { DIGEST, IDENTIFIER, NAME } from './patterns.js'

/** A pseudonym, or another digest. */
export function assertDigest(name: string, value: unknown): asserts value is string {
  assertMatches(name, value, DIGEST, '32 bytes in base64url')
}

/** A survey, purpose, notice or version. */
export function assertIdentifier(name: string, value: unknown): asserts value is string {
  assertMatches(name, value, IDENTIFIER, '1 to 64 of A-Z a-z 0-9 . _ : -, a letter or digit first')
}

/** An audience or a key id. */
export function assertName(name: string, value: unknown): asserts value is string {
  assertMatches(name, value, NAME, '1 to 255 printable ASCII characters without spaces')
}

/** An instant. */
export function assertDate(name: string, value: unknown): asserts value is Date {
  if (!(value instanceof Date)) throw invalidArgumentType(name, 'Date', value)
  if (Number.isNaN(value.getTime())) throw invalidArgumentValue(name, 'a valid date')
}

/** A length of time. */
export function assertSeconds(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number') throw invalidArgumentType(name, 'number', value)
  if (!Number.isFinite(value) || value < 0) throw invalidArgumentValue(name, 'a number of seconds')
}

function assertMatches(name: string, value: unknown, pattern: RegExp, expected: string): void {
  if (typeof value !== 'string') throw invalidArgumentType(name, 'string', value)
  if (!pattern.test(value)) throw invalidArgumentValue(name, expected)
}
