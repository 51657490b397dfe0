/**
 * Waiting answers in memory.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { AnswerBuffer, Release, ReleaseOptions } from '../answer-buffer.js'
import { type ShuffleOptions, shuffle } from '../shuffle.js'
import type { MemoryTransaction } from './memory-link-store.js'

/**
 * Creates a buffer for tests and examples, for the transactions of `memoryLinkStore`; nothing is kept on exit.
 *
 * @param options - Where the randomness of the order comes from.
 * @returns A buffer for one tenant; it passes `answerBufferContract`.
 */
export function memoryAnswerBuffer(options: ShuffleOptions = {}): AnswerBuffer<MemoryTransaction> {
  const pools = new Map<string, string[]>()
  let last: Promise<unknown> = Promise.resolve()

  function opened(pool: string): string[] {
    const waiting: string[] = []
    pools.set(pool, waiting)
    return waiting
  }

  async function release({ pool, atLeast, accept }: ReleaseOptions<MemoryTransaction>): Promise<Release> {
    const waiting = pools.get(pool) ?? []
    if (waiting.length < atLeast) return { released: 0, waiting: waiting.length, rewritten: true }
    const batch = [...waiting]
    const writes: (() => void)[] = []
    await accept({ onCommit: (write) => void writes.push(write) }, shuffle(batch, options))
    // What was added meanwhile waits for the next batch.
    waiting.splice(0, batch.length)
    for (const write of writes) write()
    return { released: batch.length, waiting: waiting.length, rewritten: true }
  }

  return {
    add: async (tx, { pool, answer }) => {
      assertTexts({ pool, answer })
      tx.onCommit(() => void (pools.get(pool) ?? opened(pool)).push(answer))
    },
    release: async (wanted) => {
      assertRelease(wanted)
      const result = last.then(() => release(wanted))
      last = result.catch(() => undefined)
      return result
    },
    discard: async (pool) => {
      assertTexts({ pool })
      const result = last.then(() => {
        const count = pools.get(pool)?.length ?? 0
        pools.delete(pool)
        return count
      })
      last = result
      return result
    },
  }
}

function assertTexts(texts: Readonly<Record<string, unknown>>): void {
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text !== 'string') throw invalidArgumentType(name, 'string', text)
  }
}

function assertRelease({ pool, atLeast }: ReleaseOptions<MemoryTransaction>): void {
  assertTexts({ pool })
  if (typeof atLeast !== 'number') throw invalidArgumentType('atLeast', 'number', atLeast)
  if (!Number.isSafeInteger(atLeast) || atLeast < 2) throw invalidArgumentValue('atLeast', 'an integer from 2')
}
