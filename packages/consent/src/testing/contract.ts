/**
 * Promises as cases any test runner can run.
 *
 * @module
 */

/** One case of a contract: resolves when it holds, rejects with what does not. */
export interface ContractCase {
  /** The promise, as a sentence. */
  readonly name: string
  /** Keeps the promise or rejects. */
  run(): Promise<void>
}

/** Gives every promise a harness of its own. */
export function contractCases<Harness extends { close(): Promise<void> }>(
  create: () => Promise<Harness>,
  promises: Readonly<Record<string, (harness: Harness) => Promise<void>>>,
): readonly ContractCase[] {
  return Object.entries(promises).map(([name, check]) => ({
    name,
    async run() {
      const harness = await create()
      try {
        await check(harness)
      } finally {
        await harness.close()
      }
    },
  }))
}
