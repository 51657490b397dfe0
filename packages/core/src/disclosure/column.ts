/**
 * One column's values as small integers.
 *
 * @module
 */

import { DisclosureError } from './errors.js'
import type { Row } from './row.js'
import { SUPPRESSED } from './row.js'
import { textOf } from './value-text.js'

/** Integers up to this one, a mask of bits, are small. */
const SMALL = 2 ** 12 - 1

/** How a column is read. */
export interface ColumnOptions {
  /** Text that stands for a suppressed value. */
  readonly suppressedValues: readonly string[]
  /** @defaultValue nearly 2^24, the entries that a `Map` can hold */
  readonly mostValues?: number
}

/** A thousand less than a `Map` can hold, which are left to the texts that stand for suppressed values. */
const MOST_VALUES = 2 ** 24 - 1024

/**
 * Gives each distinct value of one column a code, in order of appearance; suppressed values are {@link SUPPRESSED}.
 *
 * Two maps: every value by its text, and beside it what was not text, so that the next one like it need not be written out
 * again. A `Date` is no such value: the next one is another object.
 */
export class Column {
  readonly name: string
  /** Whether some row had the column, whatever its value. */
  present = false
  /** The text of each code; nobody asks for that of {@link SUPPRESSED}. */
  readonly texts: string[] = ['']
  readonly inherited: boolean
  readonly #byText: Map<string, number>
  readonly #byValue: Map<unknown, number> = new Map([undefined, null].map((value) => [value, SUPPRESSED]))

  /** The codes of small integers, 0 where there is none yet: ages, scores and years need no map. */
  readonly #ofSmall = new Uint32Array(SMALL + 1)
  readonly #most: number

  constructor(name: string, { suppressedValues, mostValues = MOST_VALUES }: ColumnOptions) {
    this.name = name
    this.#most = mostValues
    this.inherited = name in Object.prototype
    this.#byText = new Map(suppressedValues.map((value) => [value, SUPPRESSED]))
  }

  /** How many codes there are, {@link SUPPRESSED} included. */
  get size(): number {
    return this.texts.length
  }

  /**
   * @param row - The row to read.
   * @param plain - Whether all the row inherits is `Object.prototype`, which spares a look at ownership.
   * @throws {@link DisclosureError} `ERR_DISCLOSURE_VALUE_INVALID`, `ERR_DISCLOSURE_TOO_MANY_VALUES`
   */
  encode(row: Row, plain: boolean): number {
    const value = (plain && !this.inherited) || Object.hasOwn(row, this.name) ? row[this.name] : undefined
    if (!this.present) this.present = value !== undefined || Object.hasOwn(row, this.name)
    return this.codeOf(value)
  }

  /** The code of a value. @throws as {@link Column.encode} does */
  codeOf(value: unknown): number {
    if (typeof value === 'string') {
      const code = this.#byText.get(value)
      if (code !== undefined) return code
    } else if (typeof value === 'number' && (value & SMALL) === value) {
      const code = this.#ofSmall[value] as number
      if (code !== SUPPRESSED) return code
    }
    return this.#newCode(value)
  }

  #newCode(value: unknown): number {
    if (typeof value === 'string') return this.#add(value)
    if (typeof value === 'number' && (value & SMALL) === value) return this.#addSmall(value)
    return this.#byValue.get(value) ?? this.#addValue(value)
  }

  /** Text that stands for a suppressed value may be a number's: that is looked for every time. */
  #addSmall(value: number): number {
    const code = this.#byValue.get(value) ?? this.#addValue(value)
    this.#ofSmall[value] = code
    return code
  }

  #add(text: string): number {
    if (this.texts.length > this.#most) throw tooMany(this.name)
    const code = this.texts.push(text) - 1
    this.#byText.set(text, code)
    return code
  }

  #addValue(value: unknown): number {
    const text = textOf(value)
    const code = this.#byText.get(text) ?? this.#add(text)
    if (typeof value !== 'object' && this.#byValue.size < this.#most) this.#byValue.set(value, code)
    return code
  }
}

function tooMany(name: string): DisclosureError {
  const problem = `the column ${JSON.stringify(name)} has too many distinct values`
  return new DisclosureError('ERR_DISCLOSURE_TOO_MANY_VALUES', problem)
}
