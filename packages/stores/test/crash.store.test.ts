import { beforeEach, expect, test } from 'vitest'
import { linkStore } from '../src/link-store.js'
import { type Child, letGo } from './support/children.js'
import { linkRecord } from './support/links.js'
import { childrenPerSuite, databasePerTest, onEngines } from './support/suites.js'

onEngines('several processes', (engine) => {
  const database = databasePerTest(engine)
  const children = childrenPerSuite()

  beforeEach(async () => {
    await database.sql.query('CREATE TABLE answers (link TEXT NOT NULL, who TEXT NOT NULL)')
  })

  async function issue(name: string, count: number): Promise<readonly string[]> {
    const digests = Array.from({ length: count }, (_, link) => `${name}-${link}`)
    const records = digests.map((digest) => linkRecord(digest))
    await linkStore(database.sql, { tenant: 'acme' }).issue(records, 0)
    return digests
  }

  /** Starts them all, waits until each is ready, and lets them go at once, each from a place of its own. */
  async function race(names: readonly string[], digests: readonly string[]): Promise<readonly Child[]> {
    const racers = names.map((who, racer) => {
      const start = Math.floor((racer * digests.length) / names.length)
      const rotated = [...digests.slice(start), ...digests.slice(0, start)]
      return children.spawn('spend', { args: [database.target, who, rotated] })
    })
    await letGo(racers)
    return racers
  }

  /** Links that are used up, links whose spend is noted, links with an answer: whole transactions make all three equal. */
  async function kept(): Promise<readonly string[][]> {
    const { sql } = database
    const used = await sql.query('SELECT digest FROM surveyseal_links WHERE uses_left = 0 ORDER BY digest')
    const noted = await sql.query('SELECT digest FROM surveyseal_link_spends ORDER BY digest')
    const answered = await sql.query('SELECT link AS digest FROM answers ORDER BY digest')
    return [used, noted, answered].map((rows) => rows.map(({ digest }) => String(digest)))
  }

  test('of three that race for the same links each link is spent exactly once', async () => {
    const digests = await issue('link', 200)
    const racers = await race(['ada', 'bob', 'cyd'], digests)
    for (const racer of racers) expect(await racer.exit, racer.errors()).toBe(0)
    const all = [...digests].sort()
    expect(racers.flatMap(({ lines }) => lines.slice(1)).sort()).toEqual(all)
    expect(await kept()).toEqual([all, all, all])
    expect(racers.filter(({ lines }) => lines.length > 1).length).toBeGreaterThan(1)
  })

  test('after kill -9 every acknowledged spend is there and none is half written', async () => {
    for (const after of [1, 15, 45]) {
      const digests = await issue(`killed-after-${after}`, 300)
      const [child] = (await race(['ada'], digests)) as [Child]
      await child.printed(1 + after)
      child.process.kill('SIGKILL')
      await child.exit
      const acknowledged = child.lines.slice(1)
      expect(acknowledged.length, child.errors()).toBeGreaterThanOrEqual(after)

      const [used = [], noted, answered] = await kept()
      expect(noted).toEqual(used)
      expect(answered).toEqual(used)
      const spent = used.filter((digest) => digests.includes(digest))
      expect(spent).toEqual(expect.arrayContaining(acknowledged))
      // At most the one transaction that was committed but not yet acknowledged.
      expect(spent.length - acknowledged.length).toBeLessThanOrEqual(1)
    }
  })
})
