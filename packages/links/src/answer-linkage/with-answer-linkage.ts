/**
 * Links that keep what their survey was declared with.
 *
 * @module
 */

import type { LinkService, ResolvedLink, Submission, SubmitOptions } from '../link-service.js'
import { ANSWER_LINKAGES } from './answer-linkages.js'
import { declaredOtherwise, declareLinkage, type LinkageDeclaration, linkageArgument } from './declare-linkage.js'
import { LinkageError } from './errors.js'
import type { AnswerLinkage, SubmittedPart } from './linkage.js'

/** A link as far as the host's write may know it. */
export type SubmittedLink = Omit<ResolvedLink, 'respondent'> & {
  /** `null` where the survey's linkage withholds it. */
  readonly respondent: ResolvedLink['respondent'] | null
}

/** The steps of {@link LinkService} that a linkage says something about. */
export interface LinkedLinks<Tx> extends Pick<LinkService<Tx>, 'open' | 'claim' | 'revoke'> {
  readonly linkage: AnswerLinkage
  /** As `issue` of the link service; before the first link the survey is declared. */
  issue(...given: Parameters<LinkService<Tx>['issue']>): ReturnType<LinkService<Tx>['issue']>
  /**
   * As `submit` of the link service, but `accept` is given no more of the link than the linkage allows. Do not keep the
   * idempotency key with the answer where the respondent is withheld for good: the spent link is kept under it.
   *
   * @throws LinkageError `ERR_LINKAGE_STEP_REFUSED`, `ERR_LINKAGE_DECLARED_OTHERWISE`.
   */
  submit<T>(
    url: string,
    options: Omit<SubmitOptions<Tx, T>, 'accept'> & { accept(tx: Tx, link: SubmittedLink): Promise<T> },
  ): Promise<Submission<T>>
}

/**
 * Binds the links of a survey to its linkage.
 *
 * Nothing is issued before the linkage is declared and committed, and every submission asks the store again: a process that
 * was started with a weaker linkage than the survey has now is refused, and so is one whose survey nobody declared. Links
 * that are sealed without this service need {@link declareLinkage} first.
 *
 * @param links - The service of the survey's links.
 * @param declaration - See {@link LinkageDeclaration}; `survey` is that of the links.
 * @returns The steps that remain, each keeping to the linkage.
 * @throws TypeError or RangeError for what is no linkage.
 * @typeParam Tx - The store's transaction handle.
 *
 * @example
 * Answers that are kept without whose they are.
 *
 * ```ts
 * import type { LinkService } from '@surveyseal/links'
 * import { withAnswerLinkage } from '@surveyseal/links/answer-linkage'
 * import { type MemoryTransaction, memoryLinkageStore } from '@surveyseal/links/testing'
 *
 * export function staffLinks(links: LinkService<MemoryTransaction>) {
 *   return withAnswerLinkage(links, { survey: 'staff', linkage: 'delinked-on-submit', store: memoryLinkageStore() })
 * }
 * ```
 */
export function withAnswerLinkage<Tx>(links: LinkService<Tx>, declaration: LinkageDeclaration): LinkedLinks<Tx> {
  const { survey, linkage, store } = declaration
  const { personalLinks, submitted } = termsOf(linkage)
  return {
    linkage,
    open: (url) => links.open(url),
    claim: (url) => links.claim(url),
    revoke: (what) => links.revoke(what),
    async *issue(...given) {
      if (!personalLinks) throw stepRefused()
      await declareLinkage(declaration)
      yield* links.issue(...given)
    },
    async submit(url, { accept, ...options }) {
      if (submitted === 'none') throw stepRefused()
      if ((await store.find(survey)) !== linkage) throw declaredOtherwise()
      return links.submit(url, { ...options, accept: (tx, link) => accept(tx, PARTS[submitted](link)) })
    },
  }
}

/** What is left of a link. */
const PARTS: Readonly<Record<Exclude<SubmittedPart, 'none'>, (link: ResolvedLink) => SubmittedLink>> = {
  whole: (link) => link,
  'without-respondent': (link) => ({ ...link, respondent: null }),
  nothing: ({ kind }) => ({
    ...{ kind, respondent: null, serial: 0, cohort: null, language: null },
    ...{ notBefore: null, expiresAt: null },
  }),
}

function termsOf(linkage: AnswerLinkage): (typeof ANSWER_LINKAGES)[AnswerLinkage] {
  linkageArgument(linkage)
  return ANSWER_LINKAGES[linkage]
}

function stepRefused(): LinkageError {
  return new LinkageError('ERR_LINKAGE_STEP_REFUSED', 'the linkage of the survey has no such step')
}
