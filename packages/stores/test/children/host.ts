import pg from 'pg'
import { postgresSql } from '../../src/postgres.js'
import type { Sql } from '../../src/sql.js'
import { openSqlite } from '../../src/sqlite.js'

/** What a program of this folder is told: which database, and whatever it needs besides. */
export type Target = { readonly file: string } | { readonly connection: pg.PoolConfig }

export async function openTarget(target: Target): Promise<Sql> {
  if ('file' in target) return openSqlite(target.file)
  const pool = new pg.Pool(target.connection)
  pool.on('error', () => undefined)
  return postgresSql(pool)
}

/** The arguments, as they were given to `spawn`. */
export function readArguments<T extends readonly unknown[]>(): T {
  return process.argv.slice(2).map((argument) => JSON.parse(argument) as unknown) as unknown as T
}

/** Writes a line before going on, so that whoever reads it knows the past happened. */
export function acknowledge(line: string): void {
  process.stdout.write(`${line}\n`)
}
