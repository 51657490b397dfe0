/**
 * A person's consent and requests, as targets of the erasure workflow of `@surveyseal/core/erase`.
 *
 * @module
 */

export { type ConsentErasureOptions, consentErasure } from './erase/consent-erasure.js'
export { type RightsErasureOptions, rightsErasure } from './erase/rights-erasure.js'
export { type ConsentSummary, type SummarizedPurpose, verifySummary } from './erase/summary.js'
