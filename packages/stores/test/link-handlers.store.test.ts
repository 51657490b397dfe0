import { createLinkService } from '@surveyseal/links'
import { AnswerRefused, createLinkHandlers, type LinkHandlers } from '@surveyseal/links/http'
import { beforeEach, expect, test } from 'vitest'
import { linkStore } from '../src/link-store.js'
import type { Sql } from '../src/sql.js'
import { databasePerTest, onEngines } from './support/suites.js'

const scope = { tenant: 'acme', survey: 'nps', purpose: 'survey', baseUrl: 'https://feedback.example/s' }
const secret = new Uint8Array(32).fill(7)

interface Site {
  readonly handlers: LinkHandlers
  /** What `onError` heard: codes alone. */
  readonly codes: unknown[]
  invite(): Promise<string>
}

/** One process of a host. */
function openSite(sql: Sql): Site {
  const codes: unknown[] = []
  const links = createLinkService({ ...scope, store: linkStore(sql, scope), peppers: { current: { id: 'a', secret } } })
  const handlers = createLinkHandlers({
    links,
    baseUrl: scope.baseUrl,
    accept: async (tx, { answer }) => {
      await tx.query('INSERT INTO answers (text) VALUES ($1)', [String(answer)])
      if (answer === 'refuse me') throw new AnswerRefused(['text'])
    },
    onError: (error) => codes.push((error as { code?: unknown }).code),
  })
  return {
    handlers,
    codes,
    async invite() {
      for await (const { token } of links.issue([{ respondent: crypto.randomUUID() }])) return token
      throw new Error('no link')
    },
  }
}

function send({ handlers }: Site, step: string, body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' }
  return handlers.fetch(
    new Request(`${scope.baseUrl}/${step}`, { method: 'POST', headers, body: JSON.stringify(body) }),
  )
}

async function keyFor(site: Site, token: string): Promise<string> {
  const { idempotencyKey } = (await (await send(site, 'claim', { token })).json()) as { idempotencyKey: string }
  return idempotencyKey
}

onEngines('links over HTTP', (engine) => {
  const database = databasePerTest(engine)

  beforeEach(async () => {
    await database.sql.query('CREATE TABLE answers (text TEXT NOT NULL)')
  })

  const answers = async (sql: Sql): Promise<unknown[]> =>
    (await sql.query('SELECT text FROM answers ORDER BY text')).map(({ text }) => text)

  test('of tabs and processes that submit at once one keeps its answer, and its repetitions say so', async () => {
    const sites = [openSite(database.sql), openSite(await database.another())] as const
    for (let round = 0; round < 10; round++) {
      const token = await sites[0].invite()
      const keys = await Promise.all([0, 1, 2, 3].map((tab) => keyFor(sites[tab % 2] ?? sites[0], token)))
      const replies = await Promise.all(
        keys.flatMap((idempotencyKey, tab) =>
          sites.map(async (site) => {
            const response = await send(site, 'submit', { token, idempotencyKey, answer: `${round}-${tab}` })
            return { tab, status: response.status, body: await response.text() }
          }),
        ),
      )
      const kept = replies.filter(({ status }) => status === 200)
      expect(new Set(kept.map(({ tab }) => tab)).size).toBe(1)
      expect(kept.map(({ body }) => body)).toEqual(Array(2).fill('{"outcome":"kept"}'))
      expect(replies.filter(({ status }) => status === 410)).toHaveLength(6)
    }
    expect(await answers(database.sql)).toHaveLength(10)
    expect(sites.flatMap(({ codes }) => codes)).toEqual([])
  })

  test('a refused answer leaves no row and a usable link', async () => {
    const site = openSite(database.sql)
    const token = await site.invite()
    const idempotencyKey = await keyFor(site, token)
    expect((await send(site, 'submit', { token, idempotencyKey, answer: 'refuse me' })).status).toBe(422)
    expect(await answers(database.sql)).toEqual([])
    expect((await send(site, 'submit', { token, idempotencyKey, answer: 'fine' })).status).toBe(200)
    expect(await answers(database.sql)).toEqual(['fine'])
  })

  test('a database that fails between claim and submit loses nothing: 503, and the same key works elsewhere', async () => {
    const doomed = await database.another()
    const site = openSite(doomed)
    const token = await site.invite()
    const idempotencyKey = await keyFor(site, token)
    const submission = { token, idempotencyKey, answer: 'patience' }
    // The tables are renamed under the process: every statement of it fails, as with a database that is being moved.
    await database.sql.query('ALTER TABLE answers RENAME TO moved')
    const failed = await send(site, 'submit', submission)
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await failed.json()).toEqual({ outcome: 'unavailable' })
    expect(site.codes).toEqual([expect.stringMatching(/^ERR_STORE_/)])
    await database.sql.query('ALTER TABLE moved RENAME TO answers')
    const other = openSite(database.sql)
    expect((await send(other, 'submit', submission)).status).toBe(200)
    expect((await send(site, 'submit', submission)).status).toBe(200)
    expect(await answers(database.sql)).toEqual(['patience'])
  })
})
