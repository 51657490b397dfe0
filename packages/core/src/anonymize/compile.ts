import { invalidArgumentType } from '../errors.js'
import type { Anonymized, Branch, Change, Leaf } from './apply.js'
import { applyTo } from './apply.js'
import { flatRecords } from './flat-record.js'
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
  /**
   * The caller vouches that every record was just made by a parser, such as `JSON.parse` or one of CSV, so that it has no
   * getter. Objects of scalars are then read without asking for the descriptor of each property, which is most of the
   * work; should there be a getter, it runs and what it gives is treated as the value. Everything else is checked as ever.
   *
   * @defaultValue false
   */
  readonly parsed?: boolean
  /**
   * `Function`, for objects of scalars to be treated by programs made for their names: some five times as fast when the
   * records are `parsed`. Where the platform forbids it, as a Content Security Policy does, things are as without, but the
   * attempt may be reported.
   *
   * @defaultValue none, and no program is made of text
   */
  readonly functionConstructor?: FunctionConstructor
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
   * @returns The anonymized record and the report, which is frozen: records treated alike share it.
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
 * @throws TypeError `ERR_INVALID_ARG_TYPE` when `options.parsed` is no boolean or `options.functionConstructor` no function.
 */
export function compilePolicy(policy: Policy, options: CompileOptions = {}): CompiledPolicy {
  const { language, fields, segments } = parsePolicy(policy)
  const { columns = [], randomBytes = platformRandomBytes, parsed = false, functionConstructor } = options
  const root = compileBranch(ruleTree({ fields, segments }), { randomWord: randomWords(randomBytes) })
  const known = new Map(columns.map((name) => [name, denied(escapeFieldName(name))]))
  const denyKnown = (name = ''): Change => known.get(name) ?? root.denied()
  const rootOfKnown = { ...root, denied: denyKnown }
  if (typeof parsed !== 'boolean') throw invalidArgumentType('options.parsed', 'boolean', parsed)
  if (functionConstructor !== undefined && typeof functionConstructor !== 'function') {
    throw invalidArgumentType('options.functionConstructor', 'function', functionConstructor)
  }
  const applyFlat = flatRecords(rootOfKnown, { language, parsed, functionConstructor })
  return { apply: (record) => applyFlat(record) ?? applyTo(record, rootOfKnown, { language }) }
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
