import type { Assessment, CountermeasureId, FactorId, PracticeAssessment, Text } from '@surveyseal/core/risk'
import { type PlacedText, textsIn } from '../lib/plain-text.js'
import type { NoticeInput, NoticePurpose, PurposeWording } from '../notice.js'
import type { RuleSource } from './sources.js'
import type { Adequacy } from './third-countries.js'

/** What ties an answer to the person who gave it: the terms of `AnswerLinkage` in `@surveyseal/links/answer-linkage`. */
export type NoticeLinkage = 'identified' | 'pseudonymous' | 'delinked-on-submit' | 'open' | 'unlinkable'

/** A purpose of a notice with what was assessed of its practices. */
export interface PurposeUse {
  /** Where it stands, such as `purposes[0]`. */
  readonly path: string
  readonly purpose: NoticePurpose
  /** Those of its practices that were assessed. */
  readonly practices: readonly PracticeAssessment[]
}

/** What a rule looks at. */
export interface NoticeCase {
  readonly notice: NoticeInput
  readonly assessment: Assessment
  readonly uses: readonly PurposeUse[]
  /** The languages the notice is to be in. */
  readonly languages: readonly string[]
  /** What was declared for the survey, if anything. */
  readonly linkage: NoticeLinkage | null
  readonly eea: readonly string[]
  /** The decisions in force at the instant of the assessment. */
  readonly adequacy: readonly Adequacy[]
}

/** Where something was found. */
export interface NoticePlace {
  /** Such as `purposes[0].transfers` or `wording.fr.summary`. */
  readonly path: string
  readonly language?: string
}

/** One thing a notice is held to. */
export interface NoticeRule {
  /** `error`: a text demands it, or a claim is not so. `warning`: something to look at. */
  readonly severity: 'error' | 'warning'
  readonly source: RuleSource
  readonly message: Text
  /** Finds every place where the notice falls short; it does not throw. */
  find(notice: NoticeCase): Iterable<NoticePlace>
}

/** @internal Whether one of a purpose's practices has one of the factors. */
export function hasFactor({ practices }: PurposeUse, factors: readonly FactorId[]): boolean {
  return practices.some(({ reasons }) => reasons.some(({ factor }) => factors.includes(factor)))
}

/** @internal Whether one of a purpose's practices demands the countermeasure. */
export function demands({ practices }: PurposeUse, countermeasure: CountermeasureId): boolean {
  return practices.some(({ required }) => required.some((demanded) => demanded.countermeasure === countermeasure))
}

/** @internal Whether a purpose rests on the person's consent. */
export function isConsent({ legalBasis }: NoticePurpose): boolean {
  return legalBasis === 'consent' || legalBasis === 'explicit-consent'
}

/** @internal The member of each purpose for which the test says so. */
export function purposesWhere(
  member: string,
  test: (use: PurposeUse, given: NoticeCase) => boolean,
): NoticeRule['find'] {
  return (given) => given.uses.filter((use) => test(use, given)).map(({ path }) => ({ path: `${path}.${member}` }))
}

/** @internal Every language in which a purpose that needs it lacks a member of its wording. */
export function purposesUnsaid(member: keyof PurposeWording, needs: (use: PurposeUse) => boolean): NoticeRule['find'] {
  return ({ notice, uses }) =>
    Object.entries(notice.wording).flatMap(([language, { purposes }]) =>
      uses
        .filter((use) => needs(use) && purposes[use.purpose.id]?.[member] === undefined)
        .map(({ purpose }) => ({ path: `wording.${language}.purposes.${purpose.id}.${member}`, language })),
    )
}

/** @internal Every language in which a member of the wording is absent, if it is needed. */
export function wordingUnsaid(
  member: 'rights' | 'complaint' | 'linkage' | 'safeguards',
  isNeeded: (given: NoticeCase) => boolean,
): NoticeRule['find'] {
  return (given) =>
    Object.entries(given.notice.wording)
      .filter(([, wording]) => isNeeded(given) && wording[member] === undefined)
      .map(([language]) => ({ path: `wording.${language}.${member}`, language }))
}

/** @internal Every text of every wording, and those all languages share. */
export function wordedTexts({ notice }: NoticeCase): readonly PlacedText[] {
  return [...textsIn(notice.wording, 'wording'), ...sharedTexts(notice)]
}

/** @internal A path into a wording names its language; terms are the author's texts, and are not repeated. */
export function placeOf(path: string): NoticePlace {
  const [, language] = /^wording\.([A-Za-z0-9-]+)/.exec(path) ?? []
  const place = path.replace(/(\.terms)\..*$/s, '$1')
  return language === undefined ? { path: place } : { path: place, language }
}

/** @internal What people read of the parts that all languages share, apart from names and addresses. */
export function sharedTexts({ purposes }: NoticeInput): readonly PlacedText[] {
  return purposes.flatMap((purpose, index) => {
    const { dataCategories, recipients, transfers = [], sources = [], ai = [] }: NoticePurpose = purpose
    const path = `purposes[${index}]`
    return [
      ...textsIn(dataCategories, `${path}.dataCategories`),
      ...textsIn(recipients, `${path}.recipients`),
      ...transfers.map(({ recipient: text }, i) => ({ path: `${path}.transfers[${i}].recipient`, text })),
      ...sources.map(({ name: text }, i) => ({ path: `${path}.sources[${i}].name`, text })),
      ...ai.map(({ system: text }, i) => ({ path: `${path}.ai[${i}].system`, text })),
    ]
  })
}
