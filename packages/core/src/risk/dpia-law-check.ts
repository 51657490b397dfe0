import { invalidArgumentType } from '../errors.js'
import type { Text } from '../lib/text.js'
import type { Criterion, CriterionId } from './criteria.js'
import { CRITERIA, isCriterionId } from './criteria.js'
import type { DpiaCondition, DpiaLaw, DpiaList, DpiaListType } from './dpia-law.js'
import { RiskError } from './errors.js'
import { isFactorId } from './factors.js'
import type { Source } from './sources.js'

/** @internal A host's own rules may come from a file, and a misspelt factor would require nothing in silence. */
export function assertDpiaLaw(law: DpiaLaw): void {
  if (typeof law !== 'object' || law === null) throw invalidArgumentType('options.law', 'object', law)
  const { version, criteria, criteriaNeeded, lists } = law
  if (typeof version !== 'string' || version === '') throw invalid('version is missing')
  if (!Object.keys(CRITERIA).every((id) => isCriterion(criteria?.[id as CriterionId])))
    throw invalid('criteria lack one')
  if (!Number.isInteger(criteriaNeeded) || criteriaNeeded < 1) throw invalid('criteriaNeeded is not a positive integer')
  if (!Array.isArray(lists)) throw invalid('lists is not an array')
  for (const [at, list] of lists.entries()) assertList(list, `lists[${at}]`)
}

function isCriterion(criterion: unknown): boolean {
  const { number, name, source } = (criterion ?? {}) as Partial<Criterion>
  return Number.isInteger(number) && isText(name) && isSource(source)
}

function assertList(list: DpiaList, place: string): void {
  const { id, name, territory, source, effect, types } = list ?? {}
  const named = typeof id === 'string' && isText(name) && isText(territory)
  if (!named || !isSource(source)) throw invalid(`${place} lacks id, name, territory or source`)
  if (effect !== 'requires' && effect !== 'exempts') throw invalid(`${place}.effect is requires or exempts`)
  if (!Array.isArray(types)) throw invalid(`${place}.types is not an array`)
  for (const [at, type] of types.entries()) assertType(type, `${place}.types[${at}]`)
}

function assertType(type: DpiaListType, place: string): void {
  const { number, name, when, combined } = type ?? {}
  if (typeof number !== 'string' || !isText(name)) throw invalid(`${place} lacks number or name`)
  if (when !== null && !(Array.isArray(when) && when.length > 0 && when.every(isCondition))) {
    throw invalid(`${place}.when is null, or conditions of known factors and criteria`)
  }
  if (combined !== undefined && !isListOf(combined?.apartFrom, isCriterionId)) {
    throw invalid(`${place}.combined.apartFrom names an unknown criterion`)
  }
}

function isCondition(condition: unknown): boolean {
  const { factors = [], criteria = [] } = (condition ?? {}) as DpiaCondition
  return isListOf(factors, isFactorId) && isListOf(criteria, isCriterionId) && factors.length + criteria.length > 0
}

function isListOf(list: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(list) && list.every(is)
}

function isText(text: unknown): boolean {
  const { en, fr } = (text ?? {}) as Partial<Text>
  return typeof en === 'string' && typeof fr === 'string'
}

function isSource(source: unknown): boolean {
  const { title, url, date, read } = (source ?? {}) as Partial<Source>
  return typeof title === 'string' && typeof url === 'string' && isDay(read) && (date === undefined || isDay(date))
}

function isDay(day: unknown): boolean {
  if (typeof day !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(day)) return false
  const at = new Date(day)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

function invalid(problem: string): RiskError {
  return new RiskError('ERR_DPIA_LAW_INVALID', `the rules for a DPIA: ${problem}`)
}
