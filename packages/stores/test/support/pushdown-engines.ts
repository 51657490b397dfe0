import { DuckDBInstance } from '@duckdb/node-api'
import { duckDbDatabase, type PushdownDatabase } from '@surveyseal/stores/pushdown'
import { openSqlite } from '@surveyseal/stores/sqlite'
import { engines } from './engines.js'

/** An engine that work is pushed down to, and how to end it. */
export interface PushdownEngine {
  readonly name: 'PostgreSQL' | 'SQLite' | 'DuckDB'
  start(): Promise<PushdownDatabase>
  stop(): Promise<void>
}

/** All three, real ones; each test file starts and stops its own. */
export function pushdownEngines(): readonly PushdownEngine[] {
  return [postgres(), sqlite(), duckdb()]
}

function postgres(): PushdownEngine {
  const engine = engines().find(({ name }) => name === 'PostgreSQL')
  if (engine === undefined) throw new Error('no PostgreSQL')
  let close = async (): Promise<void> => undefined
  return {
    name: 'PostgreSQL',
    start: async () => {
      await engine.start()
      const database = await engine.database()
      close = database.close
      return database.sql
    },
    stop: async () => {
      await close()
      await engine.stop()
    },
  }
}

function sqlite(): PushdownEngine {
  let close = async (): Promise<void> => undefined
  return {
    name: 'SQLite',
    start: async () => {
      const database = await openSqlite(':memory:')
      close = () => database.close()
      return database
    },
    stop: () => close(),
  }
}

function duckdb(): PushdownEngine {
  let close = (): void => undefined
  return {
    name: 'DuckDB',
    start: async () => {
      const instance = await DuckDBInstance.create(':memory:')
      const connection = await instance.connect()
      close = () => {
        connection.closeSync()
        instance.closeSync()
      }
      return duckDbDatabase(connection)
    },
    stop: async () => close(),
  }
}
