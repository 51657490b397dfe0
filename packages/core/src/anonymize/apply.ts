import { invalidArgumentType } from '../errors.js'
import type { Language } from '../lib/text.js'
import { isIdentifierName } from './identifiers.js'
import { property, setProperty, Walk } from './plain-data.js'
import { REMOVED } from './removed.js'
import type { Circumstances, Replace, SuppressRecordRule, TechniqueId } from './techniques.js'

/** What was done to one field of a record. Fields that were kept, or were not there, are not reported. */
export interface Change {
  /**
   * The path of the rule, or for values no rule names the nearest path that is known, followed by `*`. A name that only
   * the record knows never appears: it may itself be personal data. The empty text is the record itself.
   */
  readonly field: string
  readonly technique: TechniqueId
  /** A rule named the value and applied, or none did. */
  readonly because: 'rule' | 'default-deny'
  /** The number of values, which exceeds one only where `field` ends in or leads through `*`. */
  readonly count: number
  /** The warning of the rule. */
  readonly warning?: string
}

/** An anonymized record and what was done to it. */
export interface Anonymized {
  /** `null` when the policy suppresses the record. */
  readonly record: Record<string, unknown> | null
  readonly changes: readonly Change[]
}

/** @internal What was done to a record that was written. */
export interface Written {
  /** Then nothing was written. */
  readonly suppressed: boolean
  readonly changes: readonly Change[]
}

/** @internal Where a rule is. */
export interface Leaf {
  readonly replace: Replace
  /** The report; absent where the rule keeps the value. */
  readonly change: Change | undefined
}

/** @internal Where the members of an object or the elements of an array have rules. */
export interface Branch {
  readonly named: ReadonlyMap<string, Leaf | Branch>
  readonly any: Leaf | Branch | undefined
  /** Whether `any` is not for names of identifiers. */
  readonly isGuarded: boolean
  /** The report of a value that is neither object nor array. */
  readonly deniedHere: Change
  /** The report of a member or element no rule names; elements have no name. */
  readonly denied: (name?: string) => Change
}

/** @internal Applies a policy to one record, as {@link CompiledPolicy} says. */
export function applyTo(record: object, root: Branch, options: { readonly language: Language }): Anonymized {
  assertRecord(record)
  const application = new Application({ language: languageOf(record) ?? options.language })
  const kept = application.members(record, root)
  return { record: kept, changes: application.tally.changes() }
}

/** @internal Drops records that could have been anonymized, as {@link CompiledPolicy} says. */
export function suppress({ technique, warning }: SuppressRecordRule): (record: object) => Anonymized {
  const change: Change = { field: '', technique, because: 'rule', count: 1, ...(warning && { warning }) }
  const suppressed: Anonymized = { record: null, changes: Object.freeze([Object.freeze(change)]) }
  return (record) => {
    assertRecord(record)
    const walk = new Walk()
    walk.enter(record)
    for (const name of Object.keys(record)) walk.copy(property(record, name))
    return suppressed
  }
}

/** @internal */
export function assertRecord(record: unknown): asserts record is object {
  if (typeof record === 'object' && record !== null && !Array.isArray(record)) return
  throw invalidArgumentType('record', 'object', record)
}

/** One application to one record. */
class Application {
  readonly #walk = new Walk()
  readonly tally = new Tally()
  readonly #circumstances: Circumstances

  constructor(circumstances: Circumstances) {
    this.#circumstances = circumstances
  }

  /** What is kept of an object's members. */
  members(object: object, branch: Branch): Record<string, unknown> {
    const kept: Record<string, unknown> = {}
    this.#walk.enter(object)
    for (const name of Object.keys(object)) {
      const member = property(object, name)
      if (member === undefined) continue
      const node = nodeOf(name, branch)
      const value = node === undefined ? this.#deny(member, branch.denied(name)) : this.#value(member, node)
      if (value !== REMOVED) setProperty(kept, name, value)
    }
    this.#walk.leave()
    return kept
  }

  #elements(array: readonly unknown[], branch: Branch): unknown[] {
    const kept: unknown[] = []
    this.#walk.enter(array)
    for (let index = 0; index < array.length; index += 1) {
      const element = property(array, index)
      const value = branch.any === undefined ? this.#deny(element, branch.denied()) : this.#value(element, branch.any)
      if (value !== REMOVED) kept.push(value)
    }
    this.#walk.leave()
    return kept
  }

  #value(value: unknown, node: Leaf | Branch): unknown {
    if ('replace' in node) return this.#replace(value, node)
    if (isContainer(value)) return this.#parts(value, node)
    return this.#deny(value, node.deniedHere)
  }

  #parts(value: object, branch: Branch): unknown {
    const kept = Array.isArray(value) ? this.#elements(value, branch) : this.members(value, branch)
    return Object.keys(kept).length === 0 ? REMOVED : kept
  }

  #replace(value: unknown, { replace, change }: Leaf): unknown {
    const copy = this.#walk.copy(value)
    if (change !== undefined) this.tally.add(change)
    return replace(copy, this.#circumstances)
  }

  /** What is removed is walked too: whether a record is refused does not depend on the policy. */
  #deny(value: unknown, report: Change): typeof REMOVED {
    this.#walk.copy(value)
    this.tally.add(report)
    return REMOVED
  }
}

/** @internal Counts what was done to each value. */
export class Tally {
  readonly #counts = new Map<Change, number>()

  add(change: Change): void {
    this.#counts.set(change, (this.#counts.get(change) ?? 0) + 1)
  }

  /** In the order of the record; frozen, because records may share it. */
  changes(): readonly Change[] {
    const counted = Array.from(this.#counts, ([change, count]) =>
      count === 1 ? change : Object.freeze({ ...change, count }),
    )
    return Object.freeze(counted)
  }
}

/**
 * @internal Where a member's rules are. A name that `*` alone reaches is the record's own: one that is an e-mail address or
 * a telephone number is no name to keep, and what is called like an identifier is not kept by accident.
 */
export function nodeOf<Node>(name: string, { named, any, isGuarded }: Named<Node>): Node | undefined {
  const node = named.get(name)
  if (node !== undefined || any === undefined) return node
  return isPersonalName(name) || (isGuarded && isIdentifierName(name)) ? undefined : any
}

interface Named<Node> {
  readonly named: ReadonlyMap<string, Node>
  readonly any?: Node | undefined
  readonly isGuarded?: boolean | undefined
}

/** @internal Whether a name is one that a report must not repeat. */
export function isPersonalName(name: string): boolean {
  return PERSONAL_NAME.test(name)
}

/** Something like an address, or seven digits and more with nothing but what is written between them. */
const PERSONAL_NAME = /[^\s@]@[^\s@]|^\+?\d(?:[\s()./-]{0,2}\d){6,}$/

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}

/** The language a record says it is in. */
function languageOf(record: object): Language | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(record, 'language')
  return descriptor?.enumerable ? languageIn(descriptor.value) : undefined
}

/** @internal The language of a tag, when it is one of ours ("fr", "fr-CA", "EN_gb"). */
export function languageIn(tag: unknown): Language | undefined {
  const language = typeof tag === 'string' ? tag.slice(0, 3).toLowerCase().replace(/[-_]$/, '') : ''
  return language === 'en' || language === 'fr' ? language : undefined
}
