/**
 * Issuing opaque links.
 *
 * @module
 */

import type { Respondent } from '../respondent.js'

/** One opaque link to issue. */
export interface Invitation {
  readonly respondent: Respondent
  /** Issuing the same respondent and serial again revokes the earlier link. @defaultValue `0` */
  readonly serial?: number
  /** A group whose links can be revoked together. */
  readonly cohort?: string
  /**
   * How many submissions the invitee has in all, under this serial: what they spent through earlier links is taken off, and
   * the link may have no use left.
   *
   * @defaultValue `1`
   */
  readonly uses?: number
  readonly notBefore?: Date
  readonly expiresAt?: Date
}

/** An opaque link ready to be sent: it is stored, and its id exists nowhere else. */
export interface IssuedLink {
  readonly url: string
  readonly token: string
  readonly respondent: Respondent
  readonly serial: number
}

/** How to issue. */
export interface IssueOptions {
  /**
   * Names the run, so that it can be repeated after a crash: 1 to 128 bytes. See {@link LinkService.issue}.
   */
  readonly batch?: string
  /**
   * Tells whether the host safely holds the link that this batch made for an invitee: written down, or sent. Asked only about
   * invitees who have a live link of this batch.
   */
  readonly holds?: (invitation: Invitation) => boolean | Promise<boolean>
  /** Hears of invitations that were left out because the person or cohort is suppressed. */
  readonly onSuppressed?: (invitation: Invitation) => void
}
