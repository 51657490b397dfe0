import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createLinkService } from '@surveyseal/links'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkStore } from '../src/link-store.js'
import { childrenPerSuite, databasePerTest, onEngines } from './support/suites.js'

const people = 2500
const scope = { tenant: 'acme', survey: 'nps', purpose: 'survey', baseUrl: 'https://feedback.example/s' }
const peppers = { current: { id: 'a', secret: new Uint8Array(32).fill(1) } }

onEngines('a batch', (engine) => {
  const children = childrenPerSuite()
  const database = databasePerTest(engine)
  let folder = ''

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'surveyseal-batch-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('killed again and again is resumed: every link written down opens, every invitee has exactly one live link', async () => {
    const file = join(folder, 'links.txt')
    const run = () => children.spawn('issue-batch', { args: [database.target, file, people] })
    let kills = 0
    for (const random of [0.05, 0.9, 0.4, 0.15, 0.7, 0.3]) {
      const child = run()
      await child.printed(1)
      await setTimeout(random * 150)
      child.process.kill('SIGKILL')
      if ((await child.exit) === null) kills += 1
      // A line that was cut off was not written down.
      const text = readFileSync(file, 'utf8')
      truncateSync(file, text.lastIndexOf('\n') + 1)
    }
    const last = run()
    expect(await last.exit, last.errors()).toBe(0)
    expect(kills).toBeGreaterThan(0)

    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(new Set(lines.map((line) => line.split(' ')[0])).size).toBe(people)
    expect(lines).toHaveLength(people)
    const links = createLinkService({ ...scope, store: linkStore(database.sql, scope), peppers })
    const opened = await Promise.all(lines.map((line) => links.open(line.split(' ')[1] ?? '')))
    for (const [at, state] of opened.entries()) {
      expect(state).toMatchObject({ state: 'usable', link: { respondent: lines[at]?.split(' ')[0] } })
    }
    const live = `SELECT COUNT(*) AS links, COUNT(DISTINCT respondent) AS people FROM surveyseal_links WHERE revoked_at IS NULL`
    expect({ ...(await database.sql.query(live))[0] }).toEqual({ links: people, people })
  })
})
