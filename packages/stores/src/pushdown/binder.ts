/**
 * The values of one statement.
 *
 * @module
 */

import type { SqlValue } from '../sql.js'
import { PushdownError } from './errors.js'

/** Collects what is bound, and writes where. Nothing from outside gets into a statement but through here and `quoteName`. */
export class Binder {
  readonly params: SqlValue[] = []
  readonly #numbers = new Map<SqlValue, number>()
  readonly #most: number
  #uses = 0

  /** @param most - How many parameters the engine takes. */
  constructor(most: number) {
    this.#most = most
  }

  /** @throws {@link PushdownError} `ERR_PUSHDOWN_RULE_UNSUPPORTED`, `ERR_PUSHDOWN_TOO_LARGE` */
  bind(value: string | number): string {
    if (typeof value === 'string' && !isStorable(value)) throw unsupported('text with U+0000 or half a character')
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw unsupported('integers beyond 2^53')
    // One question mark for each use is what SQLite is sent.
    if (++this.#uses > this.#most) {
      throw new PushdownError('ERR_PUSHDOWN_TOO_LARGE', `the statement would need more than ${this.#most} parameters`)
    }
    const known = this.#numbers.get(value)
    if (known !== undefined) return `$${known}`
    const number = this.params.push(value)
    this.#numbers.set(value, number)
    return `$${number}`
  }
}

/** Whether every engine keeps a text as it is. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function unsupported(what: string): PushdownError {
  return new PushdownError('ERR_PUSHDOWN_RULE_UNSUPPORTED', `databases cannot keep ${what}`)
}
