/**
 * The error every SurveySeal package throws, and the checks for a caller's own mistakes.
 *
 * @module
 */

/**
 * An error with a stable code.
 *
 * Compare `code`: codes are append-only, messages may change, and `instanceof` fails when two copies of a package are
 * bundled. Neither the message nor any property holds a token, a secret, personal data or free text.
 *
 * @example
 * Telling one refusal from another.
 *
 * ```ts
 * import { SurveySealError } from '@surveyseal/core/errors'
 *
 * export function isExpired(error: unknown): boolean {
 *   return error instanceof SurveySealError && error.code === 'ERR_LINK_EXPIRED'
 * }
 * ```
 *
 * @typeParam Code - The closed union of codes of one family of errors.
 */
export class SurveySealError<Code extends string = string> extends Error {
  /** The stable code, for instance `ERR_LINK_EXPIRED`. */
  readonly code: Code

  /**
   * @param code - The stable code.
   * @param message - One sentence that holds no untrusted content.
   */
  constructor(code: Code, message: string) {
    super(message)
    this.name = 'SurveySealError'
    this.code = code
  }
}

/**
 * Codes of the errors that mean the calling program is wrong, named as Node.js names its own.
 *
 * - `ERR_INVALID_ARG_TYPE`: an argument of another type than the signature says.
 * - `ERR_INVALID_ARG_VALUE`: an argument of the right type that cannot be used.
 */
export type ArgumentErrorCode = 'ERR_INVALID_ARG_TYPE' | 'ERR_INVALID_ARG_VALUE'

/**
 * Makes the `TypeError` for an argument of the wrong type; the value itself is never shown.
 *
 * @param name - The argument, as the caller wrote it.
 * @param expected - What it should have been.
 * @param actual - What it was; only its type is named.
 * @returns An error with code `ERR_INVALID_ARG_TYPE`.
 */
export function invalidArgumentType(name: string, expected: string, actual: unknown): TypeError {
  const type = actual === null ? 'null' : Array.isArray(actual) ? 'array' : typeof actual
  return Object.assign(new TypeError(`"${name}" expected ${expected}, got ${type}`), { code: 'ERR_INVALID_ARG_TYPE' })
}

/**
 * Makes the `RangeError` for an argument of the right type and an unusable value; the value itself is never shown.
 *
 * @param name - The argument, as the caller wrote it.
 * @param expected - What it should have been.
 * @returns An error with code `ERR_INVALID_ARG_VALUE`.
 */
export function invalidArgumentValue(name: string, expected: string): RangeError {
  return Object.assign(new RangeError(`"${name}" expected ${expected}`), { code: 'ERR_INVALID_ARG_VALUE' })
}
