import type { Language } from '../lib/text.js'
import { AnonymizeError } from './errors.js'
import { isPlainObject, Walk } from './plain-data.js'
import { ruleTree } from './rule-tree.js'
import type { Rule, Technique, TechniqueId } from './techniques.js'
import { isTechniqueId, TECHNIQUES } from './techniques.js'

declare const parsed: unique symbol

/**
 * What happens to every field of a record. Fields and segments that no rule names are removed.
 *
 * A policy serialises to the JSON {@link parsePolicy} reads.
 */
export interface Policy {
  readonly version: 1
  /** The language of fixed sentences in records that do not name theirs. */
  readonly language: Language
  /**
   * Rules by path: names joined by dots, `*` for any name of one level or any element of an array. `\` before `\`, `.` and
   * `*` makes them part of a name (see {@link escapeFieldName}). `*` does not reach a name that is an e-mail address or a
   * telephone number: such a member is removed.
   */
  readonly fields: Readonly<Record<string, Rule>>
  /** Rules for the members of the record's `segments`: one name, or `*` for any. */
  readonly segments: Readonly<Record<string, Rule>>
  /** @internal */
  readonly [parsed]: true
}

/**
 * Reads a policy written as JSON.
 *
 * At every level of a record an exact name goes before `*`, and where the exact name leads the `*` beside it is not tried
 * again. One value has one rule: a path that has a rule cannot lead to other rules.
 *
 * @example
 * Keep the score, mask the name, remove everything else.
 *
 * ```ts
 * import { parsePolicy } from '@surveyseal/core/anonymize'
 *
 * export const policy = parsePolicy({
 *   version: 1,
 *   language: 'en',
 *   fields: { npsScore: { technique: 'retain' }, 'contact.name': { technique: 'mask' } },
 *   segments: {},
 * })
 * ```
 *
 * @param json - The parsed JSON, of fewer than 10,000 rules. `language` may be left out (`en`), and so may `segments` (none
 * is kept).
 * @returns The policy, frozen, for {@link compilePolicy}.
 * @throws {@link AnonymizeError} `ERR_POLICY_INVALID`, `ERR_POLICY_VERSION_UNKNOWN`, `ERR_POLICY_TECHNIQUE_UNKNOWN`,
 * `ERR_POLICY_PATH_INVALID`, `ERR_POLICY_RULES_CONTRADICT`. The message names the place by the keys of the format and the
 * number of the rule, counted from 0 (`fields[3].with`), never by a field's name.
 */
export function parsePolicy(json: unknown): Policy {
  const policy = copyOf(json)
  if (!isPlainObject(policy)) throw invalid('the policy')
  const { version, language = 'en', fields, segments = {}, ...others } = own(policy)
  if (version !== 1) throw new AnonymizeError('ERR_POLICY_VERSION_UNKNOWN', 'the version of the policy is not 1')
  if (Object.keys(others).length > 0) throw invalid('the policy')
  if (language !== 'en' && language !== 'fr') throw invalid('language')
  const result = { version, language, fields: rules(fields, 'fields'), segments: rules(segments, 'segments') }
  ruleTree(result)
  return Object.freeze(result) as unknown as Policy
}

/** A policy is data from outside like a record; what is wrong with it is told apart no further. */
function copyOf(json: unknown): unknown {
  try {
    return new Walk().copy(json)
  } catch {
    throw invalid('the policy')
  }
}

/** The object without what it inherits: a polluted prototype must not add rules. */
function own(object: Record<string, unknown>): Record<string, unknown> {
  return Object.assign(Object.create(null) as Record<string, unknown>, object)
}

function rules(json: unknown, place: string): Readonly<Record<string, Rule>> {
  if (!isPlainObject(json)) throw invalid(place)
  const entries = Object.entries(json).map(
    ([path, rule], index) => [path, parseRule(rule, `${place}[${index}]`)] as const,
  )
  return Object.freeze(Object.fromEntries(entries))
}

function parseRule(json: unknown, place: string): Rule {
  if (!isPlainObject(json)) throw invalid(place)
  const { technique, warning, ...options } = own(json)
  if (!isTechniqueId(technique)) {
    throw new AnonymizeError('ERR_POLICY_TECHNIQUE_UNKNOWN', `${place}.technique does not exist`)
  }
  if (warning !== undefined && !isWarning(warning)) throw invalid(`${place}.warning`)
  assertOptions(technique, { options, place })
  for (const option of Object.values(options)) Object.freeze(option)
  return Object.freeze(json) as unknown as Rule
}

function assertOptions(id: TechniqueId, { options, place }: { options: Record<string, unknown>; place: string }): void {
  const technique: Technique = TECHNIQUES[id]
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(technique.options, name)) throw invalid(place)
    if (technique.options[name]?.(value) !== true) throw invalid(`${place}.${name}`)
  }
  for (const name of technique.required ?? []) if (!Object.hasOwn(options, name)) throw invalid(`${place}.${name}`)
  if (technique.isSound?.({ technique: id, ...options } as Rule) === false) throw invalid(place)
}

function isWarning(warning: unknown): boolean {
  return typeof warning === 'string' && warning.length > 0 && warning.length <= 1000
}

function invalid(place: string): AnonymizeError {
  return new AnonymizeError('ERR_POLICY_INVALID', `${place} is not of the documented form`)
}
