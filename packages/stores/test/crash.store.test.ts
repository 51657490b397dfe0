import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { linkStore } from '../src/link-store.js'
import { migrate } from '../src/migrate.js'
import { buildChildren, type Child, type Children } from './support/children.js'
import { engines, type TestDatabase } from './support/engines.js'
import { linkRecord } from './support/links.js'

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
  })
  afterEach(() => database.close())

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
    for (const racer of racers) await linesOf(racer, 1)
    for (const { process } of racers) process.stdin.write('go\n')
    return racers
  }

  async function linesOf(child: Child, count: number): Promise<void> {
    while (child.lines.length < count && child.process.exitCode === null) {
      await new Promise((resolve) => setImmediate(resolve))
    }
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
      await linesOf(child, 1 + after)
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
