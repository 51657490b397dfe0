/**
 * The story the journey tells: one line per step, and what was proved.
 *
 * @module
 */

import { setTimeout } from 'node:timers/promises'

/** A step that did not prove what it should. */
export class JourneyFailure extends Error {}

/** What a step proved: a line for its name, and more lines where they are needed. */
export type Proof = readonly [string, ...string[]]

/** Tells the story. */
export interface Report {
  /** Runs one step and prints what it proved. */
  step(name: string, run: () => Promise<Proof>): Promise<void>
}

/** Throws unless the claim holds. */
export function prove(claim: boolean, what: string): asserts claim {
  if (!claim) throw new JourneyFailure(what)
}

/** Waits for what happens by itself, for ten seconds at most. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 10_000; !(await holds()); await setTimeout(100)) prove(Date.now() < end, what)
}

/** Makes a report that writes lines as the steps are taken. */
export function createReport(write: (line: string) => void): Report {
  let count = 0
  return {
    async step(name, run) {
      count += 1
      const number = String(count).padStart(2)
      try {
        const [first, ...more] = await run()
        write(`${number} ✓ ${name}: ${first}`)
        for (const line of more) write(`     ${line}`)
      } catch (error) {
        write(`${number} ✗ ${name}`)
        throw error
      }
    },
  }
}
