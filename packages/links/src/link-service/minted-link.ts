/**
 * Sealing links through the service.
 *
 * @module
 */

import type { LinkFields, SealedLink } from '../link-context.js'
import type { Respondent } from '../respondent.js'

/** How to seal through the service. */
export interface SealBatchOptions {
  /** See {@link SealOptions.keyId}. */
  readonly keyId?: number
  /** Hears of contents that were left out because the person or cohort is suppressed. */
  readonly onSuppressed?: (fields: LinkFields) => void
}

/** A sealed link and whom it is for. */
export interface MintedLink extends SealedLink {
  readonly respondent: Respondent
  readonly serial: number
}
