import { readFileSync } from 'node:fs'
import type { Operation, Request } from './history.js'

type Entry =
  | readonly ['?', number, link: number, invoked: number, Request]
  | readonly ['!' | 'x', number, responded: number, answer: string]

/** What one life of one process wrote down. */
export interface Journal {
  readonly operations: readonly { readonly link: number; readonly operation: Operation }[]
  /** Every task of the plan before this one was answered. */
  readonly answered: number
  /** Codes of what was refused for a reason of the database, each with how often. */
  readonly failures: ReadonlyMap<string, number>
}

// Of these alone nobody can tell whether they took effect; all other failures promise that nothing was kept.
const unknown = new Set(['ERR_STORE_COMMIT_UNKNOWN'])

/** Reads a journal. A line that was not finished was never acknowledged. */
export function readJournal(file: string, from: number): Journal {
  const questions = new Map<number, { link: number; operation: Operation }>()
  const failures = new Map<string, number>()
  const open = new Set<number>()
  let next = from
  for (const entry of entriesOf(file)) {
    const [sort, number] = entry
    if (sort === '?') {
      const [, , link, invoked, request] = entry
      questions.set(number, {
        link,
        operation: { ...request, invoked, responded: Number.POSITIVE_INFINITY, answer: null },
      })
      open.add(number)
      next = number + 1
      continue
    }
    const [, , responded, answer] = entry
    const question = questions.get(number)
    if (question === undefined) throw new Error('an answer without a question')
    open.delete(number)
    if (sort === '!') {
      questions.set(number, { ...question, operation: { ...question.operation, responded, answer } })
      continue
    }
    failures.set(answer, (failures.get(answer) ?? 0) + 1)
    if (!unknown.has(answer)) questions.delete(number)
  }
  return { operations: [...questions.values()], answered: Math.min(next, ...open), failures }
}

function entriesOf(file: string): readonly Entry[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Entry)
}
