// DuckDB as a reference: what it takes to hand it objects, and to ask it one question.
import assert from 'node:assert/strict'
import { DuckDBDataChunk, DuckDBInstance, INTEGER, VARCHAR } from '@duckdb/node-api'
import { repeatAsync } from './harness.js'

/** What DuckDB takes at a time. */
const CHUNK = 2048

/**
 * A case that loads rows into a table of its memory, by chunks of columns, and groups them.
 *
 * @param {{ rows: object[], columns: string[], classes: number }} data Of the first row's kind all others are.
 * @returns {Promise<import('./harness.js').Case>}
 */
export async function duckDb({ rows, columns, classes }) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const types = columns.map((column) => (typeof rows[0][column] === 'number' ? INTEGER : VARCHAR))
  const names = columns.map((column) => `"${column}"`)
  const table = columns.map((_, at) => `${names[at]} ${types[at]}`).join(', ')
  const count = `SELECT count(*)::INTEGER AS classes, min(n)::INTEGER AS k FROM (SELECT count(*) AS n FROM persons GROUP BY ${names})`

  async function loadAndCount() {
    await connection.run(`CREATE OR REPLACE TABLE persons (${table})`)
    const appender = await connection.createAppender('persons')
    for (let from = 0; from < rows.length; from += CHUNK) {
      const some = rows.slice(from, from + CHUNK)
      const chunk = DuckDBDataChunk.create(types)
      chunk.setColumns(columns.map((column) => some.map((row) => row[column])))
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
    const [found] = (await connection.runAndReadAll(count)).getRowObjects()
    return found
  }

  assert.equal((await loadAndCount()).classes, classes)
  return {
    name: 'DuckDB, load and group',
    operations: rows.length,
    run: repeatAsync(loadAndCount),
    async end() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
