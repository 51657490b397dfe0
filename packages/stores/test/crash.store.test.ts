import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { linkStore } from '../src/link-store.js'
import { migrate } from '../src/migrate.js'
import { buildChildren, type Child, type Children } from './support/children.js'
import { engines, type TestDatabase } from './support/engines.js'
import { linkRecord } from './support/links.js'

const links = 150
const digests = Array.from({ length: links }, (_, link) => `digest-${link}`)

describe.each(engines().map((engine) => [engine.name, engine] as const))('several processes on %s', (_name, engine) => {
  let database: TestDatabase
  let children: Children

  beforeAll(async () => {
    await engine.start()
    children = await buildChildren()
  })
  afterAll(async () => {
    children.remove()
    await engine.stop()
  })
  beforeEach(async () => {
    database = await engine.database()
    await migrate(database.sql)
    await database.sql.query('CREATE TABLE answers (link TEXT NOT NULL, who TEXT NOT NULL)')
    await linkStore(database.sql, { tenant: 'acme' }).issue(
      digests.map((digest) => linkRecord(digest)),
      0,
    )
  })
  afterEach(() => database.close())

  const spend = (who: string): Child => children.spawn('spend', { args: [database.target, who, links] })

  /** Links that are used up, links whose spend is noted, links with an answer: whole transactions make all three equal. */
  async function kept(): Promise<readonly string[][]> {
    const { sql } = database
    const used = await sql.query('SELECT digest FROM surveyseal_links WHERE uses_left = 0 ORDER BY digest')
    const noted = await sql.query('SELECT digest FROM surveyseal_link_spends ORDER BY digest')
    const answered = await sql.query('SELECT link AS digest FROM answers ORDER BY digest')
    return [used, noted, answered].map((rows) => rows.map(({ digest }) => String(digest)))
  }

  test('of two that race for the same links each link is spent exactly once', async () => {
    const racers = ['ada', 'bob', 'cyd'].map(spend)
    for (const racer of racers) expect(await racer.exit, racer.errors()).toBe(0)
    const all = [...digests].sort()
    expect(racers.flatMap(({ lines }) => lines.slice(1)).sort()).toEqual(all)
    expect(await kept()).toEqual([all, all, all])
    const { length: winners } = racers.filter(({ lines }) => lines.length > 1)
    expect(winners).toBeGreaterThan(1)
  })

  test('after kill -9 every acknowledged spend is there and none is half written', async () => {
    for (const after of [1, 15, 45]) {
      const child = spend(`killed after ${after}`)
      const before = (await kept())[0] ?? []
      while (child.lines.length <= after && child.process.exitCode === null) {
        await new Promise((resolve) => setImmediate(resolve))
      }
      child.process.kill('SIGKILL')
      await child.exit
      const acknowledged = child.lines.slice(1)
      expect(acknowledged.length, child.errors()).toBeGreaterThanOrEqual(after)

      const [used = [], noted, answered] = await kept()
      expect(noted).toEqual(used)
      expect(answered).toEqual(used)
      expect(used).toEqual(expect.arrayContaining(acknowledged))
      // At most the one transaction that was committed but not yet acknowledged.
      expect(used.length - before.length - acknowledged.length).toBeLessThanOrEqual(1)
    }
  })
})
