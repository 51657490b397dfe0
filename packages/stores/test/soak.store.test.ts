import { expect, test } from 'vitest'
import { runSoak, type SoakReport } from './soak/run-soak.js'
import { childrenPerSuite, onEngines } from './support/suites.js'

// The same as `npm run soak`, at one hundredth of its size.
onEngines('eight processes', (engine) => {
  const children = childrenPerSuite()

  async function soak(options: { links: number; kills: number; broken?: boolean }): Promise<SoakReport> {
    const { links, ...rest } = options
    const database = await engine.database()
    try {
      return await runSoak({ plan: { seed: 1, links, processes: 8 }, database, children, ...rest })
    } finally {
      await database.close()
    }
  }

  test('that race for 1,000 links and are killed meanwhile spend each as one would', async () => {
    const report = await soak({ links: 1000, kills: 12 })
    expect(report).toMatchObject({ unexplained: [], overspent: [], withoutAnswer: 0 })
    expect(report.kills).toBe(12)
    expect(report.operations).toBeGreaterThan(8 * 1000)
  }, 900_000)

  test('on a store that reads and then writes are found out', async () => {
    const report = await soak({ links: 200, kills: 0, broken: true })
    expect(report.unexplained.length).toBeGreaterThan(0)
    expect(report.overspent.length).toBeGreaterThan(0)
  }, 900_000)
})
