/**
 * Saying no to an answer.
 *
 * @module
 */

import { LinkError } from '../errors.js'

/**
 * Thrown by a host's `accept` to refuse an answer: nothing is kept, and the link is as usable as before.
 *
 * @example
 * Refusing a rating that is none.
 *
 * ```ts
 * import { AnswerRefused } from '@surveyseal/links/http'
 *
 * export function ratingOf(answer: unknown): number {
 *   const { rating } = answer as { rating?: unknown }
 *   const value = typeof rating === 'string' && /^(?:10|[0-9])$/.test(rating) ? Number(rating) : Number.NaN
 *   if (Number.isNaN(value)) throw new AnswerRefused(['rating'])
 *   return value
 * }
 * ```
 */
export class AnswerRefused extends LinkError {
  /** Words of the host for what is wrong, such as names of questions. They are sent back, so none repeats an answer. */
  readonly issues: readonly string[]

  /** @param issues - See {@link AnswerRefused.issues}. */
  constructor(issues: readonly string[] = []) {
    super('ERR_LINK_ANSWER_REFUSED', 'the host refused the answer')
    this.issues = issues
  }
}
