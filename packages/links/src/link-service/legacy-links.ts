/**
 * Links of an earlier system that stay good for a while.
 *
 * @module
 */

import type { Respondent } from '../respondent.js'

/** What an older, self-contained link says of itself once it was found authentic. */
export interface LegacyLink {
  readonly respondent: Respondent
  /** @defaultValue `0` */
  readonly serial?: number
  readonly notBefore?: Date | null
  readonly expiresAt?: Date | null
}

/** Links that another system sent and that stay good for a while. */
export interface LegacyLinks {
  /** From this instant on all of them are unknown. */
  readonly until: Date
  /**
   * Finds the old token in a URL of at most 8,192 characters; longer ones are unknown.
   *
   * @defaultValue as {@link LinkServiceOptions.placement} says
   */
  readonly tokenOf?: (url: string) => string | null
  /**
   * Reads tokens that say themselves whom they are for, such as {@link hs256Links}; `null` for what is none. It must check
   * that they are authentic. Respondent and serial make the identity: a sealed link for the same ones is the same link. A
   * serial out of range or an invalid date throws, as in any argument.
   * Without it only what {@link LinkService.import} brought in is known.
   */
  readonly read?: (token: string) => LegacyLink | null | Promise<LegacyLink | null>
}
