// Measures cases against each other on a machine that is never quiet.
//
// Every round runs every case once, in a new order, for a fixed time; what slows the machine down for a while slows all
// cases of that round. The ratio to the reference is the median of the rounds' own ratios, so that it compares only
// measurements taken next to each other.
import { performance } from 'node:perf_hooks'

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {string} [reference] The case of the same suite it is compared with; a reference names none.
 * @property {(times: number) => unknown} run Does the work `times` times. A promise is awaited: the loop belongs to the case,
 *   so that synchronous work is not charged for an await.
 * @property {number} [operations] How many operations one time is, when it is not one.
 * @property {() => Promise<void>} [before] Makes ready what `run` uses up; its time counts for nobody.
 * @property {() => Promise<void>} [end] Gives back what the case held, a server for instance.
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} unit What is counted, per second.
 * @property {() => Promise<Case[]>} prepare Makes keys and inputs and asserts that every case does its job.
 * @property {() => Promise<Omit<Result, 'suite'>[]>} [once] What is no rate, measured once in a process of its own.
 *
 * @typedef {object} Result
 * @property {string} suite
 * @property {string} case
 * @property {string} unit
 * @property {number} value Median over the rounds.
 * @property {string | null} reference
 * @property {number | null} ratio
 */

/**
 * @param {Suite} suite
 * @param {{ rounds: number, milliseconds: number }} options Measured rounds (one more warms up) and the time of a case in each.
 * @returns {Promise<Result[]>}
 */
export async function measureSuite(suite, { rounds, milliseconds }) {
  const cases = await suite.prepare()
  try {
    return [...(await measureCases(suite, cases, { rounds, milliseconds })), ...(await measureOnce(suite))]
  } finally {
    for (const { end } of cases) await end?.()
  }
}

async function measureCases(suite, cases, { rounds, milliseconds }) {
  const batches = new Map()
  for (const each of cases) batches.set(each, await batchSize(each))

  /** @type {Map<string, number[]>} */
  const rates = new Map(cases.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const each of shuffled(cases)) {
      const rate = await measure(each, batches.get(each), milliseconds)
      if (round > 0) rates.get(each.name).push(rate)
    }
  }
  return cases.map(({ name, reference }) => ({
    suite: suite.name,
    case: name,
    unit: suite.unit,
    value: median(rates.get(name)),
    reference: reference ?? null,
    ratio: reference ? median(rates.get(name).map((rate, round) => rate / rates.get(reference)[round])) : null,
  }))
}

async function measureOnce(suite) {
  const rows = (await suite.once?.()) ?? []
  return rows.map((row) => ({ suite: suite.name, ...row }))
}

/** How many operations take about a millisecond: enough to make reading the clock cheap. */
async function batchSize({ run, before }) {
  for (let times = 1; ; times *= 2) {
    await before?.()
    const started = performance.now()
    await run(times)
    if (performance.now() - started >= 1 || times >= 2 ** 20) return times
  }
}

/** @returns {Promise<number>} Operations per second. */
async function measure({ run, before, operations = 1 }, batch, milliseconds) {
  await before?.()
  const started = performance.now()
  let done = 0
  let elapsed = 0
  while (elapsed < milliseconds) {
    const result = run(batch)
    if (result instanceof Promise) await result
    done += batch * operations
    elapsed = performance.now() - started
  }
  return (done / elapsed) * 1000
}

function shuffled(items) {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Makes the `run` of a case of what is synchronous. The last result is kept, so that no work can be left out as unused. */
export function repeat(once) {
  let last
  return (times) => {
    for (let index = 0; index < times; index++) last = once()
    return last
  }
}

/** The same of what answers with a promise. */
export function repeatAsync(once) {
  return async (times) => {
    for (let index = 0; index < times; index++) await once()
  }
}
