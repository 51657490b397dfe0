import type { Language } from '../lib/text.js'
import type { FieldKind, When } from './condition.js'
import { assertWhen, FIELD_KINDS, isCoveredBy } from './condition.js'
import { decidedTree } from './decided-tree.js'
import { AnonymizeError } from './errors.js'
import { RETAIN_IDENTIFIERS } from './identifiers.js'
import { isPlainObject, Walk } from './plain-data.js'
import type { FieldRule, Rule, SuppressRecordRule, TechniqueId, ValueTechnique } from './techniques.js'
import { isTechniqueId, TECHNIQUES, VALUE_TECHNIQUES } from './techniques.js'

declare const parsed: unique symbol

/**
 * What happens to every field of a record. Fields and segments that no rule names are removed.
 *
 * A policy serialises to the JSON {@link parsePolicy} reads.
 */
export interface Policy {
  /** Version 2 has conditions (`when`, and lists of rules), `kinds` and `records`. */
  readonly version: 1 | 2
  /** The language of fixed sentences in records that do not name theirs. */
  readonly language: Language
  /** What kinds the values of fields are, by path as in `fields`, segments as `segments.name`; for conditions. */
  readonly kinds?: Readonly<Record<string, FieldKind>>
  /** When a whole record is dropped: any of these rules suffices. */
  readonly records?: readonly SuppressRecordRule[]
  /**
   * Rules by path: names joined by dots, `*` for any name of one level or any element of an array. `\` before `\`, `.` and
   * `*` makes them part of a name (see {@link escapeFieldName}). `*` does not reach a name that is an e-mail address or a
   * telephone number: such a member is removed.
   */
  readonly fields: Readonly<Record<string, FieldRule>>
  /** Rules for the members of the record's `segments`: one name, or `*` for any. */
  readonly segments: Readonly<Record<string, FieldRule>>
  /** Why direct identifiers may be kept; without it a policy that keeps one is refused. */
  readonly [RETAIN_IDENTIFIERS]?: string
  /** @internal */
  readonly [parsed]: true
}

/**
 * Reads a policy written as JSON.
 *
 * At every level of a record an exact name goes before `*`, and where the exact name leads the `*` beside it is not tried
 * again. One value has one rule: a path that has a rule cannot lead to other rules. In version 2 a path may have several rules
 * with conditions: the first whose condition holds counts, and where none does the value is removed. A rule that an earlier one
 * leaves nothing to is refused.
 *
 * A rule that leaves something of a direct identifier is refused too: of a field that is called like one (e-mail, telephone, name,
 * customer number and the like, in English and French) or declared to be of the kind `identifier`. Where only `*` reaches such
 * a field, nothing of it is kept. {@link RETAIN_IDENTIFIERS} lifts both. What a retained object or text holds, members called like
 * identifiers included, is not looked at; `tallyIdentifiers` of `core/recognize` does that.
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
 * `ERR_POLICY_PATH_INVALID`, `ERR_POLICY_RULES_CONTRADICT`, `ERR_POLICY_RETAINS_IDENTIFIER`. The message names the place by the keys of the format and the
 * number of the rule, counted from 0 (`fields[3].with`), never by a field's name.
 */
export function parsePolicy(json: unknown): Policy {
  const policy = copyOf(json)
  if (!isPlainObject(policy)) throw invalid('the policy')
  const members = own(policy)
  const { version, language = 'en', kinds = {}, records = [], fields, segments = {}, ...others } = members
  if (version !== 1 && version !== 2) {
    throw new AnonymizeError('ERR_POLICY_VERSION_UNKNOWN', 'the version of the policy is neither 1 nor 2')
  }
  if (Object.keys(others).length > 0) throw invalid('the policy')
  if (version === 1 && ('kinds' in members || 'records' in members)) throw invalid('the policy')
  if (language !== 'en' && language !== 'fr') throw invalid('language')
  const result = {
    version,
    language,
    ...(version === 2 && { kinds: parseKinds(kinds, 'kinds'), records: parseRecords(records) }),
    fields: rules(fields, { version, part: 'fields' }),
    segments: rules(segments, { version, part: 'segments' }),
    ...markOf(json),
  }
  decidedTree(result)
  return Object.freeze(result) as unknown as Policy
}

/** @internal */
export function parseKinds(kinds: unknown, place: string): Readonly<Record<string, FieldKind>> {
  if (!isPlainObject(kinds) || Object.keys(kinds).length > 10_000) throw invalid(place)
  Object.values(kinds).forEach((kind, index) => {
    if (!FIELD_KINDS.includes(kind as FieldKind)) throw invalid(`${place}[${index}]`)
  })
  return Object.freeze({ ...kinds }) as Readonly<Record<string, FieldKind>>
}

/** The one thing that is not JSON: it is read of the object given, not of what it inherits. */
function markOf(json: unknown): Pick<Policy, typeof RETAIN_IDENTIFIERS> {
  const mark: unknown = Object.getOwnPropertyDescriptor(Object(json), RETAIN_IDENTIFIERS)?.value
  if (mark === undefined) return {}
  if (!isWarning(mark)) throw invalid('RETAIN_IDENTIFIERS')
  return { [RETAIN_IDENTIFIERS]: mark }
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

interface Part {
  readonly version: 1 | 2
  readonly part: string
}

function rules(json: unknown, { version, part }: Part): Readonly<Record<string, FieldRule>> {
  if (!isPlainObject(json)) throw invalid(part)
  const entries = Object.entries(json).map(([path, rule], index) => {
    const place = `${part}[${index}]`
    if (Array.isArray(rule) && version === 2) return [path, parseAlternatives(rule, place)] as const
    return [path, parseRule(rule, { version, place })] as const
  })
  return Object.freeze(Object.fromEntries(entries))
}

/** An alternative that is never reached says something else than what happens. */
function parseAlternatives(json: readonly unknown[], place: string): readonly Rule[] {
  if (json.length === 0 || json.length > maxAlternatives) throw invalid(place)
  const parsed = json.map((rule, index) => parseRule(rule, { version: 2, place: `${place}[${index}]` }))
  parsed.forEach(({ when }, index) => {
    if (!parsed.slice(0, index).some((earlier) => isCoveredBy(when, earlier.when))) return
    throw new AnonymizeError(
      'ERR_POLICY_RULES_CONTRADICT',
      `${place}[${index}] comes after a rule that leaves nothing to it`,
    )
  })
  return Object.freeze(parsed)
}

const maxAlternatives = 100

function parseRecords(json: unknown): readonly SuppressRecordRule[] {
  if (!Array.isArray(json) || json.length > maxAlternatives) throw invalid('records')
  for (const [index, rule] of json.entries()) {
    const place = `records[${index}]`
    const { technique, when } = parseCommon(rule, { version: 2, place })
    if (technique !== 'suppress-record') throw invalid(`${place}.technique`)
    if (when?.kind !== undefined) throw invalid(`${place}.when.kind`)
  }
  return Object.freeze(json) as readonly SuppressRecordRule[]
}

interface Place {
  readonly version: 1 | 2
  readonly place: string
}

function parseRule(json: unknown, { version, place }: Place): Rule {
  const { technique, options } = parseCommon(json, { version, place })
  if (!Object.hasOwn(VALUE_TECHNIQUES, technique)) throw invalid(`${place}.technique`)
  assertOptions(technique as Rule['technique'], { options, place })
  return json as Rule
}

/** What every rule has, and the names and forms of its options. */
function parseCommon(
  json: unknown,
  { version, place }: Place,
): { technique: TechniqueId; when: When | undefined; options: Record<string, unknown> } {
  if (!isPlainObject(json)) throw invalid(place)
  const { technique, warning, when, ...options } = own(json)
  if (!isTechniqueId(technique)) {
    throw new AnonymizeError('ERR_POLICY_TECHNIQUE_UNKNOWN', `${place}.technique does not exist`)
  }
  if (warning !== undefined && !isWarning(warning)) throw invalid(`${place}.warning`)
  if (when !== undefined && version === 1) throw invalid(place)
  if (when !== undefined) assertWhen(when, `${place}.when`)
  for (const [name, value] of Object.entries(options)) {
    const isRight = Object.hasOwn(TECHNIQUES[technique].options, name) && TECHNIQUES[technique].options[name]
    if (!isRight) throw invalid(place)
    if (!isRight(value)) throw invalid(`${place}.${name}`)
  }
  deepFreeze(json)
  return { technique, when, options }
}

function assertOptions(
  id: Rule['technique'],
  { options, place }: { options: Record<string, unknown>; place: string },
): void {
  const technique: ValueTechnique = VALUE_TECHNIQUES[id]
  for (const name of technique.required ?? []) if (!Object.hasOwn(options, name)) throw invalid(`${place}.${name}`)
  if (technique.isSound?.({ technique: id, ...options } as Rule) === false) throw invalid(place)
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  Object.values(value).forEach(deepFreeze)
}

function isWarning(warning: unknown): warning is string {
  return typeof warning === 'string' && warning.length > 0 && warning.length <= 1000
}

function invalid(place: string): AnonymizeError {
  return new AnonymizeError('ERR_POLICY_INVALID', `${place} is not of the documented form`)
}
