/**
 * The port that remembers which linkage a survey was declared with.
 *
 * @module
 */

import type { AnswerLinkage } from './linkage.js'

/** A survey that is moved from one linkage to another. */
export interface LinkageMove {
  readonly survey: string
  readonly from: AnswerLinkage
  readonly to: AnswerLinkage
}

/**
 * Storage of the linkages of one tenant's surveys.
 *
 * Every implementation passes `linkageStoreContract` of `@surveyseal/links/testing`.
 */
export interface LinkageStore {
  /** Reads what a survey was declared with, or `null`; changes nothing. */
  find(survey: string): Promise<AnswerLinkage | null>
  /** Declares a survey unless it is; gives what it is declared with then: two racing callers are told the same. */
  declare(survey: string, linkage: AnswerLinkage): Promise<AnswerLinkage>
  /** Moves a survey if it is declared with `from`; tells whether it was. */
  move(move: LinkageMove): Promise<boolean>
}
