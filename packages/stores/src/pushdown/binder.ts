/**
 * The values of one statement.
 *
 * @module
 */

import type { SqlValue } from '../sql.js'
import { PushdownError } from './errors.js'

/** A statement with the values of `$1` to `$n`. */
export interface Statement {
  readonly text: string
  readonly params: readonly SqlValue[]
}

/** Collects what is bound. Nothing from outside gets into a statement but through here and `quoteName`. */
export class Binder {
  readonly #values: (string | number)[] = []
  readonly #most: number
  readonly #prefix: string

  /**
   * @param most - How many parameters the engine takes.
   * @param tables - The names of all tables that statements read, which no {@link relation} may have.
   */
  constructor(most: number, tables: readonly string[] = []) {
    this.#most = most
    const underscores = tables.map((name) => (/^_*/.exec(name)?.[0] ?? '').length)
    this.#prefix = '_'.repeat(Math.max(0, ...underscores) + 1)
  }

  /**
   * Keeps a value and gives the mark that {@link Binder.finish} puts a parameter in place of. No name and no engine's text holds
   * U+0000.
   *
   * @throws {@link PushdownError} `ERR_PUSHDOWN_RULE_UNSUPPORTED`
   */
  bind(value: string | number): string {
    if (typeof value === 'string' && !isStorable(value)) throw unsupported('text with U+0000 or half a character')
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw unsupported('integers beyond 2^53')
    return `\0${this.#values.push(value) - 1}\0`
  }

  /**
   * Numbers the parameters that a text has come to use, and writes out its relations.
   *
   * @throws {@link PushdownError} `ERR_PUSHDOWN_TOO_LARGE`
   */
  finish(marked: string): Statement {
    const numbers = new Map<SqlValue, number>()
    let uses = 0
    const [first = '', ...parts] = marked.split('\0')
    const text = parts.reduce((written, part, at) => {
      if (at % 2 === 1) return written + part
      if (!/^\d/.test(part)) return `${written}${this.#prefix}${part}`
      const value = this.#values[Number(part)] ?? null
      const number = numbers.get(value) ?? numbers.size + 1
      numbers.set(value, number)
      uses += 1
      return `${written}$${number}`
    }, first)
    // For each use SQLite is sent one.
    if (uses > this.#most) {
      throw new PushdownError('ERR_PUSHDOWN_TOO_LARGE', `the statement would need more than ${this.#most} parameters`)
    }
    return { text, params: [...numbers.keys()] }
  }
}

/**
 * Marks the name of a relation that a statement makes for itself. A common table expression hides a table of its name, in SQLite from
 * itself too, so {@link Binder.finish} gives it a name that no table of the statement has.
 */
export function relation(name: string): string {
  return `\0${name}\0`
}

/** Whether every engine keeps a text as it is. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function unsupported(what: string): PushdownError {
  return new PushdownError('ERR_PUSHDOWN_RULE_UNSUPPORTED', `databases cannot keep ${what}`)
}
