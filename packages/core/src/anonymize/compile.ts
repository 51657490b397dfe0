import type { Anonymized, Branch, Change, Leaf } from './apply.js'
import { applyTo } from './apply.js'
import { escapeFieldName } from './path.js'
import type { Policy } from './policy.js'
import { parsePolicy } from './policy.js'
import type { RandomBytes } from './random-word.js'
import { platformRandomBytes, randomWords } from './random-word.js'
import type { RuleNode } from './rule-tree.js'
import { ruleTree } from './rule-tree.js'
import type { Rule, Tools } from './techniques.js'
import { compileRule } from './techniques.js'

/** Options of {@link compilePolicy}. */
export interface CompileOptions {
  /**
   * Field names of the record itself that are the host's own, such as the header of a table. A report may name them even
   * when no rule does.
   *
   * @defaultValue none
   */
  readonly columns?: readonly string[]
  /**
   * Where random e-mail addresses come from.
   *
   * @defaultValue the platform's secure source
   */
  readonly randomBytes?: RandomBytes
}

/** A policy ready to be applied to any number of records. */
export interface CompiledPolicy {
  /**
   * Applies the policy to one record.
   *
   * Records are JSON objects, which may hold dates as `Date` too. The record is not changed and nothing in it is shared
   * with the result. Members that are `undefined`, not enumerable or named by a symbol are left out. Objects and arrays in
   * which nothing is kept are left out. Of an array whose elements have rules, the elements kept close up.
   *
   * @param record - The record.
   * @returns The anonymized record and the report.
   * @throws {@link AnonymizeError} `ERR_RECORD_ACCESSOR`, `ERR_RECORD_CYCLE`, `ERR_RECORD_NOT_PLAIN`,
   * `ERR_RECORD_TOO_LARGE`, wherever in the record that is, and whatever the policy says about the place.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when `record` is no object.
   */
  apply(record: object): Anonymized
}

/**
 * Prepares a policy for use.
 *
 * @example
 * What is left of a customer.
 *
 * ```ts
 * import { compilePolicy, defaultPolicy } from '@surveyseal/core/anonymize'
 *
 * const { record, changes } = compilePolicy(defaultPolicy('en')).apply({ firstName: 'Ada', npsScore: 9, shoeSize: 38 })
 * // record: { firstName: '***', npsScore: 9 }
 * // changes: firstName masked because of its rule, * removed because of default-deny
 * ```
 *
 * @param policy - What {@link parsePolicy} or {@link defaultPolicy} returned. It is checked again.
 * @param options - See {@link CompileOptions}.
 * @returns The compiled policy.
 * @throws {@link AnonymizeError} as {@link parsePolicy} does.
 */
export function compilePolicy(policy: Policy, options: CompileOptions = {}): CompiledPolicy {
  const { language, fields, segments } = parsePolicy(policy)
  const { columns = [], randomBytes = platformRandomBytes } = options
  const root = compileBranch(ruleTree({ fields, segments }), { randomWord: randomWords(randomBytes) })
  const known = new Map(columns.map((name) => [name, denied(escapeFieldName(name))]))
  const denyKnown = (name = ''): Change => known.get(name) ?? root.denied()
  const rootOfKnown = { ...root, denied: denyKnown }
  return { apply: (record) => applyTo(record, rootOfKnown, { language }) }
}

function compileNode(node: RuleNode, tools: Tools): Leaf | Branch {
  return node.rule === undefined ? compileBranch(node, tools) : compileLeaf(node.path, node.rule, tools)
}

function compileBranch({ path, named, any }: RuleNode, tools: Tools): Branch {
  const deniedBelow = denied(path === '' ? '*' : `${path}.*`)
  return {
    named: new Map(Array.from(named, ([name, node]) => [name, compileNode(node, tools)])),
    any: any && compileNode(any, tools),
    deniedHere: denied(path),
    denied: () => deniedBelow,
  }
}

function compileLeaf(path: string, rule: Rule, tools: Tools): Leaf {
  const { technique, warning } = rule
  const change = { field: path, technique, because: 'rule' as const, count: 1, ...(warning && { warning }) }
  return { replace: compileRule(rule, tools), change: technique === 'retain' ? undefined : Object.freeze(change) }
}

function denied(field: string): Change {
  return Object.freeze({ field, technique: 'remove', because: 'default-deny', count: 1 })
}
