/**
 * Open, claim and submit as handlers from a `Request` to a `Response`, for any server.
 *
 * @module
 */

export { LinkError } from './errors.js'
export { AnswerRefused } from './http/answer-refused.js'
export { createLinkHandlers } from './http/create-link-handlers.js'
export type {
  LinkAttempt,
  LinkHandlers,
  LinkHandlersOptions,
  LinkPage,
  LinkStep,
  PageBody,
  Prefill,
  SubmittedAnswer,
} from './http/link-handlers.js'
export type { LinkOutcome, LinkProblem } from './http/link-outcome.js'
export type { LinkMessage, LinkMessages } from './http/messages.js'
export { englishMessages, frenchMessages } from './http/messages.js'
