// How many persons share five columns, from objects in memory: 1,000,000 and 10,000,000 rows.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { measureDisclosureRisk } from '@surveyseal/core/disclosure'
import { duckDb } from '../duckdb.js'

const MILLION = 1_000_000
const quasiIdentifiers = ['region', 'age', 'gender', 'level', 'year']

/** @type {import('../harness.js').Suite} */
export const disclosure = {
  name: 'disclosure',
  unit: 'rows/s',
  async prepare() {
    const rows = customers(MILLION)
    const cases = [joinedKeys(rows), templateKeys(rows), surveyseal(rows), streamed(rows)]
    return [...cases, ...(await duckDb({ rows, columns: quasiIdentifiers, classes: classesOf(rows) }))]
  },
  once: async () => [await tenMillion()],
}

/** The reference: what one writes in three lines for any columns; each class of rows is a key in a map. */
function joinedKeys(rows) {
  const count = () => {
    const classes = new Map()
    for (const row of rows) {
      const key = quasiIdentifiers.map((column) => row[column]).join('|')
      classes.set(key, (classes.get(key) ?? 0) + 1)
    }
    return classes
  }
  return { name: 'map of joined keys', run: overAll(count), operations: MILLION }
}

/** The same for these columns only. */
function templateKeys(rows) {
  const count = () => {
    const classes = new Map()
    for (const { region, age, gender, level, year } of rows) {
      const key = `${region}|${age}|${gender}|${level}|${year}`
      classes.set(key, (classes.get(key) ?? 0) + 1)
    }
    return classes
  }
  return { name: 'map of template keys', reference: 'map of joined keys', run: overAll(count), operations: MILLION }
}

/** All figures, both readings of suppressed values. */
function surveyseal(rows) {
  const measure = () => measureDisclosureRisk(rows, { quasiIdentifiers })
  assert.equal(measure().classes, classesOf(rows))
  return { name: 'k-1m', reference: 'map of joined keys', run: overAll(measure), operations: MILLION }
}

/** The same from an iterator, whose rows may be one object with changing values. */
function streamed(rows) {
  const measure = () => measureDisclosureRisk(rows.values(), { quasiIdentifiers })
  return { name: 'k-1m, streamed', reference: 'map of joined keys', run: overAll(measure), operations: MILLION }
}

function classesOf(rows) {
  return new Set(rows.map((row) => quasiIdentifiers.map((column) => row[column]).join('|'))).size
}

/** The most memory of a process that makes ten million objects and measures them. */
async function tenMillion() {
  const child = fork(fileURLToPath(import.meta.url), ['ten million'], { execArgv: ['--max-old-space-size=4096'] })
  const [megabytes] = await Promise.race([
    new Promise((resolve) => child.once('message', resolve)),
    new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`k-10m ended with ${code}`)))),
  ])
  return { case: 'k-10m', unit: 'MB', value: megabytes, reference: null, ratio: null }
}

/** Rows as an answer table has them: few regions, ages and years, half a million classes in a million rows. */
function customers(count) {
  const levels = ['Director', 'Manager', 'Staff', 'VP', 'C-level']
  const regions = Array.from({ length: 50 }, (_, index) => `region-${index}`)
  let state = 1
  const random = (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % below
  }
  return Array.from({ length: count }, () => ({
    region: regions[random(50)],
    age: 18 + random(70),
    gender: random(2) === 0 ? 'male' : 'female',
    level: levels[random(5)],
    year: 2000 + random(20),
  }))
}

function overAll(once) {
  let last
  return (times) => {
    for (let index = 0; index < times; index++) last = once()
    return last
  }
}

if (process.argv[2] === 'ten million') {
  const { persons } = measureDisclosureRisk(customers(10 * MILLION), { quasiIdentifiers })
  assert.equal(persons, 10 * MILLION)
  process.send([Math.round(process.resourceUsage().maxRSS / 1024)])
}
