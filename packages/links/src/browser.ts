/**
 * What a survey page needs: to take its link out of the address bar, and to open, claim and submit.
 *
 * @module
 */

export type {
  LinkClient,
  LinkClientOptions,
  LinkResult,
  RequestOptions,
  UsableLink,
} from './browser/create-link-client.js'
export { createLinkClient } from './browser/create-link-client.js'
export type { TakeLinkOptions } from './browser/take-link.js'
export { takeLink } from './browser/take-link.js'
export type { LinkOutcome, LinkProblem } from './http/link-outcome.js'
export type { Placement } from './placement.js'
