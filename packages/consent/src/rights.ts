/**
 * Requests of people about their data: due dates, states, and everything held about a person in one document.
 *
 * @module
 */

export {
  createRightsService,
  type DueRequest,
  type RightsService,
  type RightsServiceOptions,
} from './rights/create-rights-service.js'
export { localDay, type PeriodOptions, periodEnd } from './rights/due-date.js'
export { RightsError, type RightsErrorCode } from './rights/errors.js'
export { objectionsOf } from './rights/objections-of.js'
export {
  EXTENSION_REASONS,
  type ExtensionReason,
  REFUSAL_REASONS,
  REQUEST_TRANSITIONS,
  type RefusalReason,
  type RequestState,
  RIGHTS,
  type Right,
  type StepReason,
} from './rights/request-states.js'
export type { RequestStep, RightsRequest, RightsStore } from './rights/rights-store.js'
