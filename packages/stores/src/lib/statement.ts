import { invalidArgumentValue } from '@surveyseal/core/errors'

// A quoted text, a quoted name, a comment, the end of a statement, or a parameter.
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|;(?=\s*\S)|\$([1-9]\d*)/g

/** A statement whose parameters are written `?`, and which value each of them takes. */
export interface PositionalStatement {
  readonly text: string
  /** Positions in the caller's array, counted from 0, in the order of the question marks. */
  readonly order: readonly number[]
}

/**
 * Rewrites `$n` to `?`.
 *
 * SQLite numbers `$2` by first appearance, not by its digit; and it keeps a list of every named or numbered parameter
 * that each binding walks through, which makes large inserts quadratic. A bare `?` has neither problem.
 */
export function toPositional(text: string): PositionalStatement {
  const order: number[] = []
  const rewritten = text.replace(tokens, (token: string, digits: string | undefined) => {
    // SQLite would run the first statement and silently leave out the rest.
    if (token === ';') throw invalidArgumentValue('text', 'one statement')
    if (digits === undefined) return token
    order.push(Number(digits) - 1)
    return '?'
  })
  return { text: rewritten, order }
}

/** Whether the statement surely reads only. A common table expression may end in a write, so it counts as one. */
export function isRead(text: string): boolean {
  return /^\s*(?:select|values)\b/i.test(text)
}
