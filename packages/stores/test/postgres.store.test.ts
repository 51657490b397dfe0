import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { linkStore } from '../src/link-store.js'
import { migrate } from '../src/migrate.js'
import { type PostgresPool, postgresSql, postgresTransaction } from '../src/postgres.js'
import type { Sql } from '../src/sql.js'
import { openPool } from './support/engines.js'
import { linkRecord } from './support/links.js'
import { type PostgresServer, startPostgres } from './support/postgres-server.js'

const acme = { tenant: 'acme' }
const spend = { idempotencyKey: 'k', at: 1 }

describe('PostgreSQL', () => {
  let server: PostgresServer
  let connection: Awaited<ReturnType<PostgresServer['createSchema']>>
  let pool: pg.Pool
  let sql: Sql

  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())
  beforeEach(async () => {
    connection = await server.createSchema()
    pool = openPool(connection)
    sql = postgresSql(pool)
    await migrate(sql)
    await sql.query('CREATE TABLE answers (text TEXT PRIMARY KEY)')
  })
  afterEach(() => pool.end())

  const withSetting = (setting: string): pg.PoolConfig => ({
    ...connection,
    options: `${connection.options} -c ${setting}`,
  })

  async function backend(tx: Sql): Promise<number> {
    const [row] = await tx.query('SELECT pg_backend_pid() AS pid')
    return Number(row?.['pid'])
  }

  async function terminate(pid: number): Promise<void> {
    await sql.query('SELECT pg_terminate_backend($1)::text AS done', [pid])
    while ((await sql.query('SELECT 1 AS alive FROM pg_stat_activity WHERE pid = $1', [pid])).length > 0);
  }

  /** A pool whose connections fail as told, each time the statement comes by. */
  function failing(statement: string, when: 'before' | 'after', error: Error): PostgresPool {
    return {
      connect: async () => {
        const client = await pool.connect()
        return {
          release: (destroy) => client.release(destroy),
          query: async (text, params) => {
            if (text.startsWith(statement) && when === 'before') throw error
            const result = await client.query(text, params)
            if (text.startsWith(statement)) throw error
            return result
          },
        }
      },
    }
  }

  describe('ERR_STORE_UNAVAILABLE: a connection that ends in the middle of a transaction leaves nothing behind', () => {
    test('and the pool lends a sound one afterwards', async () => {
      const links = linkStore(sql, acme)
      await links.issue([linkRecord('d')], 0)
      const lost = links.transaction(async (inner, tx) => {
        await tx.query('INSERT INTO answers (text) VALUES ($1)', ['lost'])
        expect(await inner.spend(linkRecord('d'), spend)).toBe('spent')
        await terminate(await backend(tx))
        await tx.query('INSERT INTO answers (text) VALUES ($1)', ['never'])
      })
      await expect(lost).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' })
      expect(await sql.query('SELECT text FROM answers')).toEqual([])
      expect(await links.find(linkRecord('d'))).toEqual(linkRecord('d'))
      expect(await links.spend(linkRecord('d'), spend)).toBe('spent')
      expect(pool.totalCount).toBe(pool.idleCount)
    })

    test('even when nothing was asked of it since and the error was caught', async () => {
      const lost = sql.transaction(async (tx) => {
        const pid = await backend(tx)
        await tx.query('INSERT INTO answers (text) VALUES ($1)', ['lost'])
        await terminate(pid)
        await tx.query('SELECT 1').catch(() => undefined)
      })
      await expect(lost).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' })
      expect(await sql.query('SELECT text FROM answers')).toEqual([])
    })
  })

  test('ERR_STORE_COMMIT_UNKNOWN: a connection that ends before the commit is answered', async () => {
    const lost = sql.transaction(async (tx) => {
      await tx.query('INSERT INTO answers (text) VALUES ($1)', ['lost'])
      await terminate(await backend(tx))
    })
    await expect(lost).rejects.toMatchObject({ code: 'ERR_STORE_COMMIT_UNKNOWN' })
    expect(await sql.query('SELECT text FROM answers')).toEqual([])
    expect(pool.totalCount).toBe(pool.idleCount)
  })

  test('ERR_STORE_COMMIT_UNKNOWN: a commit that was made and whose answer was lost; repeating the spend tells', async () => {
    await linkStore(sql, acme).issue([linkRecord('d')], 0)
    const cut = postgresSql(failing('COMMIT', 'after', new Error('read ECONNRESET')))
    await expect(linkStore(cut, acme).spend(linkRecord('d'), spend)).rejects.toMatchObject({
      code: 'ERR_STORE_COMMIT_UNKNOWN',
    })
    expect(await linkStore(sql, acme).spend(linkRecord('d'), spend)).toBe('repeated')
  })

  test('ERR_STORE_COMMIT_UNKNOWN: a write by itself whose answer was lost; a read is only unavailable', async () => {
    const error = Object.assign(new Error('terminating connection'), { code: '57P01' })
    await expect(
      postgresSql(failing('INSERT', 'after', error)).query(`INSERT INTO answers VALUES ('a')`),
    ).rejects.toMatchObject({
      code: 'ERR_STORE_COMMIT_UNKNOWN',
    })
    await expect(postgresSql(failing('SELECT', 'before', error)).query('SELECT 1')).rejects.toMatchObject({
      code: 'ERR_STORE_UNAVAILABLE',
    })
  })

  test.each(['SIGINT', 'SIGQUIT'] as const)(
    'a server that stops by %s in the middle of transactions keeps every acknowledged one, and no half',
    async (signal) => {
      const links = linkStore(sql, acme)
      const digests = Array.from({ length: 1000 }, (_, link) => `digest-${link}`)
      await links.issue(
        digests.map((digest) => linkRecord(digest)),
        0,
      )
      const acknowledged: string[] = []
      const unknown: string[] = []
      const submit = async (digest: string): Promise<void> => {
        try {
          await links.transaction(async (inner, tx) => {
            await inner.spend(linkRecord(digest), spend)
            await tx.query('INSERT INTO answers (text) VALUES ($1)', [digest])
          })
          acknowledged.push(digest)
        } catch (error) {
          const { code } = error as { code: string }
          expect(['ERR_STORE_UNAVAILABLE', 'ERR_STORE_COMMIT_UNKNOWN']).toContain(code)
          if (code === 'ERR_STORE_COMMIT_UNKNOWN') unknown.push(digest)
        }
      }
      const submissions = Promise.all(digests.map(submit))
      while (acknowledged.length < 20) await new Promise((resolve) => setImmediate(resolve))
      await server.stop(signal)
      await submissions
      expect(acknowledged.length).toBeLessThan(digests.length)
      await expect(links.find(linkRecord('digest-0'))).rejects.toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' })

      await server.start()
      const used = await sql.query('SELECT digest FROM surveyseal_links WHERE uses_left = 0 ORDER BY digest')
      const noted = await sql.query('SELECT digest FROM surveyseal_link_spends ORDER BY digest')
      const answered = await sql.query('SELECT text AS digest FROM answers ORDER BY digest')
      expect(noted).toEqual(used)
      expect(answered).toEqual(used)
      const kept = used.map(({ digest }) => String(digest))
      expect(kept).toEqual(expect.arrayContaining(acknowledged))
      expect(kept.filter((digest) => !acknowledged.includes(digest) && !unknown.includes(digest))).toEqual([])
    },
  )

  describe('transactions that get in each other’s way', () => {
    /** Resolves for everyone once `count` have arrived. */
    function meeting(count: number): () => Promise<void> {
      let arrived = 0
      let open = () => {}
      const all = new Promise<void>((resolve) => {
        open = resolve
      })
      return () => {
        arrived += 1
        if (arrived === count) open()
        return all
      }
    }

    test.each(['repeatable read', 'serializable'])('at %s are tried again until all are done', async (isolation) => {
      const strict = openPool(withSetting(`default_transaction_isolation=${isolation.replace(' ', '\\ ')}`))
      const links = linkStore(postgresSql(strict), acme)
      await links.issue([linkRecord('d', { usesLeft: 5 })], 0)
      const meet = meeting(8)
      let runs = 0
      const submit = (idempotencyKey: string) =>
        links.transaction(async (inner) => {
          runs += 1
          // From here on each sees the link as it was before any of the others.
          await inner.find(linkRecord('d'))
          await meet()
          return inner.spend(linkRecord('d'), { idempotencyKey, at: 1 })
        })
      const outcomes = await Promise.all(Array.from({ length: 8 }, (_, racer) => submit(`${racer}`)))
      expect(outcomes.filter((outcome) => outcome === 'spent')).toHaveLength(5)
      expect((await links.find(linkRecord('d')))?.usesLeft).toBe(0)
      expect(runs).toBeGreaterThan(8)
      await strict.end()
    })

    test('and lock each other are tried again', async () => {
      await sql.query(`INSERT INTO answers (text) VALUES ('a'), ('b')`)
      const meet = meeting(2)
      let runs = 0
      const lockBoth = (first: string, second: string) =>
        sql.transaction(async (tx) => {
          runs += 1
          await tx.query('UPDATE answers SET text = text WHERE text = $1', [first])
          await meet()
          await tx.query('UPDATE answers SET text = text WHERE text = $1', [second])
        })
      await Promise.all([lockBoth('a', 'b'), lockBoth('b', 'a')])
      expect(runs).toBe(3)
    })

    test('ERR_STORE_CONFLICT: after ten times it is the caller’s turn', async () => {
      const error = Object.assign(new Error('could not serialize access'), { code: '40001' })
      let runs = 0
      const attempt = postgresSql(failing('COMMIT', 'before', error)).transaction(async (tx) => {
        runs += 1
        await tx.query('INSERT INTO answers (text) VALUES ($1)', ['never'])
      })
      await expect(attempt).rejects.toMatchObject({ code: 'ERR_STORE_CONFLICT' })
      expect(runs).toBe(10)
      expect(await sql.query('SELECT text FROM answers')).toEqual([])
    })
  })

  describe('in a transaction of the host', () => {
    test('spend and answer are kept together', async () => {
      await linkStore(sql, acme).issue([linkRecord('d')], 0)
      const client = await pool.connect()
      const links = linkStore(postgresTransaction(client), acme)
      for (const end of ['ROLLBACK', 'COMMIT']) {
        await client.query('BEGIN')
        const outcome = await links.transaction(async (inner, tx) => {
          await tx.query('INSERT INTO answers (text) VALUES ($1)', [end])
          return inner.spend(linkRecord('d'), spend)
        })
        expect(outcome).toBe('spent')
        await client.query(end)
      }
      client.release()
      expect(await sql.query('SELECT text FROM answers')).toEqual([{ text: 'COMMIT' }])
      expect(await linkStore(sql, acme).spend(linkRecord('d'), spend)).toBe('repeated')
    })

    test('ERR_STORE_CONFLICT is the host’s to try again, with all it did', async () => {
      const error = Object.assign(new Error('could not serialize access'), { code: '40001' })
      let runs = 0
      const tx = postgresTransaction({
        query: async () => {
          runs += 1
          throw error
        },
      })
      await expect(tx.query('SELECT 1')).rejects.toMatchObject({ code: 'ERR_STORE_CONFLICT' })
      expect(runs).toBe(1)
    })
  })

  test('a driver that does not tell how many rows changed is refused, for none would be taken for refusals', async () => {
    const answering = (result: object) =>
      postgresTransaction({ query: async () => ({ rows: [], fields: [], ...result }) }).execute('UPDATE t SET a = 1')
    expect(await answering({ rowCount: 2 })).toBe(2)
    expect(await answering({ affectedRows: 2 })).toBe(2)
    expect(await answering({ rowCount: null })).toBe(0)
    await expect(answering({})).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' })
  })

  test('a connection whose rollback failed is not lent again', async () => {
    const error = new Error('Query read timeout')
    const failure = new Error('the host changed its mind')
    const attempt = postgresSql(failing('ROLLBACK', 'before', error)).transaction(async (tx) => {
      await tx.query('INSERT INTO answers (text) VALUES ($1)', ['lost'])
      throw failure
    })
    await expect(attempt).rejects.toBe(failure)
    expect(pool.totalCount).toBe(0)
    expect(await sql.query('SELECT text FROM answers')).toEqual([])
  })

  test('ERR_STORE_READ_ONLY: a server that takes no writes', async () => {
    const standby = openPool(withSetting(`default_transaction_read_only=on`))
    const links = linkStore(postgresSql(standby), acme)
    await expect(links.issue([linkRecord('d')], 0)).rejects.toMatchObject({ code: 'ERR_STORE_READ_ONLY' })
    expect(await links.find(linkRecord('d'))).toBeNull()
    await standby.end()
  })

  test('ERR_STORE_BUSY: a row that another transaction does not let go', async () => {
    const hasty = openPool(withSetting(`lock_timeout=50`))
    await linkStore(sql, acme).issue([linkRecord('d')], 0)
    await sql.transaction(async (tx) => {
      await linkStore(tx, acme).revoke({ survey: 'nps' }, 1)
      const waiting = linkStore(postgresSql(hasty), acme).spend(linkRecord('d'), spend)
      await expect(waiting).rejects.toMatchObject({ code: 'ERR_STORE_BUSY' })
    })
    await hasty.end()
  })

  test('ERR_STORE_BUSY: a statement that takes longer than it may, which is then surely undone', async () => {
    const hasty = openPool(withSetting(`statement_timeout=50`))
    await expect(postgresSql(hasty).query(`INSERT INTO answers SELECT 'slow' FROM pg_sleep(5)`)).rejects.toMatchObject({
      code: 'ERR_STORE_BUSY',
    })
    await hasty.end()
  })

  test('ERR_STORE_FULL: a disk that is full', async () => {
    const error = Object.assign(new Error('could not extend file'), { code: '53100' })
    const links = linkStore(postgresSql(failing('INSERT', 'before', error)), acme)
    await expect(links.issue([linkRecord('d')], 0)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
  })

  test('ERR_STORE_UNAVAILABLE: nobody listens, or nobody is let in; the message says nothing of where or who', async () => {
    for (const refused of [
      { ...connection, port: 1 },
      { ...connection, database: 'nowhere_4711' },
    ]) {
      const unreachable = openPool(refused)
      const error = await postgresSql(unreachable)
        .query(`INSERT INTO answers VALUES ('a')`)
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'ERR_STORE_UNAVAILABLE' })
      expect(String(error)).not.toMatch(/4711|127|test/)
      await unreachable.end()
    }
  })

  test('ERR_STORE_VALUE_OUT_OF_RANGE: a column of a type that is none of the interface', async () => {
    await expect(sql.query('SELECT true AS flag')).rejects.toMatchObject({ code: 'ERR_STORE_VALUE_OUT_OF_RANGE' })
    await expect(sql.query('SELECT now() AS instant')).rejects.toMatchObject({ code: 'ERR_STORE_VALUE_OUT_OF_RANGE' })
  })

  describe('with statements kept prepared', () => {
    test('spends, repeats and refuses alike, and the server has parsed each text once', async () => {
      const one = openPool({ ...connection, max: 1 })
      const prepared = postgresSql(one, { preparedStatements: true })
      const links = linkStore(prepared, acme)
      await links.issue([linkRecord('d'), linkRecord('e')], 0)
      for (const digest of ['d', 'e']) {
        expect(await links.spend(linkRecord(digest), spend)).toBe('spent')
        expect(await links.spend(linkRecord(digest), spend)).toBe('repeated')
        expect(await links.spend(linkRecord(digest), { ...spend, idempotencyKey: 'other' })).toBe('refused')
      }
      const kept = await prepared.query('SELECT name, statement FROM pg_prepared_statements')
      const texts = kept.map(({ statement }) => String(statement))
      expect(texts.filter((text) => text.startsWith('UPDATE') && text.includes('uses_left - 1'))).toHaveLength(1)
      expect(new Set(texts).size).toBe(texts.length)
      expect(kept.every(({ name }) => /^surveyseal_[\w-]{43}$/.test(String(name)))).toBe(true)
      await one.end()
    })

    test('a host that writes values into its texts does not fill the server with them', async () => {
      const one = openPool({ ...connection, max: 1 })
      const prepared = postgresSql(one, { preparedStatements: true })
      for (let at = 0; at < 300; at++) expect(await prepared.query(`SELECT ${at} AS n`)).toEqual([{ n: at }])
      const [row] = await prepared.query('SELECT COUNT(*) AS kept FROM pg_prepared_statements')
      expect(row).toEqual({ kept: 256 })
      await one.end()
    })

    test('an option that is no boolean is refused', () => {
      expect(() => postgresSql(pool, { preparedStatements: 'yes' as never })).toThrow(TypeError)
    })
  })

  test('a host that reads bigint as BigInt or as number changes nothing', async () => {
    for (const parse of [BigInt, Number]) {
      const types = { getTypeParser: (oid: number) => (oid === 20 ? parse : pg.types.getTypeParser(oid)) }
      const own = openPool({ ...connection, types: types as never })
      expect(await postgresSql(own).query('SELECT 42::bigint AS n, NULL::bigint AS nothing')).toEqual([
        { n: 42, nothing: null },
      ])
      await own.end()
    }
  })
})
