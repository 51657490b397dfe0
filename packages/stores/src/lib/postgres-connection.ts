import { invalidArgumentValue } from '@surveyseal/core/errors'
import { StoreError } from '../errors.js'
import type { PostgresQueryable, PostgresResult } from '../postgres.js'
import type { SqlRow, SqlValue } from '../sql.js'
import { assertParams } from './params.js'
import { toPostgresStoreError } from './postgres-errors.js'
import type { StatementNames } from './statement-names.js'
import type { Connection } from './transaction.js'

// Object identifier of the type bigint in every PostgreSQL; drivers hand it over as text because it may exceed a number.
const bigintType = 20

/** What `pg` offers besides: a statement the server parses once for each connection and then knows by its name. */
interface NamingClient extends PostgresQueryable {
  query(text: string, params: unknown[]): Promise<PostgresResult>
  query(statement: {
    readonly name: string
    readonly text: string
    readonly values: unknown[]
  }): Promise<PostgresResult>
}

/** One PostgreSQL connection. */
export class PostgresConnection implements Connection {
  readonly dialect = 'postgres'
  readonly #client: PostgresQueryable
  readonly #names: StatementNames | null
  #broken = false

  /** With `names` the client must take named statements, as `pg` does. */
  constructor(client: PostgresQueryable, names: StatementNames | null = null) {
    this.#client = client
    this.#names = names
  }

  /** Whether nobody can tell any more what state the connection is in, so that it must not be used again. */
  get broken(): boolean {
    return this.#broken
  }

  query(text: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return this.#run(text, params, toRows)
  }

  execute(text: string, params: readonly SqlValue[]): Promise<number> {
    return this.#run(text, params, toCount)
  }

  async #run<T>(text: string, params: readonly SqlValue[], read: (result: PostgresResult) => T): Promise<T> {
    assertParams(params)
    const result = await this.#answer(text, [...params])
    // So the driver answers several statements, which only one engine would have run.
    if (Array.isArray(result)) throw invalidArgumentValue('text', 'one statement')
    return read(result)
  }

  async #answer(text: string, values: unknown[]): Promise<PostgresResult> {
    try {
      return await this.#send(text, values)
    } catch (error) {
      const failure = toPostgresStoreError(error)
      this.#broken ||= failure.code === 'ERR_STORE_UNAVAILABLE'
      throw failure
    }
  }

  #send(text: string, values: unknown[]): Promise<PostgresResult> {
    const name = this.#names?.of(text) ?? null
    if (name === null) return this.#client.query(text, values)
    return (this.#client as NamingClient).query({ name, text, values })
  }

  async begin(): Promise<void> {
    await this.query('BEGIN', [])
  }

  async commit(): Promise<void> {
    await this.query('COMMIT', [])
  }

  async rollback(): Promise<void> {
    try {
      await this.query('ROLLBACK', [])
    } catch (error) {
      this.#broken = true
      throw error
    }
  }
}

function toCount({ rowCount, affectedRows }: PostgresResult): number {
  const count = rowCount === undefined ? affectedRows : rowCount
  // Taken for none, the lack of a number would refuse every link.
  if (count === undefined) throw invalidArgumentValue('pool', 'one whose results have rowCount or affectedRows')
  return count ?? 0
}

function toRows({ rows, fields }: PostgresResult): SqlRow[] {
  if (rows.length === 0) return []
  const bigints = new Set(fields.filter(({ dataTypeID }) => dataTypeID === bigintType).map(({ name }) => name))
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toValue(value, bigints.has(name))])),
  )
}

function toValue(value: unknown, bigint: boolean): SqlValue {
  if (bigint && value !== null) return toSafeInteger(Number(value))
  // The driver's bytes are a window on a whole packet; a copy lets go of the rest and has no methods of Buffer.
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new StoreError(
    'ERR_STORE_VALUE_OUT_OF_RANGE',
    'a column is not text, integer, bigint, double precision or bytea',
  )
}

function toSafeInteger(value: number): number {
  if (Number.isSafeInteger(value)) return value
  throw new StoreError('ERR_STORE_VALUE_OUT_OF_RANGE', 'a stored integer is beyond what a number holds exactly')
}
