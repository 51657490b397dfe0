/**
 * A host's own table, as somewhere a person can be erased from.
 *
 * @module
 */

import { ErasureError, type RecordStore, type StoredRecord } from '@surveyseal/core/erase'
import { StoreError } from './errors.js'
import { forget } from './lib/forget.js'
import { absent, type HostColumn, hostColumns, quoted, selected } from './lib/host-columns.js'
import type { Sql, SqlRow, SqlValue } from './sql.js'

/** Which table, and how its rows are records. */
export interface RecordTableOptions {
  readonly table: string
  /** The column that names a record and is unique. It is no part of the record, and never changed. */
  readonly id: string
  /** Only rows that have this value in this column; the column is no part of the record. @defaultValue all rows */
  readonly only?: { readonly column: string; readonly value: string | number }
  /** What the policy calls a column, where that is not the column's name. @defaultValue none */
  readonly fields?: Readonly<Record<string, string>>
  /** Columns that hold JSON: rules lead into it. @defaultValue none */
  readonly json?: readonly string[]
}

const rowsAtOnce = 1000

/**
 * Reads and replaces the rows of a host's table, for `recordTarget` of `@surveyseal/core/erase`.
 *
 * All columns are the record, whether the host names them or not, but the id and those the database computes; so a policy
 * removes those it does not name, and has to retain foreign keys. NULL is no member. What is removed becomes NULL, or where
 * the column refuses it the empty text, 0 or no bytes. Numbers can become other numbers only, bytes and columns of other types (dates,
 * booleans, UUIDs) can be kept or removed only; bytes are searched as UTF-8 text. On SQLite what was overwritten is gone from
 * the file and its log after `finish`; on PostgreSQL it is not, which `finish` says. Full-text indexes, other tables and
 * triggers' copies are targets of their own.
 *
 * @param sql - A database.
 * @param options - See {@link RecordTableOptions}.
 * @returns The store.
 *
 * @example
 * A table of answers whose custom fields are JSON.
 *
 * ```ts
 * import { defaultPolicy } from '@surveyseal/core/anonymize'
 * import { type ErasureTarget, recordTarget } from '@surveyseal/core/erase'
 * import { recordTable, type Sql } from '@surveyseal/stores'
 *
 * export function answersOf(database: Sql): ErasureTarget {
 *   const fields = { first_name: 'firstName', nps_comment: 'npsComment', custom_fields: 'customFields' }
 *   const store = recordTable(database, { table: 'answers', id: 'id', fields, json: ['custom_fields'] })
 *   return recordTarget({ name: 'answers', store, policy: defaultPolicy('en') })
 * }
 * ```
 */
export function recordTable(sql: Sql, options: RecordTableOptions): RecordStore {
  return new RecordTable(sql, options)
}

class RecordTable implements RecordStore {
  readonly #sql: Sql
  readonly #options: RecordTableOptions
  #columns: readonly HostColumn[] = []

  constructor(sql: Sql, options: RecordTableOptions) {
    this.#sql = sql
    this.#options = options
  }

  async *scan(): AsyncGenerator<readonly (readonly [string, StoredRecord])[], void, undefined> {
    const { id } = this.#options
    const key = quoted(id)
    await this.#learn()
    const [nameless] = await this.#select(this.#sql, `${key} IS NULL`, [], 'LIMIT 1')
    if (nameless !== undefined) throw new ErasureError('ERR_ERASURE_ID_DUPLICATE', 'a record has no id')
    for (let last: SqlValue | undefined; ; ) {
      const after = last === undefined ? ([] as const) : ([last] as const)
      const where = last === undefined ? '1 = 1' : `${key} > $1`
      const rows = await this.#select(this.#sql, where, after, `ORDER BY ${key} LIMIT ${rowsAtOnce + 1}`)
      if (rows.some((row, index) => index > 0 && row[id] === rows[index - 1]?.[id])) throw duplicate()
      const page = rows.slice(0, rowsAtOnce)
      if (page.length > 0) yield page.map((row) => [String(row[id]), this.#toRecord(row)])
      last = page.at(-1)?.[id]
      if (rows.length <= rowsAtOnce) return
    }
  }

  async replace(id: string, change: (record: StoredRecord, tx: Sql) => Promise<StoredRecord | null>): Promise<void> {
    await this.#learn()
    const key = quoted(this.#options.id)
    await this.#sql.transaction(async (tx) => {
      const lock = tx.dialect === 'postgres' ? 'FOR UPDATE' : ''
      const [row, second] = await this.#select(tx, `${key} = $1`, [id], lock)
      if (row === undefined) return
      if (second !== undefined) throw duplicate()
      const before = this.#toRecord(row)
      const after = await change(before, tx)
      if (after !== null) await this.#write(tx, id, this.#changed(before, after))
    })
  }

  /** What a column cannot hold is left out. */
  asStored(after: StoredRecord, before: StoredRecord): StoredRecord {
    const stored: Record<string, unknown> = {}
    for (const column of this.#columns) {
      const field = this.#fieldOf(column)
      const value = storable(column, memberOf(after, field), memberOf(before, field))
      const left = value ?? this.#absent(column, {})
      if (left === null) continue
      Object.defineProperty(stored, field, {
        value: left instanceof Uint8Array ? '' : left,
        enumerable: true,
        writable: true,
        configurable: true,
      })
    }
    return stored
  }

  async finish(): Promise<readonly { readonly en: string; readonly fr: string }[]> {
    if (!(await forget(this.#sql))) throw new StoreError('ERR_STORE_BUSY', 'a reader keeps the log from being emptied')
    return this.#sql.dialect === 'sqlite' ? [BACKUPS] : [BACKUPS, DEAD_ROWS]
  }

  async #learn(): Promise<void> {
    if (this.#columns.length > 0) return
    const { table, id, only } = this.#options
    const all = await hostColumns(this.#sql, table)
    this.#columns = all.filter(({ name }) => name !== id && name !== only?.column)
  }

  async #select(sql: Sql, where: string, params: readonly SqlValue[], end: string): Promise<SqlRow[]> {
    const { table, id, only } = this.#options
    const columns = [quoted(id), ...this.#columns.map((column) => selected(column, sql.dialect))]
    const scope = only === undefined ? '' : ` AND ${quoted(only.column)} = $${params.length + 1}`
    const text = `SELECT ${columns.join(', ')} FROM ${quoted(table)} WHERE ${where}${scope} ${end}`
    return sql.query(text, only === undefined ? params : [...params, only.value])
  }

  #toRecord(row: SqlRow): StoredRecord {
    const entries = this.#columns.flatMap((column) => {
      const value = row[column.name] ?? null
      return value === null ? [] : [[this.#fieldOf(column), this.#toMember(column, value)] as const]
    })
    return Object.fromEntries(entries)
  }

  #toMember({ name }: HostColumn, value: string | number | Uint8Array): unknown {
    if (value instanceof Uint8Array) return new TextDecoder().decode(value)
    if (typeof value !== 'string' || !this.#options.json?.includes(name)) return value
    try {
      return JSON.parse(value)
    } catch {
      return value
    }
  }

  /** Only what differs is written: what was read as text may be of any type. */
  #changed(before: StoredRecord, after: StoredRecord): readonly (readonly [HostColumn, SqlValue])[] {
    return this.#columns.flatMap((column) => {
      const field = this.#fieldOf(column)
      const [was, is] = [memberOf(before, field), memberOf(after, field)]
      if (JSON.stringify(was) === JSON.stringify(is)) return []
      const isEmpty = is === undefined || (is === '' && column.kind !== 'text')
      return [[column, isEmpty ? this.#absent(column, '{}') : this.#toParameter(column, is)] as const]
    })
  }

  /** JSON that may not be NULL is an empty object. */
  #absent<Empty>(column: HostColumn, json: Empty): SqlValue | Empty {
    return column.required && this.#options.json?.includes(column.name) ? json : absent(column)
  }

  #toParameter({ name }: HostColumn, value: unknown): SqlValue {
    if (this.#options.json?.includes(name)) return JSON.stringify(value)
    return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)
  }

  async #write(tx: Sql, id: string, changed: readonly (readonly [HostColumn, SqlValue])[]): Promise<void> {
    if (changed.length === 0) return
    const { table, id: key, only } = this.#options
    const sets = changed.map(([{ name }], index) => `${quoted(name)} = $${index + 1}`)
    const params: SqlValue[] = [...changed.map(([, value]) => value), id]
    const scope = only === undefined ? '' : ` AND ${quoted(only.column)} = $${params.push(only.value)}`
    const where = `${quoted(key)} = $${changed.length + 1}${scope}`
    await tx.query(`UPDATE ${quoted(table)} SET ${sets.join(', ')} WHERE ${where}`, params)
  }

  #fieldOf({ name }: HostColumn): string {
    const { fields = {} } = this.#options
    return (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? name
  }
}

/** What of a value a column takes; `undefined` for nothing. */
function storable({ kind }: HostColumn, after: unknown, before: unknown): unknown {
  if (after === undefined || after === null) return undefined
  if (JSON.stringify(after) === JSON.stringify(before)) return after
  if (kind === 'number') return typeof after === 'number' ? after : undefined
  if (kind === 'text') return typeof after === 'number' || typeof after === 'boolean' ? String(after) : after
  return typeof after === 'object' ? after : undefined
}

function memberOf(record: StoredRecord, field: string): unknown {
  return Object.hasOwn(record, field) ? record[field] : undefined
}

function duplicate(): ErasureError {
  return new ErasureError('ERR_ERASURE_ID_DUPLICATE', 'two records have one id')
}

const BACKUPS = {
  en: 'Backups and replicas of the database made before.',
  fr: 'Les sauvegardes et copies de la base faites auparavant.',
}
const DEAD_ROWS = {
  en: 'Dead rows in the files and the write-ahead log of PostgreSQL, until vacuum, reuse and log rotation.',
  fr: 'Les lignes mortes dans les fichiers et le journal de PostgreSQL, jusqu’au nettoyage, au réemploi et à la rotation.',
}
