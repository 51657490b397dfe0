import type { Text } from '../lib/text.js'
import type { Classification, Reason } from './classify.js'
import type { CriterionId } from './criteria.js'
import type { DpiaCondition, DpiaLaw, DpiaList, DpiaListType } from './dpia-law.js'
import type { FactorId } from './factors.js'
import { FACTORS } from './factors.js'
import type { Source } from './sources.js'

/**
 * Why a DPIA is required: enough criteria are met, a practice is of a type that a list names, or a practice is of the very
 * high tier, whose countermeasures hold a risk assessment in advance.
 */
export type DpiaReason = 'criteria' | 'listed' | 'very-high-tier'

/** What a conclusion rests on: a factor of a practice. */
export interface DpiaGround {
  readonly practice: string
  readonly factor: FactorId
}

/** A criterion that a programme meets, and through what. */
export interface MetCriterion {
  readonly id: CriterionId
  /** Its number in its source. */
  readonly number: number
  readonly name: Text
  readonly source: Source
  readonly because: readonly DpiaGround[]
}

/** A type of a list that a practice is of. */
export interface ListedType {
  /** The id of the list. */
  readonly list: string
  readonly territory: Text
  /** The number or letter of the type in the list. */
  readonly number: string
  readonly name: Text
  readonly source: Source
  readonly because: readonly DpiaGround[]
  /** For a type that counts in combination only: the criteria it is combined with. */
  readonly combinedWith: readonly CriterionId[]
}

/** A list that was looked at. */
export interface ExaminedList {
  readonly id: string
  readonly name: Text
  readonly territory: Text
  readonly effect: DpiaList['effect']
  readonly source: Source
  /** The types no factor describes: somebody has to look whether a practice is of them. */
  readonly notExamined: readonly { readonly number: string; readonly name: Text }[]
}

/** Whether a data protection impact assessment is required, and why. */
export interface DpiaNeed {
  readonly required: boolean
  readonly because: readonly DpiaReason[]
  /** Every criterion met, by number. */
  readonly criteria: readonly MetCriterion[]
  /** How many criteria suffice. */
  readonly criteriaNeeded: number
  /** Every type met, list by list. */
  readonly listed: readonly ListedType[]
  /** The practices of the very high tier. */
  readonly veryHigh: readonly string[]
  readonly lists: readonly ExaminedList[]
  /** The version of the rules. */
  readonly law: string
}

/**
 * @internal
 *
 * Criteria are counted over the whole programme, whose practices concern the same customers: the cautious reading of
 * WP 248 rev.01, section III.B.a ("a processing meeting two criteria"). A type of a list is met by one practice.
 */
export function dpiaNeed(practices: readonly Classification[], law: DpiaLaw): DpiaNeed {
  const criteria = metCriteria(practices, law)
  const lists = law.lists.filter(({ effect }) => effect === 'requires')
  const listed = lists.flatMap((list) => list.types.flatMap((type) => listedType({ list, type }, practices, criteria)))
  const veryHigh = practices.filter(({ tier }) => tier === 'very-high').map(({ id }) => id)
  const because: DpiaReason[] = [
    ...(criteria.length >= law.criteriaNeeded ? ['criteria' as const] : []),
    ...(listed.length > 0 ? ['listed' as const] : []),
    ...(veryHigh.length > 0 ? ['very-high-tier' as const] : []),
  ]
  const { criteriaNeeded, version } = law
  const required = because.length > 0
  return { required, because, criteria, criteriaNeeded, listed, veryHigh, lists: law.lists.map(examined), law: version }
}

function metCriteria(practices: readonly Classification[], { criteria }: DpiaLaw): MetCriterion[] {
  return (Object.keys(criteria) as CriterionId[])
    .map((id) => {
      const { number, name, source } = criteria[id]
      return { id, number, name, source, because: groundsOf(practices, { criteria: [id] }) }
    })
    .filter(({ because }) => because.length > 0)
    .sort((one, other) => one.number - other.number)
}

function listedType(
  { list, type }: { readonly list: DpiaList; readonly type: DpiaListType },
  practices: readonly Classification[],
  met: readonly MetCriterion[],
): ListedType[] {
  const because = practices.flatMap((practice) => groundsOfAll(practice, type.when ?? []))
  const others = met
    .map(({ id }) => id)
    .filter((id) => type.combined !== undefined && !type.combined.apartFrom.includes(id))
  if (because.length === 0 || (type.combined !== undefined && others.length === 0)) return []
  const { id, territory, source } = list
  return [{ list: id, territory, number: type.number, name: type.name, source, because, combinedWith: others }]
}

/** The grounds of one practice, when it meets every condition. */
function groundsOfAll(practice: Classification, conditions: readonly DpiaCondition[]): DpiaGround[] {
  const grounds = conditions.map((condition) => groundsOf([practice], condition))
  if (grounds.some((each) => each.length === 0)) return []
  const factors = new Set(grounds.flat().map(({ factor }) => factor))
  return [...factors].map((factor) => ({ practice: practice.id, factor }))
}

function groundsOf(practices: readonly Classification[], condition: DpiaCondition): DpiaGround[] {
  return practices.flatMap(({ id, reasons }) =>
    reasons.filter((reason) => meets(reason, condition)).map(({ factor }) => ({ practice: id, factor })),
  )
}

function meets({ factor }: Reason, { factors = [], criteria = [] }: DpiaCondition): boolean {
  return factors.includes(factor) || criteria.some((id) => FACTORS[factor].criteria.includes(id))
}

function examined({ id, name, territory, effect, source, types }: DpiaList): ExaminedList {
  const notExamined = types.filter(({ when }) => when === null).map(({ number, name }) => ({ number, name }))
  return { id, name, territory, effect, source, notExamined }
}
