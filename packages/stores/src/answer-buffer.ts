/**
 * Answers that wait in a database until enough of them can be let out together.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { AnswerBuffer, RandomBytes, Release, ReleaseOptions, WaitingAnswer } from '@surveyseal/links'
import { shuffle } from '@surveyseal/links'
import { type AnswerStatements, answerStatements } from './lib/answer-statements.js'
import { rewriting } from './lib/rewrite.js'
import { assertTenant, namesOfTables, type Tables } from './lib/tables.js'
import type { StoreOptions } from './link-store.js'
import type { Sql } from './sql.js'

/** Whose answers wait, and where randomness comes from. */
export interface AnswerBufferOptions extends StoreOptions {
  /** @defaultValue `crypto.getRandomValues` */
  readonly randomBytes?: RandomBytes
}

/**
 * Keeps the answers of one tenant between submission and release.
 *
 * A release also frees the database's own files of the order in which links were used and answers came. SQLite: the whole
 * file is rewritten (`VACUUM`, which may renumber rows of the host's tables that have no `INTEGER PRIMARY KEY`) and its log
 * cut; it must not be called inside a transaction. PostgreSQL: the tables of links, spends and waiting answers are emptied
 * and written again in the order of their keys, by the one transaction that lets the answers out; it needs the right to
 * `TRUNCATE` and `TEMPORARY`, and everyone else waits meanwhile. Tables of the host that are written when a link is spent
 * are the host's to rewrite.
 *
 * Until then whoever reads the database can join: in PostgreSQL a waiting answer and its spent link have one `xmin`, in
 * SQLite the log holds them in one commit. Write-ahead log archives, replicas, backups and the free blocks of a file system
 * keep what was there before.
 *
 * @param database - A database, not the handle of a transaction.
 * @param options - Tenant, table prefix, randomness.
 * @returns The buffer; it passes `answerBufferContract` of `@surveyseal/links/testing`.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * An answer that nobody can give back to its author, once it is out with nineteen others.
 *
 * ```ts
 * import type { LinkService } from '@surveyseal/links'
 * import { answerBuffer, type Sql } from '@surveyseal/stores'
 *
 * export async function answer(database: Sql, links: LinkService<Sql>, form: { url: string; key: string; text: string }) {
 *   const buffer = answerBuffer(database, { tenant: 'acme' })
 *   const { url, key, text } = form
 *   const accept = (tx: Sql) => buffer.add(tx, { pool: 'nps-2026', answer: text })
 *   return links.submit(url, { idempotencyKey: key, accept })
 * }
 *
 * export function release(database: Sql) {
 *   return answerBuffer(database, { tenant: 'acme' }).release({
 *     pool: 'nps-2026',
 *     atLeast: 20,
 *     accept: async (tx, answers) => {
 *       for (const text of answers) await tx.query('INSERT INTO answers (text) VALUES ($1)', [text])
 *     },
 *   })
 * }
 * ```
 */
export function answerBuffer(database: Sql, options: AnswerBufferOptions): AnswerBuffer<Sql> {
  assertTenant(options.tenant)
  return new SqlAnswerBuffer(database, options, namesOfTables(options.tablePrefix))
}

class SqlAnswerBuffer implements AnswerBuffer<Sql> {
  readonly #sql: Sql
  readonly #tenant: string
  readonly #tables: Tables
  readonly #statements: AnswerStatements
  readonly #randomBytes: RandomBytes

  constructor(sql: Sql, { tenant, randomBytes = platformBytes }: AnswerBufferOptions, tables: Tables) {
    this.#sql = sql
    this.#tenant = tenant
    this.#tables = tables
    this.#statements = answerStatements(tables)
    this.#randomBytes = randomBytes
  }

  async add(tx: Sql, { pool, answer }: WaitingAnswer): Promise<void> {
    assertText(pool, 'pool')
    assertText(answer, 'answer')
    await tx.query(this.#statements.add, [this.#tenant, pool, this.#randomId(), answer])
  }

  async release({ pool, atLeast, accept }: ReleaseOptions<Sql>): Promise<Release> {
    assertText(pool, 'pool')
    if (typeof atLeast !== 'number') throw invalidArgumentType('atLeast', 'number', atLeast)
    if (!Number.isSafeInteger(atLeast) || atLeast < 2) throw invalidArgumentValue('atLeast', 'an integer from 2')
    const batch = await this.#letOut({ pool, atLeast, accept })
    return { ...batch, rewritten: await this.#settle() }
  }

  async discard(pool: string): Promise<number> {
    assertText(pool, 'pool')
    const { released } = await this.#letOut({ pool, atLeast: 1, accept: async () => undefined })
    await this.#settle()
    return released
  }

  async #letOut({ pool, atLeast, accept }: ReleaseOptions<Sql>): Promise<Omit<Release, 'rewritten'>> {
    // Looked at first without a lock: most calls come too early.
    const before = await this.#count(this.#sql, pool)
    if (before < atLeast) return { released: 0, waiting: before }
    return this.#sql.transaction(async (tx) => {
      const { begin, within } = rewriting[tx.dialect]
      await begin(tx, this.#tables)
      const taken = await tx.query(this.#statements.take, [this.#tenant, pool])
      if (taken.length < atLeast) return { released: 0, waiting: taken.length }
      await tx.query(this.#statements.remove, [this.#tenant, pool])
      await within(tx, this.#tables)
      await tx.query(this.#statements.owe, [this.#tenant, this.#randomId()])
      const answers = taken.map(({ answer }) => String(answer))
      await accept(tx, shuffle(answers, { randomBytes: this.#randomBytes }))
      return { released: taken.length, waiting: await this.#count(tx, pool) }
    })
  }

  /** What an earlier call could not rewrite, because it was killed or somebody read, is rewritten by this one. */
  async #settle(): Promise<boolean> {
    const owed = await this.#sql.query(this.#statements.owed, [this.#tenant])
    if (owed.length === 0) return true
    const done = await rewriting[this.#sql.dialect].after(this.#sql)
    // By name: a release of another process, noted meanwhile, has not been rewritten by this one.
    if (done) for (const { id } of owed) await this.#sql.query(this.#statements.settle, [this.#tenant, String(id)])
    return done
  }

  async #count(sql: Sql, pool: string): Promise<number> {
    const [row] = await sql.query(this.#statements.count, [this.#tenant, pool])
    return Number(row?.['count'])
  }

  #randomId(): string {
    const bytes = this.#randomBytes(16)
    if (!(bytes instanceof Uint8Array) || bytes.length !== 16) {
      throw invalidArgumentType('options.randomBytes()', 'Uint8Array of the length asked for', bytes)
    }
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}

function assertText(text: string, name: string): void {
  if (typeof text !== 'string') throw invalidArgumentType(name, 'string', text)
}

function platformBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}
