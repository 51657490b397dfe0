// How many persons share five columns, from objects in memory: 1,000,000 and 10,000,000 rows.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { measureDisclosureRisk } from '@surveyseal/core/disclosure'
import { duckDb } from '../../duckdb.js'
import { repeat } from '../../harness.js'
import { people, quasiIdentifiers } from './people.js'

const MILLION = 1_000_000
const reference = 'map of joined keys'

/** @type {import('../../harness.js').Part} */
export const disclosure = {
  unit: 'rows/s',
  cases: [reference, 'map of template keys', 'k-1m', 'k-1m, streamed', 'DuckDB, load and group', 'k-10m'],
  async prepare() {
    const rows = people(MILLION)
    const [keys, template] = [joinedKeys(rows), templateKeys(rows)]
    const classes = keys().size
    const measure = () => measureDisclosureRisk(rows, { quasiIdentifiers })
    const streamed = () => measureDisclosureRisk(rows.values(), { quasiIdentifiers })
    assert.deepEqual([measure().classes, streamed().classes, template().size], [classes, classes, classes])
    return [
      { name: reference, ...once(keys) },
      { name: 'map of template keys', reference, ...once(template) },
      { name: 'k-1m', reference, limit: { of: 'ratio', atLeast: 7 }, ...once(measure) },
      { name: 'k-1m, streamed', reference, ...once(streamed) },
      {
        ...(await duckDb({ rows, columns: quasiIdentifiers, classes })),
        reference: 'k-1m',
        limit: { of: 'ratio', atMost: 1 },
      },
    ]
  },
  async once() {
    const script = fileURLToPath(new URL('ten-million.js', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=4096', script])
    const { persons, megabytes } = JSON.parse(stdout)
    assert.equal(persons, 10 * MILLION)
    return [{ case: 'k-10m', unit: 'MB', value: megabytes, limit: { of: 'value', atMost: 4096 } }]
  },
}

function once(count) {
  return { run: repeat(count), operations: MILLION }
}

/** The reference: what one writes in three lines for any columns; each class of rows is a key in a map. */
function joinedKeys(rows) {
  return () => {
    const classes = new Map()
    for (const row of rows) {
      const key = quasiIdentifiers.map((column) => row[column]).join('|')
      classes.set(key, (classes.get(key) ?? 0) + 1)
    }
    return classes
  }
}

/** The same for these columns only. */
function templateKeys(rows) {
  return () => {
    const classes = new Map()
    for (const { region, age, gender, level, year } of rows) {
      const key = `${region}|${age}|${gender}|${level}|${year}`
      classes.set(key, (classes.get(key) ?? 0) + 1)
    }
    return classes
  }
}
