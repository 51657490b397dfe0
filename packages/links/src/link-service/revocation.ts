/**
 * Which links to revoke, and whom to suppress.
 *
 * @module
 */

import type { Respondent } from '../respondent.js'

/**
 * Whom or what the suppression list holds: a person in the service's survey and purpose or in every survey of the tenant, a
 * cohort of the service's survey and purpose, or a survey with the service's purpose.
 */
export type SuppressionSubject =
  | { readonly respondent: Respondent; readonly everywhere?: boolean }
  | { readonly cohort: string }
  | { readonly survey: string }

/**
 * Which links to revoke.
 *
 * - `link`: this one, stored or not.
 * - `respondent` with `serials`: every stored link of this respondent in the service's scope, and with a keyring their
 *   sealed links of these serials. They may be invited again.
 * - a {@link SuppressionSubject}: every stored link of that person, cohort or survey, and every sealed or imported one that
 *   was never opened, whatever its serial. The subject goes on the suppression list, so that no link is minted for it
 *   until {@link LinkService.reinstate}. With `everywhere` a person is erased from all surveys and purposes of the tenant.
 *
 * Survey and cohort mean those of the service's purpose: closing a survey leaves links to withdraw alone. A sealed link
 * belongs to the cohort that {@link LinkServiceOptions.cohortOf} tells, and without it to none.
 */
export type Revocation =
  | { readonly link: string }
  | { readonly respondent: Respondent; readonly serials: readonly number[] }
  | SuppressionSubject
