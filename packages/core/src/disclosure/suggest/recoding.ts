/**
 * A column's values and what rules make of them.
 *
 * @module
 */

import { REMOVED } from '../../anonymize/removed.js'
import type { Rule } from '../../anonymize/techniques.js'
import { compileRule } from '../../anonymize/techniques.js'
import { SUPPRESSED } from '../row.js'
import { textOf } from '../value-text.js'
import { ladderOf } from './ladder.js'

/** One way to treat a column. */
export interface Rung {
  /** `null` leaves the column as it is. */
  readonly rule: Rule | null
  /** The new code of each old one. */
  readonly codes: Uint32Array
  /** The share of the column's information that is lost: 1 less the ratio of the entropies, 0 to 1. */
  readonly loss: number
}

/** The values of one column, by code; numbers and their texts are told apart, for rules treat them differently. */
export class RawColumn {
  readonly #values: unknown[] = [null]
  readonly #counts: number[] = [0]
  readonly #codes = new Map<string, number>()
  readonly #isSuppressed: (text: string) => boolean

  constructor(isSuppressed: (text: string) => boolean) {
    this.#isSuppressed = isSuppressed
  }

  encode(value: unknown): number {
    const code = this.#codeOf(value)
    this.#counts[code] = (this.#counts[code] ?? 0) + 1
    return code
  }

  /** The column as it is, and every way to generalise it that makes some of its values the same. */
  rungs(rules: readonly Rule[] | undefined): Rung[] {
    const values = this.#values.slice(SUPPRESSED + 1)
    const counts = this.#counts.slice(SUPPRESSED + 1)
    const ladder: readonly Rule[] = rules === undefined ? ladderOf(values, counts) : [...rules, { technique: 'mask' }]
    const raw = this.#applied(null)
    const entropy = this.#entropy(raw)
    const rungs = ladder.map((rule): Rung => {
      const codes = this.#applied(rule)
      return { rule, codes, loss: entropy === 0 ? 0 : 1 - this.#entropy(codes) / entropy }
    })
    // Sums of logarithms differ in their last bits.
    return [{ rule: null, codes: raw, loss: 0 }, ...rungs.filter(({ loss }) => loss > 1e-12)]
  }

  #codeOf(value: unknown): number {
    if (value === undefined || value === null) return SUPPRESSED
    const text = textOf(value)
    if (this.#isSuppressed(text)) return SUPPRESSED
    const key = `${typeof value} ${text}`
    const known = this.#codes.get(key)
    if (known !== undefined) return known
    this.#codes.set(key, this.#values.length)
    return this.#values.push(value) - 1
  }

  #applied(rule: Rule | null): Uint32Array {
    const replace = rule === null ? null : compileRule(rule, { randomWord: () => '' })
    const codes = new Map<string, number>()
    return Uint32Array.from(this.#values, (value, at) => {
      if (at === SUPPRESSED) return SUPPRESSED
      const replaced = replace === null ? value : replace(value, { language: 'en' })
      if (replaced === REMOVED || this.#isSuppressed(textOf(replaced))) return SUPPRESSED
      const text = textOf(replaced)
      const code = codes.get(text) ?? codes.size + 1
      codes.set(text, code)
      return code
    })
  }

  /** What a suppressed value was is not known. */
  #entropy(codes: Uint32Array): number {
    const counts = new Map<number, number>()
    let total = 0
    codes.forEach((code, at) => {
      const count = this.#counts[at] ?? 0
      total += count
      counts.set(code, (counts.get(code) ?? 0) + count)
    })
    const shares = [...counts.values()].filter((count) => count > 0).map((count) => count / total)
    return Math.max(0, -shares.reduce((sum, share) => sum + share * Math.log(share), 0))
  }
}
