/**
 * Asking, recording and withdrawing as handlers from a `Request` to a `Response`, for any server.
 *
 * @module
 */

export type {
  ConsentHandlers,
  ConsentHandlersOptions,
  ConsentOutcome,
  ConsentStep,
  ConsentVisitor,
} from './http/consent-handlers.js'
export { createConsentHandlers } from './http/create-consent-handlers.js'
