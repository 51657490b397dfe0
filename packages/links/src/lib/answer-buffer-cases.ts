/**
 * The cases of the contract of answer buffers.
 *
 * @module
 */

import type { AnswerBuffer, Release } from '../answer-buffer.js'
import type { AnswerBufferHarness } from '../testing/answer-buffer-contract.js'
import { assertEqual, assertRejects } from './assertions.js'

type Subject<Tx> = AnswerBufferHarness<Tx> & { readonly answers: AnswerBuffer<Tx> }

/** One check; what the handle of a transaction is does not concern it. */
export type AnswerBufferCase = <Tx>(on: Subject<Tx>) => Promise<void>

/** The contract: a sentence and its check. */
export const ANSWER_BUFFER_CASES: Readonly<Record<string, AnswerBufferCase>> = {
  'a release gives every waiting answer once, and then none waits': async (on) => {
    const added = await addAll(on, numbered(50))
    assertEqual(await release(on), { released: 50, waiting: 0, rewritten: true })
    assertEqual([...(await on.rows())].sort(), added)
    assertEqual(await release(on), { released: 0, waiting: 0, rewritten: true })
    assertEqual((await on.rows()).length, 50)
  },

  'fewer than the floor keep waiting, the floor itself goes out': async (on) => {
    await addAll(on, numbered(4))
    assertEqual(await release(on, 5), { released: 0, waiting: 4, rewritten: true })
    assertEqual(await on.rows(), [])
    await addAll(on, ['fifth'])
    assertEqual(await release(on, 5), { released: 5, waiting: 0, rewritten: true })
  },

  'an answer waits only if its transaction is kept': async (on) => {
    const failure = new Error('undone')
    const undone = on.transaction(async (tx) => {
      await on.answers.add(tx, { pool: 'pool', answer: 'undone' })
      throw failure
    })
    await assertRejects(undone, failure)
    await addAll(on, numbered(2))
    assertEqual((await release(on)).released, 2)
  },

  'an answer and the row written beside it are kept together': async (on) => {
    await on.transaction(async (tx) => {
      await on.write(tx, 'row')
      await on.answers.add(tx, { pool: 'pool', answer: 'answer' })
    })
    assertEqual(await on.rows(), ['row'])
    assertEqual((await release(on)).waiting, 1)
  },

  'a release that the host cannot keep leaves every answer waiting': async (on) => {
    await addAll(on, numbered(20))
    const failure = new Error('no room')
    const refused = on.answers.release({
      pool: 'pool',
      atLeast: 2,
      accept: async (tx, answers) => {
        await on.write(tx, answers[0] ?? '')
        throw failure
      },
    })
    await assertRejects(refused, failure)
    assertEqual(await on.rows(), [])
    assertEqual((await release(on)).released, 20)
  },

  'answers go out in another order than they came': async (on) => {
    const added = await addAll(on, numbered(200))
    let given: readonly string[] = []
    const accept = async (_: unknown, answers: readonly string[]) => {
      given = answers
    }
    await on.answers.release({ pool: 'pool', atLeast: 2, accept })
    assertEqual([...given].sort(), added)
    // Of a random order one place is right on average; thirty have a probability below 1e-32.
    const inPlace = given.filter((answer, at) => answer === added[at]).length
    const reversed = given.filter((answer, at) => answer === added[199 - at]).length
    if (inPlace > 30 || reversed > 30) throw new Error('the order of arrival was kept')
  },

  'equal answers are as many as were given': async (on) => {
    await addAll(on, ['5', '5', '5'])
    assertEqual((await release(on)).released, 3)
    assertEqual(await on.rows(), ['5', '5', '5'])
  },

  'any text comes back as it was': async (on) => {
    const texts = ['', ' ', '{"a":"\\u0000"}', "O'Brien; -- %_\\ \u0001 \u00e9e\u0301 \u{1f512}", 'x'.repeat(100_000)]
    await addAll(on, texts)
    await release(on)
    assertEqual([...(await on.rows())].sort(), [...texts].sort())
  },

  'a pool is let out alone, whatever its name': async (on) => {
    const pools = ['pool', 'Pool', 'pool ', '__proto__', 'constructor', "'; --"]
    for (const pool of pools) await addAll(on, [`1 of ${pool}`, `2 of ${pool}`], pool)
    for (const [at, pool] of pools.entries()) {
      assertEqual(await release(on, 2, pool), { released: 2, waiting: 0, rewritten: true })
      assertEqual((await on.rows()).length, 2 * (at + 1))
    }
  },

  'no call reads or changes the answers of another tenant': async (on) => {
    await addAll(on, numbered(3))
    const other = { ...on, answers: on.buffer('other') }
    assertEqual((await release(other)).released, 0)
    assertEqual(await other.answers.discard('pool'), 0)
    await addAll(other, numbered(2))
    assertEqual((await release(on)).released, 3)
    assertEqual((await release(other)).released, 2)
  },

  'of releases that race each answer goes out with one': async (on) => {
    const added = await addAll(on, numbered(30))
    const releases = await Promise.all([1, 2, 3].map(() => release(on)))
    assertEqual(releases.map(({ released }) => released).sort(), [0, 0, 30].sort())
    assertEqual([...(await on.rows())].sort(), added)
  },

  'an answer that comes during a release goes out with it or waits': async (on) => {
    await addAll(on, numbered(20))
    const late = Array.from({ length: 20 }, (_, at) => `late ${at}`)
    const [first] = await Promise.all([release(on), ...late.map((answer) => addAll(on, [answer]))])
    const second = await release(on, 2)
    const kept = await on.rows()
    assertEqual((first?.released ?? 0) + second.released + second.waiting, 40)
    assertEqual(new Set(kept).size, kept.length)
  },

  'what is discarded is gone, in its pool only': async (on) => {
    await addAll(on, numbered(3))
    await addAll(on, numbered(2), 'other')
    assertEqual(await on.answers.discard('pool'), 3)
    assertEqual(await on.answers.discard('pool'), 0)
    assertEqual((await release(on)).released, 0)
    assertEqual((await release(on, 2, 'other')).released, 2)
  },

  'a floor below two or of another type is refused': async (on) => {
    await addAll(on, numbered(3))
    for (const atLeast of [1, 0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, '2', null]) {
      const refused = await release(on, atLeast as number).then(
        () => 'accepted',
        (error: { code?: string }) => error.code ?? 'without a code',
      )
      if (!refused.startsWith('ERR_INVALID_ARG_')) throw new Error(`expected ERR_INVALID_ARG_…, got ${refused}`)
    }
    assertEqual(await on.rows(), [])
  },
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `answer ${String(at).padStart(4, '0')}`)
}

/** Each in a transaction of its own, in this order. */
async function addAll<Tx>(on: Subject<Tx>, answers: readonly string[], pool = 'pool'): Promise<readonly string[]> {
  for (const answer of answers) await on.transaction((tx) => on.answers.add(tx, { pool, answer }))
  return answers
}

function release<Tx>(on: Subject<Tx>, atLeast = 2, pool = 'pool'): Promise<Release> {
  const accept = async (tx: Tx, answers: readonly string[]) => {
    for (const answer of answers) await on.write(tx, answer)
  }
  return on.answers.release({ pool, atLeast, accept })
}
