// A policy over a table of customers, by the statement it compiles to and by the one that somebody writes who knows the table.
import assert from 'node:assert/strict'
import { defaultPolicy } from '@surveyseal/core/anonymize'
import { postgresSql } from '@surveyseal/stores/postgres'
import { compilePolicySql, tableColumns } from '@surveyseal/stores/pushdown'
import pg from 'pg'
import { startPostgres } from '../../../tools/postgres-server.js'
import { repeatAsync } from '../../harness.js'
import { customers, identifying, SENTENCE } from './customers.js'

const reference = 'hand-written statement'
const constants = 'hand-written, constants alone'
const ROWS = 20_000
const FRENCH = 'Ce commentaire a été anonymisé à la demande du client'

/** @type {import('../../harness.js').Part} */
export const pushdown = {
  unit: 'rows/s',
  cases: [reference, 'pushdown-postgres', constants],
  async prepare() {
    const server = await startPostgres().catch((error) => {
      process.stderr.write(`pushdown-postgres is left out: ${error.message}\n`)
    })
    if (server === undefined) return []
    const pool = new pg.Pool({ ...(await server.createSchema()), max: 1 })
    // The server may stop before the last connection has said goodbye.
    pool.on('error', () => undefined)
    const database = postgresSql(pool)
    await load(database)
    const columns = await tableColumns(database, 'customers')
    const options = { dialect: 'postgres', table: 'customers', columns, into: 'compiled' }
    const statement = compilePolicySql(defaultPolicy('en'), options)
    const cases = [
      { name: reference, ...into(database, 'by_hand', byHand(columns)) },
      {
        name: 'pushdown-postgres',
        reference,
        limit: { of: 'ratio', atLeast: 0.95 },
        ...into(database, 'compiled', statement),
      },
      { name: constants, reference, ...into(database, 'by_constants', byConstants(columns)) },
    ]
    await assertAlike(database, cases)
    const end = async () => {
      await pool.end()
      await server.remove()
    }
    const [first, ...others] = cases
    return [{ ...first, end }, ...others]
  },
}

/** A new table each time. */
function into(database, name, { text, params }) {
  const once = async () => {
    await database.query(`DROP TABLE IF EXISTS ${name}`)
    await database.query(text, params)
  }
  return { operations: ROWS, run: repeatAsync(once) }
}

async function load(database) {
  const rows = customers(ROWS)
  const names = Object.keys(rows[0])
  const type = (name) => (typeof rows[0][name] === 'number' ? 'integer' : 'text')
  await database.query(`CREATE TABLE customers (${names.map((name) => `"${name}" ${type(name)}`).join(', ')})`)
  const list = names.map((name) => `record ->> '${name}'`)
  const typed = list.map((value, at) => `CAST(${value} AS ${type(names[at])})`)
  const all = JSON.stringify(rows)
  await database.query(
    `INSERT INTO customers SELECT ${typed.join(', ')} FROM jsonb_array_elements(CAST($1 AS jsonb)) AS r (record)`,
    [all],
  )
  await database.query('ANALYZE customers')
}

/** What one writes for this table to get what the policy says: comments anonymized before stay, addresses are 26 letters. */
function byHand(columns) {
  const hexadecimal = `left(encode(uuid_send(gen_random_uuid()), 'hex'), 26)`
  const word = Array.from('0189').reduce(
    (text, digit, at) => `replace(${text}, '${digit}', '${'ghij'[at]}')`,
    hexadecimal,
  )
  const comment = (name) => `CASE WHEN "${name}" = '${FRENCH}' THEN "${name}" ELSE '${SENTENCE}' END`
  return written(columns, { table: 'by_hand', email: `${word} || '@anonymized.invalid'`, comment })
}

/** What one writes who does not care for either. */
function byConstants(columns) {
  const email = `gen_random_uuid() || '@anonymized.invalid'`
  return written(columns, { table: 'by_constants', email, comment: () => `'${SENTENCE}'` })
}

function written(columns, { table, email, comment }) {
  const special = { email, jobLevel: `'*'`, jobPosition: `'--'` }
  const list = columns.map(({ name }) => {
    if (!identifying.includes(name)) return `"${name}"`
    const value = special[name] ?? (identifying.indexOf(name) >= 8 ? comment(name) : `'***'`)
    return `${value} AS "${name}"`
  })
  return { text: `CREATE TABLE ${table} AS SELECT ${list.join(', ')} FROM customers`, params: [] }
}

/** The same tables but for the random addresses, which are all different in both. */
async function assertAlike(database, cases) {
  for (const { run } of cases) await run(1)
  const others = Object.keys(customers(1)[0]).filter((name) => name !== 'email')
  const list = others.map((name) => `"${name}"`).join(', ')
  const [{ n }] = await database.query(
    `SELECT count(*) AS n FROM (SELECT ${list} FROM by_hand EXCEPT ALL SELECT ${list} FROM compiled) AS d`,
  )
  assert.equal(n, 0)
  for (const table of ['by_hand', 'compiled']) {
    const [{ n: addresses }] = await database.query(`SELECT count(DISTINCT email) AS n FROM ${table}`)
    assert.equal(addresses, ROWS)
  }
}
