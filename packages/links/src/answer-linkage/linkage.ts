/**
 * What ties an answer to the person who was invited.
 *
 * @module
 */

/**
 * How much ties an answer to an invitee; chosen once per survey, weakest first.
 *
 * None of them is called anonymous: address, time, free text and small groups can point at a person in every one of them.
 */
export type AnswerLinkage = 'identified' | 'pseudonymous' | 'delinked-on-submit' | 'open' | 'unlinkable'

/**
 * What the host's own write is given of the link when an answer comes.
 *
 * - `whole`: all of it.
 * - `without-respondent`: all but whose it is; that is asked for later, by idempotency key.
 * - `nothing`: no reference, serial, cohort, validity or language.
 * - `none`: answers do not come through a personal link.
 */
export type SubmittedPart = 'whole' | 'without-respondent' | 'nothing' | 'none'

/** What holds for a survey of one linkage. Code and documentation read the same table. */
export interface LinkageTerms {
  /** One sentence. */
  readonly means: string
  /** What the operator knows from what is stored. */
  readonly known: readonly string[]
  /** What the operator cannot know from what is stored. */
  readonly unknown: readonly string[]
  readonly reminders: string
  readonly withdrawal: string
  readonly reidentification: string
  /** What may still point at a person. */
  readonly residuals: readonly string[]
  /** Whether people are invited by links of their own. */
  readonly personalLinks: boolean
  readonly submitted: SubmittedPart
  /** The linkages a survey of this one may be moved to, for answers that are still to come. */
  readonly mayBecome: readonly AnswerLinkage[]
  /** What to tell respondents, by language. */
  readonly wording: Readonly<Record<'en' | 'fr', string>>
}
