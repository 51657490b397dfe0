/**
 * One column's values as small integers.
 *
 * @module
 */

import type { Row } from './row.js'
import { SUPPRESSED } from './row.js'
import { textOf } from './value-text.js'

/**
 * Gives each distinct value of one column a code, in order of appearance; suppressed values are {@link SUPPRESSED}.
 *
 * Two maps, because one holds at most 2^24 entries: every value by its text, and beside it what was not text, so that
 * the next one like it need not be written out again. A `Date` is no such value: the next one is another object.
 */
export class Column {
  /** Whether some row had the column, whatever its value. */
  present = false
  readonly #name: string
  readonly #inherited: boolean
  readonly #byText: Map<string, number>
  readonly #byValue: Map<unknown, number> = new Map([undefined, null].map((value) => [value, SUPPRESSED]))
  #next = SUPPRESSED + 1

  constructor(name: string, suppressedValues: readonly string[]) {
    this.#name = name
    this.#inherited = name in Object.prototype
    this.#byText = new Map(suppressedValues.map((value) => [value, SUPPRESSED]))
  }

  /**
   * @param row - The row to read.
   * @param plain - Whether all the row inherits is `Object.prototype`, which spares a look at ownership.
   */
  encode(row: Row, plain: boolean): number {
    const value = (plain && !this.#inherited) || Object.hasOwn(row, this.#name) ? row[this.#name] : undefined
    if (!this.present) this.present = value !== undefined || Object.hasOwn(row, this.#name)
    if (typeof value === 'string') return this.#byText.get(value) ?? this.#add(value)
    return this.#byValue.get(value) ?? this.#addValue(value)
  }

  #add(text: string): number {
    this.#byText.set(text, this.#next)
    return this.#next++
  }

  #addValue(value: unknown): number {
    const text = textOf(value)
    const code = this.#byText.get(text) ?? this.#add(text)
    if (typeof value !== 'object') this.#byValue.set(value, code)
    return code
  }
}
