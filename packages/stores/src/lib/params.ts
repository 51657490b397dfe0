import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { SqlValue } from '../sql.js'

/** Refuses what the engines would refuse, round, or store as something else, before any of them sees it. */
export function assertParams(params: readonly SqlValue[]): void {
  for (const value of params as readonly unknown[]) {
    if (typeof value === 'string') {
      // PostgreSQL refuses U+0000, and both engines store every lone surrogate as U+FFFD: two names would become one.
      if (value.includes('\0') || !value.isWellFormed())
        throw invalidArgumentValue('params', 'well-formed text without U+0000')
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw invalidArgumentValue('params', 'finite numbers')
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        throw invalidArgumentValue('params', 'integers that a number holds exactly')
      }
    } else if (value !== null && !(value instanceof Uint8Array)) {
      throw invalidArgumentType('params', 'string, number, Uint8Array or null', value)
    }
  }
}
