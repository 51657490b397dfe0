/**
 * What every buffer of answers must do.
 *
 * @module
 */

import type { AnswerBuffer } from '../answer-buffer.js'
import { ANSWER_BUFFER_CASES, type AnswerBufferCase } from '../lib/answer-buffer-cases.js'
import type { ContractCase } from './link-store-contract.js'

/** One database under test; every case asks for a new, empty one. */
export interface AnswerBufferHarness<Tx> {
  /** The buffer under test for one tenant; all tenants share the database. */
  buffer(tenant: string): AnswerBuffer<Tx>
  /** Runs a transaction like that in which a link is spent. */
  transaction(run: (tx: Tx) => Promise<void>): Promise<void>
  /** Writes one row of the host's own through the handle of a transaction. */
  write(tx: Tx, row: string): Promise<void>
  /** Reads back, in any order, the rows of {@link AnswerBufferHarness.write} that were kept. */
  rows(): Promise<readonly string[]>
  /** Lets go of the database. */
  close(): Promise<void>
}

/**
 * Lists the cases a buffer of answers must pass; they need no test framework.
 *
 * They cannot see what order a database keeps in its files: `testLinkage` does, on a dump.
 *
 * @example
 * Running the contract on the buffer for tests.
 *
 * ```ts
 * import {
 *   type AnswerBufferHarness,
 *   answerBufferContract,
 *   type MemoryTransaction,
 *   memoryAnswerBuffer,
 *   memoryLinkStore,
 * } from '@surveyseal/links/testing'
 *
 * async function create(): Promise<AnswerBufferHarness<MemoryTransaction>> {
 *   const one = memoryAnswerBuffer()
 *   const other = memoryAnswerBuffer()
 *   const rows: string[] = []
 *   return {
 *     buffer: (tenant) => (tenant === 'tenant' ? one : other),
 *     transaction: (run) => memoryLinkStore().transaction((_, tx) => run(tx)),
 *     write: async (tx, row) => tx.onCommit(() => rows.push(row)),
 *     rows: async () => rows,
 *     close: async () => {},
 *   }
 * }
 *
 * for (const { name, run } of answerBufferContract(create)) {
 *   await run().catch((cause) => Promise.reject(new Error(name, { cause })))
 * }
 * ```
 *
 * @param create - Makes an empty database for one case.
 * @returns The cases.
 */
export function answerBufferContract<Tx>(create: () => Promise<AnswerBufferHarness<Tx>>): readonly ContractCase[] {
  return Object.entries<AnswerBufferCase>(ANSWER_BUFFER_CASES).map(([name, check]) => ({
    name,
    async run(): Promise<void> {
      const harness = await create()
      try {
        await check({ ...harness, answers: harness.buffer('tenant') })
      } finally {
        await harness.close()
      }
    },
  }))
}
