// Measures cases against each other on a machine that is never quiet.
//
// Every round runs every case once, in a new order, for a fixed time; what slows the machine down for a while slows all
// cases of that round. The ratio to the reference is the median of the rounds' own ratios, so that it compares only
// measurements taken next to each other.
import { performance } from 'node:perf_hooks'

/**
 * @typedef {object} Limit What a case must reach, with one of the two.
 * @property {'ratio' | 'value'} of The ratio to the reference, or the measured value itself.
 * @property {number} [atLeast]
 * @property {number} [atMost]
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {string} [reference] The case of the same part it is compared with; a reference names none.
 * @property {Limit} [limit]
 * @property {(times: number) => unknown} run Does the work `times` times. A promise is awaited: the loop belongs to the case,
 *   so that synchronous work is not charged for an await.
 * @property {number} [operations] How many operations one time is, when it is not one.
 * @property {() => Promise<void>} [before] Makes ready what `run` uses up; its time counts for nobody.
 * @property {() => Promise<void>} [end] Gives back what the case held, a server for instance.
 *
 * @typedef {object} Part Cases that are measured in the same rounds.
 * @property {string} unit What is counted, per second.
 * @property {readonly string[]} [cases] The cases, where a part need not be prepared for another part's.
 * @property {() => Promise<Case[]>} [prepare] Makes keys and inputs and asserts that every case does its job.
 * @property {() => Promise<Once[]>} [once] What is no rate, measured once in a process of its own.
 *
 * @typedef {object} Once
 * @property {string} case
 * @property {string} unit
 * @property {number} value
 * @property {Limit} [limit] Of the value.
 *
 * @typedef {{ name: string } & (Part | { parts: readonly Part[] })} Suite
 *
 * @typedef {object} Result
 * @property {string} suite
 * @property {string} case
 * @property {string} unit
 * @property {number} value Median over the rounds.
 * @property {string | null} reference
 * @property {number | null} ratio
 * @property {Limit | null} limit
 * @property {boolean | null} met
 *
 * @typedef {object} Effort
 * @property {number} rounds Measured rounds; one more warms up.
 * @property {number} milliseconds The time of a case in each.
 * @property {() => number} now Milliseconds.
 * @property {string} [only] One case; its references are measured with it.
 */

/** Milliseconds that passed. */
export const wallClock = () => performance.now()

/** Milliseconds that this process worked, all threads together: what others do on the machine counts less. */
export function processorClock() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * @param {Suite} suite
 * @param {Effort} effort
 * @returns {Promise<Result[]>}
 */
export async function measureSuite(suite, effort) {
  const results = []
  for (const part of suite.parts ?? [suite]) {
    if (effort.only !== undefined && part.cases !== undefined && !part.cases.includes(effort.only)) continue
    results.push(...(await measurePart(part, effort)))
  }
  return results.map((row) => ({ suite: suite.name, ...row, met: row.limit === null ? null : isMet(row, row.limit) }))
}

async function measurePart(part, effort) {
  const cases = (await part.prepare?.()) ?? []
  try {
    const chosen = withReferences(cases, effort.only)
    const rates = await measureCases(chosen, part.unit, effort)
    return effort.only !== undefined && chosen.length > 0 ? rates : [...rates, ...(await measureOnce(part, effort))]
  } finally {
    for (const { end } of cases) await end?.()
  }
}

function withReferences(cases, only) {
  if (only === undefined) return cases
  const found = cases.find(({ name }) => name === only)
  return found === undefined ? [] : [...(found.reference ? withReferences(cases, found.reference) : []), found]
}

async function measureCases(cases, unit, { rounds, milliseconds, now }) {
  const batches = new Map()
  for (const each of cases) batches.set(each, await batchSize(each))

  /** @type {Map<string, number[]>} */
  const rates = new Map(cases.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const each of shuffled(cases)) {
      const rate = await measure(each, batches.get(each), { milliseconds, now })
      if (round > 0) rates.get(each.name).push(rate)
    }
  }
  return cases.map(({ name, reference, limit }) => ({
    case: name,
    unit,
    value: median(rates.get(name)),
    reference: reference ?? null,
    ratio: reference ? median(rates.get(name).map((rate, round) => rate / rates.get(reference)[round])) : null,
    limit: limit ?? null,
  }))
}

async function measureOnce({ once }, { only }) {
  const rows = (await once?.()) ?? []
  return rows
    .filter((row) => only === undefined || row.case === only)
    .map(({ limit = null, ...row }) => ({ ...row, reference: null, ratio: null, limit }))
}

function isMet(row, { of, atLeast = -Infinity, atMost = Infinity }) {
  return row[of] >= atLeast && row[of] <= atMost
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
async function measure({ run, before, operations = 1 }, batch, { milliseconds, now }) {
  await before?.()
  const started = now()
  let done = 0
  let elapsed = 0
  while (elapsed < milliseconds) {
    const result = run(batch)
    if (result instanceof Promise) await result
    done += batch * operations
    elapsed = now() - started
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

/** The same over many inputs, one after another, so that nothing can be computed once for all. */
export function overAll(inputs, once) {
  let next = 0
  return repeat(() => {
    next = (next + 1) % inputs.length
    return once(inputs[next])
  })
}
