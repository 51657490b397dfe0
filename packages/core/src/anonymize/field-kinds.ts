import { nodeOf } from './apply.js'
import type { FieldKind } from './condition.js'
import { parsePath } from './path.js'
import type { RuleNode } from './rule-tree.js'

/** The declared kinds as a tree, led through like rules are: an exact name goes before `*`, without going back. */
interface KindNode {
  kind?: FieldKind
  readonly named: Map<string, KindNode>
  any?: KindNode
}

/**
 * @internal
 *
 * Decides every condition on a field's kind: what is left are conditions on the record. A name that a kind is declared for
 * and only `*` reaches gets rules of its own.
 *
 * @throws {@link AnonymizeError} `ERR_POLICY_PATH_INVALID`
 */
export function decideKinds(tree: RuleNode, kinds: Readonly<Record<string, FieldKind>>): RuleNode {
  const root: KindNode = { named: new Map() }
  Object.entries(kinds).forEach(([text, kind], index) => {
    plant(root, parsePath(text, `kinds[${index}]`)).kind = kind
  })
  return decide(tree, root)
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

function decide(node: RuleNode, kinds: KindNode | undefined): RuleNode {
  const decided: RuleNode = { path: node.path, named: new Map() }
  if (node.rules !== undefined) {
    decided.rules = node.rules.filter(({ when }) => when?.kind === undefined || when.kind === kinds?.kind)
  }
  for (const name of new Set([...node.named.keys(), ...(kinds?.named.keys() ?? [])])) {
    const next = nodeOf(name, node)
    if (next !== undefined) decided.named.set(name, decide(next, kinds?.named.get(name) ?? kinds?.any))
  }
  if (node.any !== undefined) decided.any = decide(node.any, kinds?.any)
  return decided
}
