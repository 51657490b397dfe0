/**
 * Links that keep what their survey was declared with.
 *
 * @module
 */

import type { ResolvedLink } from '../link-service/link-state.js'
import type { Match, Submission, SubmitOptions } from '../link-service/submission.js'
import type { LinkService } from '../link-service.js'
import { ANSWER_LINKAGES } from './answer-linkages.js'
import { declaredOtherwise, declareLinkage, type LinkageDeclaration, linkageArgument } from './declare-linkage.js'
import { LinkageError } from './errors.js'
import type { AnswerLinkage, SubmittedPart } from './linkage.js'

/** A link as far as the host's write may know it. */
export type SubmittedLink = Omit<ResolvedLink, 'respondent'> & {
  /** `null` where the survey's linkage withholds it. */
  readonly respondent: ResolvedLink['respondent'] | null
}

/** Steps that are the same whatever the linkage. */
type UnchangedStep =
  | ('open' | 'claim' | 'revoke' | 'reinstate' | 'expireSuppressions' | 'purge' | 'health' | 'loadDraft')
  | ('erase' | 'isErased')

/**
 * A {@link LinkService} that keeps to a linkage. Before the first link is issued, sealed or imported the survey is declared.
 */
export interface LinkedLinks<Tx>
  extends Pick<LinkService<Tx>, UnchangedStep | 'saveDraft' | 'issue' | 'seal' | 'import'> {
  readonly linkage: AnswerLinkage
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
  /**
   * As `match` of the link service, where the linkage lets an answer be traced to the person at all.
   *
   * @throws LinkageError `ERR_LINKAGE_STEP_REFUSED`, `ERR_LINKAGE_DECLARED_OTHERWISE`.
   */
  match(idempotencyKeys: readonly string[]): Promise<ReadonlyMap<string, Match>>
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
  const declare = async (): Promise<void> => {
    if (!personalLinks) throw stepRefused()
    await declareLinkage(declaration)
  }
  const assertDeclared = async (): Promise<void> => {
    if ((await store.find(survey)) !== linkage) throw declaredOtherwise()
  }
  return {
    linkage,
    ...unchangedStepsOf(links),
    async *issue(...given) {
      await declare()
      yield* links.issue(...given)
    },
    async *seal(...given) {
      await declare()
      yield* links.seal(...given)
    },
    async import(imported) {
      await declare()
      return links.import(imported)
    },
    // A partial answer that comes by link is tied to it as well. What was saved under a weaker linkage can still be loaded.
    async saveDraft(url, draft) {
      if (submitted === 'none') throw stepRefused()
      return links.saveDraft(url, draft)
    },
    async submit(url, { accept, ...options }) {
      if (submitted === 'none') throw stepRefused()
      await assertDeclared()
      return links.submit(url, { ...options, accept: (tx, link) => accept(tx, PARTS[submitted](link)) })
    },
    async match(idempotencyKeys) {
      if (!MATCHED.has(submitted)) throw stepRefused()
      await assertDeclared()
      return links.match(idempotencyKeys)
    },
  }
}

/** What leaves a way from an answer to the person. */
const MATCHED: ReadonlySet<SubmittedPart> = new Set<SubmittedPart>(['whole', 'without-respondent'])

function unchangedStepsOf<Tx>(links: LinkService<Tx>): Pick<LinkService<Tx>, UnchangedStep> {
  return {
    open: (url) => links.open(url),
    claim: (url) => links.claim(url),
    revoke: (what) => links.revoke(what),
    erase: (respondent) => links.erase(respondent),
    isErased: (respondent) => links.isErased(respondent),
    reinstate: (what) => links.reinstate(what),
    expireSuppressions: (old) => links.expireSuppressions(old),
    purge: (old) => links.purge(old),
    health: () => links.health(),
    loadDraft: (url) => links.loadDraft(url),
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
