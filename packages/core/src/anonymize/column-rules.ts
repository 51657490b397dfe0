import { nodeOf } from './apply.js'
import type { FieldKind } from './condition.js'
import { decidedTree } from './decided-tree.js'
import { escapeFieldName } from './path.js'
import type { Policy } from './policy.js'
import { parseKinds, parsePolicy } from './policy.js'
import type { Rule } from './techniques.js'

/** What a policy says about one column. */
export interface ColumnRules {
  /** The path a report names: of the rules, or the column itself where there are none. */
  readonly field: string
  /** The rules that are tried in turn on a scalar; where none applies it is removed. */
  readonly rules: readonly Rule[]
  /** Whether rules lead into the value, which is removed unless it is an object or array. */
  readonly nested: boolean
}

/**
 * What a policy does to the columns of a flat table, for whoever applies it elsewhere than to objects, as a database does.
 *
 * @example
 * What becomes of two columns.
 *
 * ```ts
 * import { columnRules, defaultPolicy } from '@surveyseal/core/anonymize'
 *
 * export const rules = columnRules(defaultPolicy('en'), ['firstName', 'shoeSize'])
 * // rules of firstName: [{ technique: 'mask' }], of shoeSize: []
 * ```
 *
 * @param policy - The policy, which is checked again.
 * @param columns - The names of the columns.
 * @param options - `kinds` as in {@link CompileOptions}.
 * @returns For each column its rules. Conditions on the kind are decided; those on `segments` hold in no flat table.
 * @throws {@link AnonymizeError} as {@link parsePolicy} does.
 */
export function columnRules(
  policy: Policy,
  columns: readonly string[],
  options: { readonly kinds?: Readonly<Record<string, FieldKind>> } = {},
): ReadonlyMap<string, ColumnRules> {
  const tree = decidedTree(parsePolicy(policy), parseKinds(options.kinds ?? {}, 'options.kinds'))
  return new Map(
    columns.map((name) => {
      const node = nodeOf(name, tree)
      if (node === undefined) return [name, { field: escapeFieldName(name), rules: [], nested: false }]
      const { path, rules } = node
      return [name, { field: path, rules: rules ?? [], nested: rules === undefined }]
    }),
  )
}
