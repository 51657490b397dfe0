import { invalidArgumentType } from '../errors.js'
import type { Anonymized, Branch, Change, Leaf, Written } from './apply.js'
import { applyTo, assertRecord, suppress } from './apply.js'
import type { FieldKind } from './condition.js'
import type { Situation } from './conditions.js'
import { Conditions } from './conditions.js'
import { decidedTree } from './decided-tree.js'
import { flatRecords } from './flat-record.js'
import type { JsonLine } from './json-line.js'
import type { JsonSink } from './json-sink.js'
import { escapeFieldName } from './path.js'
import type { Policy } from './policy.js'
import { parseKinds, parsePolicy } from './policy.js'
import type { RandomBytes } from './random-word.js'
import { platformRandomBytes, randomWords } from './random-word.js'
import { REMOVED } from './removed.js'
import type { RuleNode } from './rule-tree.js'
import type { Tools } from './techniques.js'
import { always, compileRule } from './techniques.js'

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
   * The kinds of fields as the host knows them, from the definition of its survey for instance: by path, `*` for any name. A
   * kind the policy declares for the same path goes before.
   *
   * @defaultValue none
   */
  readonly kinds?: Readonly<Record<string, FieldKind>>
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
   * which nothing is kept are left out. Of an array whose elements have rules, the elements kept close up. Conditions are
   * decided by the record as it is given, before anything is replaced.
   *
   * @param record - The record.
   * @returns The anonymized record, `null` where the policy suppresses it, and the report, which is frozen: records treated
   * alike share it.
   * @throws {@link AnonymizeError} `ERR_RECORD_ACCESSOR`, `ERR_RECORD_CYCLE`, `ERR_RECORD_NOT_PLAIN`,
   * `ERR_RECORD_TOO_LARGE`, wherever in the record that is, and whatever the policy says about the place.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when `record` is no object.
   */
  apply(record: object): Anonymized
  /** @internal Writes what `JSON.stringify` gives for {@link apply}, in fewer steps. */
  write(record: object, sink: JsonSink): Written
  /** @internal The same for a line that needs not be parsed for it; `undefined` for any other, and nothing is written. */
  writeLine(line: JsonLine, sink: JsonSink): Written | undefined
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
  assertOptions(options)
  const checked = parsePolicy(policy)
  const { language, records = [] } = checked
  const tree = decidedTree(checked, parseKinds(options.kinds ?? {}, 'options.kinds'))
  const conditions = new Conditions()
  conditions.addAll(tree)
  for (const { when } of records) conditions.add(when)
  const tools = { randomWord: randomWords(options.randomBytes ?? platformRandomBytes) }
  const treat = (situation: Situation): CompiledPolicy => {
    const suppressing = records.find(({ when }) => conditions.holds(when, situation))
    if (suppressing !== undefined) return inFull(suppress(suppressing))
    const root = new Compiler({ tools, conditions, situation }).root(tree, options.columns ?? [])
    const flat = flatRecords(root, { language, ...options })
    const { apply, write } = inFull((record) => applyTo(record, root, { language }))
    return {
      apply: (record) => flat.apply(record) ?? apply(record),
      write: (record, sink) => flat.write(record, sink) ?? write(record, sink),
      writeLine: flat.writeLine,
    }
  }
  return conditions.count === 0 ? treat('') : bySituation(conditions, treat)
}

/** Records written by way of an object. */
function inFull(apply: CompiledPolicy['apply']): CompiledPolicy {
  return {
    apply,
    write(record, sink) {
      const { record: left, changes } = apply(record)
      if (left !== null) sink.text(JSON.stringify(left))
      return { suppressed: left === null, changes }
    },
    writeLine: () => undefined,
  }
}

/** Beyond this, situations are as many as records, and one is as likely as another to come again. */
const maxSituations = 64

/** In one situation a policy has no conditions: each that occurs is compiled by itself. */
function bySituation(conditions: Conditions, treat: (situation: Situation) => CompiledPolicy): CompiledPolicy {
  const known = new Map<Situation, CompiledPolicy>()
  const treatmentOf = (record: object): CompiledPolicy => {
    assertRecord(record)
    const situation = conditions.situationOf(record)
    let treatment = known.get(situation)
    if (treatment === undefined) {
      if (known.size === maxSituations) known.clear()
      treatment = treat(situation)
      known.set(situation, treatment)
    }
    return treatment
  }
  return {
    apply: (record) => treatmentOf(record).apply(record),
    write: (record, sink) => treatmentOf(record).write(record, sink),
    writeLine: () => undefined,
  }
}

/** Compiles the rules that apply in one situation. Reports that say the same are the same object. */
class Compiler {
  readonly #tools: Tools
  readonly #conditions: Conditions
  readonly #situation: Situation
  readonly #changes = new Map<string, Change>()

  constructor(given: { readonly tools: Tools; readonly conditions: Conditions; readonly situation: Situation }) {
    this.#tools = given.tools
    this.#conditions = given.conditions
    this.#situation = given.situation
  }

  /** Of the record itself some names are known to be the host's own. */
  root(tree: RuleNode, columns: readonly string[]): Branch {
    const branch = this.#branch(tree)
    const known = new Map(columns.map((name) => [name, this.#denied(escapeFieldName(name))]))
    return { ...branch, denied: (name = '') => known.get(name) ?? branch.denied() }
  }

  #node(node: RuleNode): Leaf | Branch {
    return node.rules === undefined ? this.#branch(node) : this.#leaf(node)
  }

  #branch({ path, named, any, isGuarded = false }: RuleNode): Branch {
    const deniedBelow = this.#denied(path === '' ? '*' : `${path}.*`)
    return {
      named: new Map(Array.from(named, ([name, node]) => [name, this.#node(node)])),
      any: any && this.#node(any),
      isGuarded,
      deniedHere: this.#denied(path),
      denied: () => deniedBelow,
    }
  }

  #leaf({ path, rules = [] }: RuleNode): Leaf {
    const rule = rules.find(({ when }) => this.#conditions.holds(when, this.#situation))
    if (rule === undefined) return { replace: always(REMOVED), change: this.#denied(path) }
    const { technique, warning } = rule
    const change = { field: path, technique, because: 'rule' as const, count: 1, ...(warning && { warning }) }
    return {
      replace: compileRule(rule, this.#tools),
      change: technique === 'retain' ? undefined : this.#change(change),
    }
  }

  #denied(field: string): Change {
    return this.#change({ field, technique: 'remove', because: 'default-deny', count: 1 })
  }

  #change(change: Change): Change {
    const key = JSON.stringify(change)
    const known = this.#changes.get(key) ?? Object.freeze(change)
    this.#changes.set(key, known)
    return known
  }
}

function assertOptions({ parsed, functionConstructor }: CompileOptions): void {
  if (parsed !== undefined && typeof parsed !== 'boolean')
    throw invalidArgumentType('options.parsed', 'boolean', parsed)
  if (functionConstructor !== undefined && typeof functionConstructor !== 'function') {
    throw invalidArgumentType('options.functionConstructor', 'function', functionConstructor)
  }
}
