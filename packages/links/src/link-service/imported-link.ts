/**
 * Importing links that another system sent.
 *
 * @module
 */

import type { Invitation } from './invitation.js'

/** A link of another system to import. */
export interface ImportedLink extends Invitation {
  /** What stands in the old URL: 1 to 1024 characters. */
  readonly token: string
}

/** What {@link LinkService.import} did. */
export interface ImportCount {
  readonly imported: number
  /** Left out because the person, cohort or survey is suppressed. */
  readonly suppressed: number
  /** Left out because the invitee has a live link here already, or the token was imported before and for whomever. */
  readonly present: number
}
