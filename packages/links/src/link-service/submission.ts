/**
 * Using a link once, and telling afterwards whose submission it was.
 *
 * @module
 */

import type { Respondent } from '../respondent.js'
import type { LinkState, ResolvedLink } from './link-state.js'

/** One submission. */
export interface SubmitOptions<Tx, T> {
  /** From {@link LinkService.claim}: repeating a submission with the same key changes nothing. */
  readonly idempotencyKey: string
  /** Writes the host's own rows; they are kept exactly when the link is spent. */
  accept(tx: Tx, link: ResolvedLink): Promise<T>
}

/**
 * - `spent`: one use is gone and what `accept` wrote is kept.
 * - `repeated`: this key was accepted before; `accept` did not run.
 * - `refused`: nothing changed, for the reason in `state`.
 */
export type Submission<T> =
  | { readonly outcome: 'spent'; readonly value: T }
  | { readonly outcome: 'repeated' }
  | { readonly outcome: 'refused'; readonly state: LinkState['state'] }

/** Whose submission it was. */
export interface Match {
  readonly respondent: Respondent
  readonly serial: number
  readonly cohort: string | null
}
