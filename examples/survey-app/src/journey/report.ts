/**
 * The story the journey tells: one line per step, and what was proved.
 *
 * @module
 */

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
