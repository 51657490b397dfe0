/**
 * What a person reads of a notice, in one language.
 *
 * @module
 */

/** What a person reads about one purpose. The title is of the first layer, the rest of the second. */
export interface PurposeWording {
  readonly title: string
  readonly description: string
  /** What is learnt from analysing the data, and how that is used. */
  readonly insights?: string
  /** What contact to expect afterwards, and that there is none where there is none. */
  readonly contact?: string
  /** What software does with the data, whose it is, and whether it learns from it. */
  readonly ai?: string
  /** The logic of decisions made by software alone, and what they mean for the person. */
  readonly automatedDecisions?: string
  /** The interests pursued, where the legal basis is legitimate interests. */
  readonly legitimateInterests?: string
  /** Where data goes outside of the European Economic Area, under which safeguards, and what remains at risk. */
  readonly transfers?: string
  /** How long data is kept, or what decides it, where a duration does not say it all. */
  readonly retention?: string
  /** What happens if the data is not provided. */
  readonly provision?: string
}

/** What a person reads, in one language. Title, summary and the titles of purposes are the first layer. */
export interface NoticeWording {
  readonly title: string
  /** What it comes down to, in a few sentences. */
  readonly summary: string
  /** One entry per purpose id. */
  readonly purposes: Readonly<Record<string, PurposeWording>>
  /** How to withdraw. */
  readonly withdrawal: string
  /** Which rights a person has, and how to use them. */
  readonly rights?: string
  /** How to complain to a supervisory authority. */
  readonly complaint?: string
  /** What ties an answer to the person who gave it. */
  readonly linkage?: string
  /** How the data is protected, and who may see it. */
  readonly safeguards?: string
  /** Anything else of the second layer. */
  readonly details?: readonly { readonly title: string; readonly text: string }[]
  /**
   * How this language says the texts that all languages share: data categories, recipients, sources, AI systems. A text
   * without an entry is shown as it is.
   */
  readonly terms?: Readonly<Record<string, string>>
}
