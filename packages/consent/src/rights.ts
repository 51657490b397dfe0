/**
 * Requests of people about their data: due dates, states, and everything held about a person in one document.
 *
 * @module
 */

export type { AccessLanguage } from './rights/access-words.js'
export {
  type AccessEvent,
  type AccessLink,
  type AccessNotice,
  type AccessRecord,
  type AccessReport,
  type AccessSources,
  type AssembleAccessOptions,
  assembleAccess,
} from './rights/assemble-access.js'
export {
  createRightsService,
  type DueRequest,
  type IncomingRequest,
  type NextStep,
  type RightsService,
  type RightsServiceOptions,
} from './rights/create-rights-service.js'
export { localDay, type PeriodOptions, periodEnd } from './rights/due-date.js'
export { RightsError, type RightsErrorCode } from './rights/errors.js'
export { objectionsOf } from './rights/objections-of.js'
export { type RenderAccessOptions, renderAccessHtml } from './rights/render-access-html.js'
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
