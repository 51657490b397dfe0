import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../src/migrate.js'
import { postgresSql } from '../../src/postgres.js'
import type { Sql } from '../../src/sql.js'
import type { SqliteDatabase } from '../../src/sqlite.js'
import { openSqlite } from '../../src/sqlite.js'
import type { Target } from '../children/host.js'
import { type PostgresServer, startPostgres } from './postgres-server.js'

/** An empty database of its own. */
export interface TestDatabase {
  readonly sql: Sql
  /** How another process opens it. */
  readonly target: Target
  /** A second, independent connection to the same database, as another process would have. */
  another(): Promise<Sql>
  close(): Promise<void>
}

export interface Engine {
  readonly name: 'SQLite' | 'PostgreSQL'
  start(): Promise<void>
  database(): Promise<TestDatabase>
  stop(): Promise<void>
}

/** Both engines; each test file starts and stops its own. */
export function engines(): readonly Engine[] {
  return [sqlite(), postgres()]
}

function sqlite(): Engine {
  let directory = ''
  let databases = 0
  return {
    name: 'SQLite',
    start: async () => {
      directory = mkdtempSync(join(tmpdir(), 'surveyseal-sqlite-'))
    },
    database: async () => {
      databases += 1
      const file = join(directory, `${databases}.db`)
      const opened: SqliteDatabase[] = []
      const another = async (): Promise<Sql> => {
        const database = await openSqlite(file)
        opened.push(database)
        return database
      }
      return {
        sql: await another(),
        target: { file },
        another,
        close: async () => {
          for (const database of opened) await database.close()
        },
      }
    },
    stop: async () => rmSync(directory, { recursive: true, force: true }),
  }
}

function postgres(): Engine {
  let server: PostgresServer
  return {
    name: 'PostgreSQL',
    start: async () => {
      server = await startPostgres()
    },
    database: async () => {
      const connection = await server.createSchema()
      const pools: pg.Pool[] = []
      const open = (): Sql => {
        const pool = openPool(connection)
        pools.push(pool)
        return postgresSql(pool)
      }
      return {
        sql: open(),
        target: { connection },
        another: async () => open(),
        close: async () => {
          await Promise.all(pools.map((pool) => pool.end()))
        },
      }
    },
    stop: () => server.remove(),
  }
}

/** What the contracts of links and consent ask for, on an empty database of the engine. */
export async function harness<Store>(
  engine: Engine,
  store: (sql: Sql, tenant: string) => Store,
): Promise<{
  store(tenant: string): Store
  write(tx: Sql, row: string): Promise<void>
  rows(): Promise<readonly string[]>
  close(): Promise<void>
}> {
  const { sql, close } = await engine.database()
  await migrate(sql)
  await sql.query('CREATE TABLE host (text TEXT NOT NULL)')
  return {
    store: (tenant) => store(sql, tenant),
    write: async (tx, row) => {
      await tx.query('INSERT INTO host (text) VALUES ($1)', [row])
    },
    rows: async () => (await sql.query('SELECT text FROM host')).map(({ text }) => String(text)),
    close,
  }
}

/** A pool as a host should make it: a lost idle connection is no reason to end the process. */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ max: 8, ...config })
  pool.on('error', () => undefined)
  return pool
}
