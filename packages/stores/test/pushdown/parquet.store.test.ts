import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PushdownDatabase } from '@surveyseal/stores/pushdown'
import { compilePolicySql, measureDisclosureRiskSql, PushdownError, tableColumns } from '@surveyseal/stores/pushdown'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushdownEngines } from '../support/pushdown-engines.js'
import { tableOf } from './arbitraries.js'
import { question } from './questions.js'
import { makeTable } from './tables.js'

const numRuns = Number(process.env['FC_RUNS'] ?? 40)

const [engine] = pushdownEngines().filter(({ name }) => name === 'DuckDB')
let database: PushdownDatabase
let folder: string

beforeAll(async () => {
  if (engine === undefined) throw new Error('no DuckDB')
  database = await engine.start()
  folder = await mkdtemp(join(tmpdir(), 'parquet-'))
})
afterAll(async () => {
  await engine?.stop()
  await rm(folder, { recursive: true })
})

/** Writes the table `answers` to a file of its own. */
async function written(): Promise<string> {
  const file = join(folder, 'o\'hara "answers".parquet')
  await database.query(`COPY answers TO '${file.replaceAll("'", "''")}' (FORMAT parquet)`)
  return file
}

async function outcome<T>(run: Promise<T>): Promise<T | { readonly code: unknown }> {
  return run.catch((error: { code?: unknown }) => ({ code: error.code }))
}

test('a Parquet file has the columns, and the disclosure risk, of the table it was written from', async () => {
  await fc.assert(
    fc.asyncProperty(question('duckdb'), async (generated) => {
      await makeTable(database, generated)
      const file = await written()
      expect(await tableColumns(database, file)).toEqual(await tableColumns(database, 'answers'))
      const [ofFile, ofTable] = [file, 'answers'].map((table) =>
        outcome(measureDisclosureRiskSql(database, { ...generated.options, table })),
      )
      expect(await ofFile).toEqual(await ofTable)
    }),
    { numRuns },
  )
})

test('a policy makes the same table of a Parquet file as of the table it was written from', async () => {
  let compared = 0
  await fc.assert(
    fc.asyncProperty(tableOf('duckdb'), async (generated) => {
      await makeTable(database, generated)
      const file = await written()
      const columns = await tableColumns(database, file)
      const left: unknown[] = []
      for (const table of [file, 'answers']) {
        const compiled = compiledOrNull(() =>
          compilePolicySql(generated.policy, { dialect: 'duckdb', table, columns, into: 'anonymized' }),
        )
        if (compiled === null) return
        await database.query('DROP TABLE IF EXISTS anonymized')
        await database.query(compiled.text, compiled.params)
        left.push(await database.query(`SELECT ${readable(compiled.columns)} FROM anonymized`))
      }
      compared += 1
      expect(left[0]).toEqual(left[1])
    }),
    { numRuns },
  )
  expect(compared).toBeGreaterThan(numRuns / 10)
})

/** As texts, random addresses all alike. */
function readable(columns: readonly string[]): string {
  return columns
    .map((name, at) => {
      const text = `CAST("${name.replaceAll('"', '""')}" AS VARCHAR)`
      return `regexp_replace(${text}, '^[a-z2-7]{26}@', '@') AS c${at}`
    })
    .join(', ')
}

function compiledOrNull<T>(compile: () => T): T | null {
  try {
    return compile()
  } catch (error) {
    if (error instanceof PushdownError) return null
    throw error
  }
}
