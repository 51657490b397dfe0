/**
 * Erasures under way in a database.
 *
 * @module
 */

import type { ErasureJournal } from '@surveyseal/core/erase'
import { forget } from './lib/forget.js'
import { assertTenant, namesOfTables } from './lib/tables.js'
import type { StoreOptions } from './link-store.js'
import type { Sql } from './sql.js'

/**
 * Remembers the erasures of one tenant that are under way, so that another process finishes what a crash interrupted.
 *
 * `destroy` overwrites what it deletes and empties the write-ahead log on SQLite; on PostgreSQL the dead rows stay in its
 * files until they are vacuumed and reused. It does not make the table: `migrate` does.
 *
 * @param sql - A database.
 * @param options - Tenant and table prefix.
 * @returns The journal.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * A journal on a database that is open.
 *
 * ```ts
 * import { erasureJournal, type Sql } from '@surveyseal/stores'
 *
 * export const journalOf = (database: Sql) => erasureJournal(database, { tenant: 'acme' })
 * ```
 */
export function erasureJournal(sql: Sql, options: StoreOptions): ErasureJournal {
  const { tenant, tablePrefix } = options
  assertTenant(tenant)
  const { erasures } = namesOfTables(tablePrefix)
  const insert = `INSERT INTO ${erasures} (tenant, erasure, step, text)`
  return {
    async begin(id, text) {
      await sql.query(`${insert} VALUES ($1, $2, -1, $3) ON CONFLICT DO NOTHING`, [tenant, id, text])
    },
    async read(id) {
      const select = `SELECT step, text FROM ${erasures} WHERE tenant = $1 AND erasure = $2 ORDER BY step`
      const [first, ...marks] = await sql.query(select, [tenant, id])
      if (first === undefined) return null
      return { text: String(first['text']), done: marks.map(({ step }) => Number(step)) }
    },
    async mark(id, step) {
      const begun = `SELECT tenant, erasure, CAST($3 AS bigint), '' FROM ${erasures} WHERE tenant = $1 AND erasure = $2 AND step = -1`
      await sql.query(`${insert} ${begun} ON CONFLICT DO NOTHING`, [tenant, id, step])
    },
    async pending() {
      const rows = await sql.query(`SELECT erasure FROM ${erasures} WHERE tenant = $1 AND step = -1 ORDER BY erasure`, [
        tenant,
      ])
      return rows.map(({ erasure }) => String(erasure))
    },
    async destroy(id) {
      await sql.query(`DELETE FROM ${erasures} WHERE tenant = $1 AND erasure = $2`, [tenant, id])
      await forget(sql)
    },
  }
}
