import { CRITERIA } from './criteria.js'
import { DPIA_LAW, type DpiaLaw, type DpiaList } from './dpia-law.js'
import { assertDpiaLaw } from './dpia-law-check.js'
import { RiskError } from './errors.js'

/**
 * Reads rules for a DPIA written as JSON: a `version` of one's own, and what differs from {@link DPIA_LAW}.
 *
 * `criteria`, `criteriaNeeded` and `lists` are as in {@link DPIA_LAW} where they are left out. An element of `lists` is the id of
 * one of its lists, or a list. Members that are no part of the rules are refused, down to the lists; two lists of one id too.
 *
 * @param json - The parsed JSON.
 * @returns The rules, for {@link assessProgramme}.
 * @throws {@link RiskError} `ERR_DPIA_LAW_INVALID`. The message names the place, never what was found there.
 *
 * @example
 * For a programme that runs in France only, where one criterion shall suffice.
 *
 * ```ts
 * import { parseDpiaLaw } from '@surveyseal/core/risk'
 *
 * export const law = parseDpiaLaw({ version: '2026-12-01 ours', criteriaNeeded: 1, lists: ['gdpr-35-3', 'cnil', 'cnil-exempt'] })
 * ```
 */
export function parseDpiaLaw(json: unknown): DpiaLaw {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw invalid('the document is not an object')
  assertMembers(json, ['version', 'criteria', 'criteriaNeeded', 'lists'], 'the document')
  const { version, criteria, criteriaNeeded, lists } = { ...DPIA_LAW, version: '', ...json }
  if (!Array.isArray(lists)) throw invalid('lists is not an array')
  assertMembers(criteria, Object.keys(CRITERIA), 'criteria')
  const law = { version, criteria, criteriaNeeded, lists: lists.map(listAt) }
  assertDpiaLaw(law)
  if (new Set(law.lists.map(({ id }) => id)).size < law.lists.length) throw invalid('lists has two of one id')
  return law
}

function listAt(list: unknown, index: number): DpiaList {
  const place = `lists[${index}]`
  if (typeof list === 'string') {
    const known = DPIA_LAW.lists.find(({ id }) => id === list)
    if (known === undefined) throw invalid(`${place} is none of ${DPIA_LAW.lists.map(({ id }) => id).join(', ')}`)
    return known
  }
  assertMembers(list, ['id', 'name', 'territory', 'source', 'effect', 'types'], place)
  const { types } = (list ?? {}) as Partial<DpiaList>
  for (const [at, type] of (Array.isArray(types) ? types : []).entries()) {
    assertMembers(type, ['number', 'name', 'when', 'combined'], `${place}.types[${at}]`)
  }
  return list as DpiaList
}

/** A member that is spelt wrong would leave a rule out in silence. */
function assertMembers(value: unknown, members: readonly string[], place: string): void {
  if (Object.keys(value ?? {}).every((name) => members.includes(name))) return
  throw invalid(`${place} has a member that is no part of the rules`)
}

function invalid(problem: string): RiskError {
  return new RiskError('ERR_DPIA_LAW_INVALID', `the rules for a DPIA: ${problem}`)
}
