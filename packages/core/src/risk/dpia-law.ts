import type { Text } from '../lib/text.js'
import type { Criterion, CriterionId } from './criteria.js'
import { CRITERIA } from './criteria.js'
import { CNIL_EXEMPT_LIST, CNIL_LIST } from './dpia-lists/cnil.js'
import { GDPR_LIST } from './dpia-lists/gdpr.js'
import { ICO_LIST } from './dpia-lists/ico.js'
import type { FactorId } from './factors.js'
import type { Source } from './sources.js'

/** Factors or criteria of which a practice has at least one. */
export interface DpiaCondition {
  readonly factors?: readonly FactorId[]
  readonly criteria?: readonly CriterionId[]
}

/** A type of processing on a {@link DpiaList}. */
export interface DpiaListType {
  /** Its number or letter in the list. */
  readonly number: string
  readonly name: Text
  /** One practice meets all of these; `null` when no factor describes the type, so that somebody has to look. */
  readonly when: readonly DpiaCondition[] | null
  /** It counts only together with a criterion of the programme that is not among these. */
  readonly combined?: { readonly apartFrom: readonly CriterionId[] }
}

/** What an authority or the law itself lists. */
export interface DpiaList {
  readonly id: string
  readonly name: Text
  readonly territory: Text
  readonly source: Source
  /** Whether its types require a DPIA, or need none. What is exempt never takes away what is required elsewhere. */
  readonly effect: 'requires' | 'exempts'
  readonly types: readonly DpiaListType[]
}

/** The rules by which a DPIA is found to be needed, as dated data. */
export interface DpiaLaw {
  /** Of these rules as a whole: the day they were last held against their sources (ISO 8601). */
  readonly version: string
  readonly criteria: Readonly<Record<CriterionId, Criterion>>
  /** How many criteria require a DPIA. */
  readonly criteriaNeeded: number
  readonly lists: readonly DpiaList[]
}

/**
 * The rules {@link assessProgramme} goes by unless it is given others: article 35(3) of the GDPR, the criteria of
 * WP 248 rev.01, the lists of the ICO and of the CNIL. All of them are looked at, wherever a programme runs; to look at
 * fewer, or at another authority's, hand in an object of your own. Not legal advice.
 *
 * @example
 * For a programme that runs in France only, where one criterion shall suffice.
 *
 * ```ts
 * import { assessProgramme, DPIA_LAW, parseProgramme } from '@surveyseal/core/risk'
 *
 * const lists = DPIA_LAW.lists.filter(({ id }) => id !== 'ico')
 * const law = { ...DPIA_LAW, version: '2026-12-01 ours', criteriaNeeded: 1, lists }
 * const programme = parseProgramme({ name: 'NPS', practices: ['personalized-survey'] })
 * export const { required } = assessProgramme(programme, { at: new Date(), law }).dpia // true
 * ```
 */
export const DPIA_LAW: DpiaLaw = {
  version: '2026-11-30',
  criteria: CRITERIA,
  criteriaNeeded: 2,
  lists: [GDPR_LIST, ICO_LIST, CNIL_LIST, CNIL_EXEMPT_LIST],
}
