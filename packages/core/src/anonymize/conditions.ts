import type { RecordCondition, When } from './condition.js'
import { compileCondition } from './condition.js'
import type { RuleNode } from './rule-tree.js'

/** @internal Which of a policy's conditions hold for a record: `0` or `1` for each. */
export type Situation = string

/** @internal The different conditions of a policy on records, each asked once of a record however many rules have it. */
export class Conditions {
  readonly #places = new Map<string, number>()
  readonly #predicates: ((record: object) => boolean)[] = []

  add(when: When | undefined): void {
    const key = keyOf(when)
    if (key === ALWAYS || this.#places.has(key)) return
    this.#places.set(key, this.#predicates.length)
    this.#predicates.push(compileCondition(when ?? {}))
  }

  addAll(tree: RuleNode): void {
    for (const { when } of tree.rules ?? []) this.add(when)
    for (const node of tree.named.values()) this.addAll(node)
    if (tree.any !== undefined) this.addAll(tree.any)
  }

  get count(): number {
    return this.#predicates.length
  }

  situationOf(record: object): Situation {
    let situation = ''
    for (const holds of this.#predicates) situation += holds(record) ? '1' : '0'
    return situation
  }

  holds(when: When | undefined, situation: Situation): boolean {
    const place = this.#places.get(keyOf(when))
    return place === undefined || situation[place] === '1'
  }
}

/** A condition without that on the kind, which is decided before. */
function keyOf({ segments, fields, language }: RecordCondition = {}): string {
  return JSON.stringify([segments, fields, language])
}

const ALWAYS = keyOf()
