import { nodeOf } from './apply.js'
import type { FieldKind } from './condition.js'
import { RETAIN_IDENTIFIERS, refuseIdentifiers, reveals } from './identifiers.js'
import { parsePath } from './path.js'
import type { Policy } from './policy.js'
import type { RuleNode } from './rule-tree.js'
import { ruleTree } from './rule-tree.js'
import type { Rule } from './techniques.js'

/** The declared kinds as a tree, led through like rules are: an exact name goes before `*`, without going back. */
interface KindNode {
  kind?: FieldKind
  readonly named: Map<string, KindNode>
  any?: KindNode
}

/**
 * @internal
 *
 * The rules of a policy with every condition on a field's kind decided: what is left are conditions on the record. A name that
 * a kind is declared for and only `*` reaches gets rules of its own.
 *
 * @param kinds - What the host declares; what the policy declares goes before.
 * @throws {@link AnonymizeError} `ERR_POLICY_PATH_INVALID`, `ERR_POLICY_RULES_CONTRADICT`, `ERR_POLICY_RETAINS_IDENTIFIER`
 */
export function decidedTree(
  policy: Pick<Policy, 'fields' | 'segments' | 'kinds' | typeof RETAIN_IDENTIFIERS>,
  kinds: Readonly<Record<string, FieldKind>> = {},
): RuleNode {
  const isMarked = Object.hasOwn(policy, RETAIN_IDENTIFIERS)
  const tree = decide(ruleTree(policy), { kinds: kindTree({ ...kinds, ...policy.kinds }), isMarked })
  if (!isMarked) refuseIdentifiers(tree)
  return tree
}

function kindTree(kinds: Readonly<Record<string, FieldKind>>): KindNode {
  const root: KindNode = { named: new Map() }
  Object.entries(kinds).forEach(([text, kind], index) => {
    plant(root, parsePath(text, `kinds[${index}]`)).kind = kind
  })
  return root
}

function plant(root: KindNode, path: ReturnType<typeof parsePath>): KindNode {
  let node = root
  for (const name of path) {
    const next: KindNode = (name === null ? node.any : node.named.get(name)) ?? { named: new Map() }
    if (name === null) node.any = next
    else node.named.set(name, next)
    node = next
  }
  return node
}

interface Declared {
  readonly kinds: KindNode | undefined
  readonly isMarked: boolean
}

function decide(node: RuleNode, { kinds, isMarked }: Declared): RuleNode {
  const { path, rules, named, any } = node
  const decided: RuleNode = { path, named: new Map(), isGuarded: !isMarked && any !== undefined && isRevealing(any) }
  if (rules !== undefined) {
    const applying = rules.filter(({ when }) => when?.kind === undefined || when.kind === kinds?.kind)
    decided.rules = applying.map(withoutKind)
    decided.holdsIdentifier = kinds !== undefined && hasIdentifier(kinds)
  }
  for (const name of new Set([...named.keys(), ...(kinds?.named.keys() ?? [])])) {
    const next = nodeOf(name, { named, any, isGuarded: decided.isGuarded })
    const below = kinds?.named.get(name) ?? kinds?.any
    if (next === undefined) continue
    const isByChance = !named.has(name) && decided.isGuarded && next.rules !== undefined
    const isDenied = isByChance && below !== undefined && hasIdentifier(below)
    decided.named.set(name, isDenied ? nothingAt(next.path) : decide(next, { kinds: below, isMarked }))
  }
  if (any !== undefined) decided.any = decide(any, { kinds: kinds?.any, isMarked })
  return decided
}

function withoutKind(rule: Rule): Rule {
  if (rule.when?.kind === undefined) return rule
  const { when, ...always } = rule
  const { kind, ...left } = when
  return Object.keys(left).length === 0 ? always : { ...always, when: left }
}

/** `*` keeps nothing of an identifier that it happens to reach. */
function nothingAt(path: string): RuleNode {
  return { path, rules: [], named: new Map() }
}

function isRevealing({ rules = [], named, any }: RuleNode): boolean {
  return rules.some(reveals) || [...named.values()].some(isRevealing) || (any !== undefined && isRevealing(any))
}

function hasIdentifier({ kind, named, any }: KindNode): boolean {
  return kind === 'identifier' || [...named.values()].some(hasIdentifier) || (any !== undefined && hasIdentifier(any))
}
