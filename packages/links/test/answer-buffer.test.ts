import { describe, expect, test } from 'vitest'
import { type AnswerBuffer, shuffle } from '../src/index.js'
import {
  type AnswerBufferHarness,
  answerBufferContract,
  type MemoryTransaction,
  memoryAnswerBuffer,
  memoryLinkStore,
} from '../src/testing.js'

type Buffer = AnswerBuffer<MemoryTransaction>

/** A harness over memory buffers, each changed by `change` as a faulty implementation would be. */
function harnessOf(change: (buffer: Buffer) => Buffer): () => Promise<AnswerBufferHarness<MemoryTransaction>> {
  return async () => {
    const buffers = new Map<string, Buffer>()
    const rows: string[] = []
    return {
      buffer(tenant) {
        const buffer = buffers.get(tenant) ?? change(memoryAnswerBuffer())
        buffers.set(tenant, buffer)
        return buffer
      },
      transaction: (run) => memoryLinkStore().transaction((_, tx) => run(tx)),
      write: async (tx, row) => tx.onCommit(() => rows.push(row)),
      rows: async () => rows,
      close: async () => {},
    }
  }
}

async function failures(create: () => Promise<AnswerBufferHarness<MemoryTransaction>>): Promise<string[]> {
  const failed: string[] = []
  for (const { name, run } of answerBufferContract(create)) await run().catch(() => failed.push(name))
  return failed
}

describe('memoryAnswerBuffer passes the contract of answer buffers', () => {
  for (const { name, run } of answerBufferContract(harnessOf((buffer) => buffer))) test(name, run)

  test('discarding waits for the release under way, so that no answer is both let out and destroyed', async () => {
    const buffer = memoryAnswerBuffer()
    await memoryLinkStore().transaction(async (_, tx) => {
      for (const answer of ['a', 'b']) await buffer.add(tx, { pool: 'staff', answer })
    })
    const accept = () => new Promise<void>((resolve) => setImmediate(resolve))
    const releasing = buffer.release({ pool: 'staff', atLeast: 2, accept })
    await new Promise((resolve) => setImmediate(resolve))
    const discarded = buffer.discard('staff')
    expect([(await releasing).released, await discarded]).toEqual([2, 0])
  })
})

describe('the contract fails a buffer that', () => {
  const faults: Record<string, (buffer: Buffer) => Buffer> = {
    'keeps the order of arrival': (buffer) => ({
      ...buffer,
      release: (options) =>
        buffer.release({ ...options, accept: (tx, answers) => options.accept(tx, [...answers].sort()) }),
    }),
    'adds outside the transaction': (buffer) => ({
      ...buffer,
      add: (_, answer) => buffer.add({ onCommit: (write) => write() }, answer),
    }),
    'has no floor': (buffer) => ({ ...buffer, release: (options) => buffer.release({ ...options, atLeast: 2 }) }),
    'lets an answer out twice': (buffer) => ({
      ...buffer,
      release: (options) =>
        buffer.release({
          ...options,
          accept: (tx, answers) => options.accept(tx, [...answers, ...answers.slice(0, 1)]),
        }),
    }),
    'mixes pools': (buffer) => ({ ...buffer, add: (tx, { answer }) => buffer.add(tx, { pool: 'pool', answer }) }),
    'drops equal answers': (buffer) => ({
      ...buffer,
      release: (options) =>
        buffer.release({ ...options, accept: (tx, answers) => options.accept(tx, [...new Set(answers)]) }),
    }),
  }

  test.each(Object.keys(faults))('%s', async (name) => {
    expect(await failures(harnessOf(faults[name] ?? ((buffer) => buffer)))).not.toEqual([])
  })

  test('keeps tenants in one table', async () => {
    const shared = memoryAnswerBuffer()
    expect(await failures(harnessOf(() => shared))).toContain('no call reads or changes the answers of another tenant')
  })
})

describe('shuffle', () => {
  test('keeps every item and leaves the list as it was', () => {
    const items = Object.freeze(Array.from({ length: 3000 }, (_, at) => at))
    const shuffled = shuffle(items)
    expect(shuffled).not.toEqual(items)
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items)
  })

  test('gives every order of four equally often', () => {
    const seen = new Map<string, number>()
    for (let round = 0; round < 24_000; round++) {
      const order = shuffle('abcd'.split('')).join('')
      seen.set(order, (seen.get(order) ?? 0) + 1)
    }
    // Chi-squared with 23 degrees of freedom exceeds 90 with a probability below 1e-9.
    const deviation = [...seen.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    expect(seen.size).toBe(24)
    expect(deviation).toBeLessThan(90)
  })

  test('draws again what would favour some orders', () => {
    // 2^32 is no multiple of 3: its last word is not used.
    const words = [0xffffffff, 1, 0]
    const randomBytes = (length: number) => {
      const view = new DataView(new ArrayBuffer(length))
      for (const [at, word] of words.entries()) view.setUint32(at * 4, word)
      return new Uint8Array(view.buffer)
    }
    expect(shuffle(['a', 'b', 'c'], { randomBytes })).toEqual(['c', 'a', 'b'])
  })

  test.each([[new Uint8Array(3)], [[]], [null]])('refuses a source that gives %j', (bytes) => {
    expect(() => shuffle([1, 2], { randomBytes: () => bytes as never })).toThrow(TypeError)
  })
})
