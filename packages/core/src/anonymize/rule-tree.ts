import { AnonymizeError } from './errors.js'
import type { Path } from './path.js'
import { escapeFieldName, parsePath } from './path.js'
import type { Policy } from './policy.js'
import type { FieldRule, Rule } from './techniques.js'

/** @internal The rules of a policy as a tree: one step of a path leads from a node to the next. */
export interface RuleNode {
  /** The path from the record down to here, as rules and reports write it. */
  readonly path: string
  /** What happens to the value here: the first that applies, else it is removed. A node with rules leads nowhere. */
  rules?: readonly Rule[]
  /** Where exact names lead. */
  readonly named: Map<string, RuleNode>
  /** Where any other name or array element leads. */
  any?: RuleNode
  /** Whether `any` is not for names of identifiers. */
  readonly isGuarded?: boolean
  /** Whether the value here, or something in it, is declared to be an identifier. */
  holdsIdentifier?: boolean
}

/** The policy's name for the part of a record that its `segments` rules are about. */
const SEGMENTS = 'segments'

/**
 * @internal
 *
 * @throws {@link AnonymizeError} `ERR_POLICY_PATH_INVALID`, `ERR_POLICY_RULES_CONTRADICT`
 */
export function ruleTree(policy: Pick<Policy, 'fields' | 'segments'>): RuleNode {
  const root = newNode('')
  const segments = next(root, SEGMENTS)
  for (const placed of placedRules(policy.segments, 'segments')) {
    if (placed.path.length > 1)
      throw new AnonymizeError('ERR_POLICY_PATH_INVALID', `the name of ${placed.place} is not one name`)
    plant(segments, placed)
  }
  for (const placed of placedRules(policy.fields, 'fields')) {
    if (placed.path[0] === SEGMENTS) throw contradiction(placed.place)
    plant(root, placed)
  }
  return root
}

interface PlacedRule {
  readonly path: Path
  readonly rules: readonly Rule[]
  /** Where it is in the policy, for messages. */
  readonly place: string
}

function placedRules(rules: Readonly<Record<string, FieldRule>>, part: string): PlacedRule[] {
  return Object.entries(rules).map(([text, rule], index) => {
    const place = `${part}[${index}]`
    return { path: parsePath(text, place), rules: alternatives(rule), place }
  })
}

/** One rule or several as a list. */
function alternatives(rule: FieldRule): readonly Rule[] {
  return Array.isArray(rule) ? rule : [rule as Rule]
}

/** Follows a path, growing the tree where it ends, and puts the rule there. */
function plant(start: RuleNode, { path, rules, place }: PlacedRule): void {
  let node = start
  for (const name of path) {
    if (node.rules !== undefined) throw contradiction(place)
    node = next(node, name)
  }
  if (node.rules !== undefined || node.any !== undefined || node.named.size > 0) throw contradiction(place)
  node.rules = rules
}

function next(node: RuleNode, name: string | null): RuleNode {
  const known = name === null ? node.any : node.named.get(name)
  if (known !== undefined) return known
  const grown = newNode(`${node.path}${node.path && '.'}${name === null ? '*' : escapeFieldName(name)}`)
  if (name === null) node.any = grown
  else node.named.set(name, grown)
  return grown
}

function newNode(path: string): RuleNode {
  return { path, named: new Map() }
}

function contradiction(place: string): AnonymizeError {
  return new AnonymizeError('ERR_POLICY_RULES_CONTRADICT', `${place} covers a value that another rule covers`)
}
