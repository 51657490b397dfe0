import { isPersonalName } from './apply.js'
import { isCoveredBy, meetOfConditions } from './condition.js'
import { decidedTree } from './decided-tree.js'
import { AnonymizeError } from './errors.js'
import { isIdentifierName, RETAIN_IDENTIFIERS, reveals } from './identifiers.js'
import { meetOfRules } from './meet-of-rules.js'
import { escapeFieldName } from './path.js'
import type { Policy } from './policy.js'
import { parsePolicy } from './policy.js'
import type { FieldRule, Rule, SuppressRecordRule } from './techniques.js'

/**
 * Puts a stricter policy on top of another: what is left is no more than either would leave.
 *
 * Precisely: of every value, under whatever conditions hold for the record, the composed policy leaves nothing, or a text that
 * says nothing of it (fixed or freshly random), or something that can be told from what `base` alone leaves of it, and from
 * what `stricter` alone leaves too. Records that one of them suppresses are suppressed. Of two generalizations the coarser is
 * taken where one can be told from the other (dates, top and bottom coding, truncation); else the value is removed. A field
 * that only one of them names is removed, so a policy that is to restrict a few fields retains `*`, and `*` of segments.
 *
 * Kinds that the two declare decide their conditions here and are not in the result, and those a host declares later decide
 * nothing in it. Fixed sentences are in the language of `stricter`. Identifiers are kept only if both policies are marked by
 * {@link RETAIN_IDENTIFIERS}. Which conditions held may show in the output, as it does for any policy.
 *
 * @example
 * The default policy with coarser dates, and without the reasons.
 *
 * ```ts
 * import { composePolicies, defaultPolicy, parsePolicy } from '@surveyseal/core/anonymize'
 *
 * const stricter = parsePolicy({
 *   version: 1,
 *   fields: {
 *     '*': { technique: 'retain' },
 *     completedDate: { technique: 'coarsen-date', to: 'quarter' },
 *     sentDate: { technique: 'coarsen-date', to: 'quarter' },
 *     drivers: { technique: 'remove' },
 *   },
 *   segments: { '*': { technique: 'retain' } },
 * })
 * export const policy = composePolicies(defaultPolicy('en'), stricter)
 * ```
 *
 * @param base - The first policy.
 * @param stricter - The other; where both replace a value by something fixed, what it says goes.
 * @returns A policy of version 2.
 * @throws {@link AnonymizeError} as {@link parsePolicy} does; `ERR_POLICY_INVALID` also when a field would have over 100 rules.
 */
export function composePolicies(base: Policy, stricter: Policy): Policy {
  const [one, other] = [parsePolicy(base), parsePolicy(stricter)]
  const isMarked = Object.hasOwn(one, RETAIN_IDENTIFIERS) && Object.hasOwn(other, RETAIN_IDENTIFIERS)
  const root = meet(decidedTree(one), decidedTree(other)) ?? NOTHING
  const segments = root.named.get('segments') ?? NOTHING
  const named = new Map([...root.named].filter(([name]) => name !== 'segments'))
  return parsePolicy({
    version: 2,
    language: other.language,
    kinds: {},
    records: uncovered([...(one.records ?? []), ...(other.records ?? [])]),
    fields: rulesOf({ ...root, named }, isMarked),
    segments: segments.rules ? {} : rulesOf(segments, isMarked),
    ...(isMarked && { [RETAIN_IDENTIFIERS]: other[RETAIN_IDENTIFIERS] }),
  })
}

/** Where two trees lead together, which each does by itself too. */
interface Meet {
  readonly rules?: readonly Rule[]
  readonly named: ReadonlyMap<string, Meet>
  readonly any?: Meet
}

const NOTHING: Meet = { named: new Map() }
const REMOVED_WHOLE: Meet = { rules: [{ technique: 'remove' }], named: new Map() }

function meet(one: Meet | undefined, other: Meet | undefined): Meet | undefined {
  if (one === undefined || other === undefined) return undefined
  if (one.rules && other.rules) return leaf(productOf(one.rules, other.rules))
  if (one.rules) return spread(one.rules, other)
  if (other.rules) return spread(other.rules, one)
  const any = meet(one.any, other.any)
  const names = new Set([...one.named.keys(), ...other.named.keys()])
  // A name that one of them denies must not be reached by the other's `*`.
  const denied = any && REMOVED_WHOLE
  const named = Array.from(names, (name) => [name, meet(reached(name, one), reached(name, other)) ?? denied] as const)
  return branch(named, any)
}

/** Names of identifiers are reached too: what reveals one goes at the end. */
function reached(name: string, { named, any }: Meet): Meet | undefined {
  return named.get(name) ?? (isPersonalName(name) ? undefined : any)
}

/**
 * Rules for a whole object, where the other policy has rules for what is in it. Generalization leaves nothing of an object. An
 * object kept whole is what the other leaves of it, and under conditions that do not keep it nothing is.
 */
function spread(rules: readonly Rule[], into: Meet): Meet | undefined {
  if (!rules.some(({ technique }) => technique === 'retain')) {
    return leaf(rules.map((rule) => (reveals(rule) ? removing(rule) : rule)))
  }
  const kept: Meet = {
    rules: rules.map((rule) => (rule.technique === 'retain' ? rule : removing(rule))),
    named: new Map(),
  }
  return branch(
    Array.from(into.named, ([name, node]) => [name, meet(kept, node)] as const),
    meet(kept, into.any),
  )
}

function removing({ when }: Rule): Rule {
  return { technique: 'remove', ...(when && { when }) }
}

function leaf(rules: readonly Rule[]): Meet | undefined {
  return rules.length === 0 ? undefined : { rules, named: new Map() }
}

function branch(named: readonly (readonly [string, Meet | undefined])[], any: Meet | undefined): Meet | undefined {
  const led = named.flatMap(([name, node]) => (node === undefined ? [] : [[name, node] as const]))
  if (led.length === 0 && any === undefined) return undefined
  return { named: new Map(led), ...(any && { any }) }
}

const maxPairs = 1000

/** The first pair in which both rules apply is the first rule of one that applies and the first of the other. */
function productOf(ones: readonly Rule[], others: readonly Rule[]): readonly Rule[] {
  const pairs = ones.flatMap((one) =>
    others.flatMap((other): Rule | [] => {
      const when = meetOfConditions(one.when, other.when)
      if (when === 'never') return []
      return { ...meetOfRules(one, other), ...(when && { when }) }
    }),
  )
  if (pairs.length > maxPairs) throw new AnonymizeError('ERR_POLICY_INVALID', 'a field would have too many rules')
  return uncovered(pairs)
}

function uncovered<R extends Rule | SuppressRecordRule>(rules: readonly R[]): readonly R[] {
  return rules.filter(({ when }, index) => !rules.slice(0, index).some((earlier) => isCoveredBy(when, earlier.when)))
}

/** The tree as rules by path. What reveals an identifier is removed, unless both policies may. */
function rulesOf(root: Meet, isMarked: boolean): Readonly<Record<string, FieldRule>> {
  const rules: [string, FieldRule][] = []
  const visit = (node: Meet, { path, isIdentifier }: { path: readonly string[]; isIdentifier: boolean }): void => {
    if (node.rules !== undefined) {
      const left = node.rules.map((rule) => (isIdentifier && !isMarked && reveals(rule) ? removing(rule) : rule))
      const [only] = left
      rules.push([path.join('.'), left.length === 1 && only !== undefined ? only : left])
    }
    for (const [name, next] of node.named) {
      visit(next, { path: [...path, escapeFieldName(name)], isIdentifier: isIdentifierName(name) })
    }
    if (node.any !== undefined) visit(node.any, { path: [...path, '*'], isIdentifier })
  }
  visit(root, { path: [], isIdentifier: false })
  return Object.fromEntries(rules)
}
