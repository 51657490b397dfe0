// Opaque links spent, with a row of the host in the same transaction, on both databases. Each link is spent once.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLinkService } from '@surveyseal/links'
import { linkStore, migrate } from '@surveyseal/stores'
import { postgresSql } from '@surveyseal/stores/postgres'
import { openSqlite } from '@surveyseal/stores/sqlite'
import pg from 'pg'
import { startPostgres } from '../../../tools/postgres-server.js'
import { repeatAsync } from '../../harness.js'
import { digests } from './redeem/digests.js'
import { rawPostgres } from './redeem/raw-postgres.js'
import { rawSqlite } from './redeem/raw-sqlite.js'

const scope = { tenant: 'demo', survey: 'air', purpose: 'survey' }
const baseUrl = 'https://survey.example/s'
const body = '{"score":9,"text":"fast and kind"}'
const secret = randomBytes(32)
// More than any machine spends in one measurement, which takes 100 ms.
const READY = 2048
// A service runs for days; what is measured is not how its first requests are compiled.
const WARM = 1000
const settings = {
  sqlite: { relaxed: 'PRAGMA synchronous = OFF', durable: 'PRAGMA synchronous = FULL' },
  postgres: { relaxed: 'SET synchronous_commit = off', durable: 'SET synchronous_commit = on' },
}

/** @returns {Promise<import('../../harness.js').Case[]>} */
export async function redeemCases() {
  return [...(await onSqlite()), ...(await onPostgres())]
}

async function onSqlite() {
  const directory = mkdtempSync(join(tmpdir(), 'surveyseal-bench-'))
  const open = async (name) => {
    const file = join(directory, name)
    const [database, filling] = [await openSqlite(file), await openSqlite(file)]
    await makeTables(database)
    return { file, database, links: supply(filling), end: () => Promise.all([database.close(), filling.close()]) }
  }
  const [subject, reference] = [await open('subject.db'), await open('reference.db')]
  const raw = rawSqlite(await sqliteDriver(), reference.file)
  const cases = await redemptions('sqlite', { subject, reference: { ...reference, ...raw } })
  const end = async () => {
    await raw.end()
    await Promise.all([subject.end(), reference.end()])
    rmSync(directory, { recursive: true, force: true })
  }
  return withEnd(cases, end)
}

async function onPostgres() {
  const server = await startPostgres({ durable: true }).catch((error) => {
    process.stderr.write(`redeem-postgres is left out: ${error.message}\n`)
  })
  if (server === undefined) return []
  const pools = []
  const open = async () => {
    const connection = await server.createSchema()
    const pool = new pg.Pool({ ...connection, max: 1 })
    // The server may stop before the last connection has said goodbye.
    pool.on('error', () => undefined)
    pools.push(pool)
    const database = postgresSql(pool, { preparedStatements: true })
    await makeTables(database)
    return { connection, database, links: supply(database) }
  }
  try {
    const [subject, reference] = [await open(), await open()]
    const raw = await rawPostgres(reference.connection)
    const end = async () => {
      await Promise.all([raw.end(), ...pools.map((pool) => pool.end())])
      await server.remove()
    }
    return withEnd(await redemptions('postgres', { subject, reference: { ...reference, ...raw } }), end)
  } catch (error) {
    await server.remove()
    throw error
  }
}

/** The reference and the subject on one database each. */
async function redemptions(name, { subject, reference }) {
  const service = serviceOf(subject.database)
  const bySurveySeal = ({ url, idempotencyKey }) =>
    service.submit(url, {
      idempotencyKey,
      accept: async (tx) => {
        await tx.query('INSERT INTO answers (id, body) VALUES ($1, $2)', [randomUUID(), body])
      },
    })
  const { ofLink, suppressing } = digests(secret, scope)
  const byHand = ({ url, idempotencyKey }) => {
    const digest = ofLink(Buffer.from(url.slice(url.lastIndexOf('/') + 1), 'base64url'))
    const key = [...Object.values(scope), digest]
    return reference.redeem({ key, idempotencyKey, suppressing, id: randomUUID(), body })
  }
  await assertSpends(subject, async (link) => (await bySurveySeal(link)).outcome)
  await assertSpends(reference, byHand)
  await warmUp(subject, bySurveySeal, { ...settings[name], execute: (text) => subject.database.query(text) })
  await warmUp(reference, byHand, { ...settings[name], execute: reference.execute })
  const raw = `raw ${name} redemption`
  return [
    { name: raw, before: reference.links.fill, run: repeatAsync(() => byHand(reference.links.next())) },
    {
      name: `redeem-${name}`,
      limit: { of: 'ratio', atLeast: 0.9 },
      reference: raw,
      before: subject.links.fill,
      run: repeatAsync(() => bySurveySeal(subject.links.next())),
    },
  ]
}

/** Spent once with one answer, repeated by the same key, refused to another and to a suppressed person. */
async function assertSpends({ database, links }, redeem) {
  await links.fill()
  const [link, other] = [links.next(), links.next()]
  assert.equal(await redeem(link), 'spent')
  assert.equal(await redeem(link), 'repeated')
  assert.equal(await redeem({ ...link, idempotencyKey: other.idempotencyKey }), 'refused')
  const service = serviceOf(database)
  await service.revoke({ respondent: other.respondent, everywhere: true })
  await database.query('UPDATE surveyseal_links SET revoked_at = NULL')
  assert.equal(await redeem(other), 'refused')
  await service.reinstate({ respondent: other.respondent, everywhere: true })
  assert.equal(await redeem(other), 'spent')
  assert.equal((await database.query('SELECT id FROM answers')).length, 2)
}

async function warmUp({ links }, redeem, { relaxed, durable, execute }) {
  await execute(relaxed)
  await links.fill()
  for (let times = 0; times < WARM; times++) await redeem(links.next())
  await execute(durable)
}

/** Unspent links, issued outside of what is measured. */
function supply(database) {
  const service = serviceOf(database)
  const links = []
  return {
    async fill() {
      const invitations = Array.from({ length: READY - links.length }, () => ({ respondent: randomUUID() }))
      for await (const { url, respondent } of service.issue(invitations)) {
        links.push({ url, respondent, idempotencyKey: randomBytes(16).toString('base64url') })
      }
    },
    next() {
      const link = links.pop()
      if (link === undefined) throw new Error(`more than ${READY} links were spent in one measurement`)
      return link
    },
  }
}

function serviceOf(database) {
  const peppers = { current: { id: '2026', secret } }
  return createLinkService({ ...scope, peppers, baseUrl, store: linkStore(database, scope) })
}

async function makeTables(database) {
  await migrate(database)
  await database.query('CREATE TABLE answers (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL)')
}

/** The driver that `openSqlite` takes. */
async function sqliteDriver() {
  return process.getBuiltinModule?.('node:sqlite') ?? (await import('@photostructure/sqlite'))
}

/** One of the cases of a database ends it for all. */
function withEnd([first, ...others], end) {
  return [{ ...first, end }, ...others]
}
