import { expect, test } from 'vitest'
import { type LedgerSoakReport, runLedgerSoak } from './soak/run-ledger-soak.js'
import { childrenPerSuite, onEngines } from './support/suites.js'

// The same as `npm run soak:ledger`, at one hundredth of its size.
onEngines('four processes', (engine) => {
  const children = childrenPerSuite()

  async function soak(options: { events: number; kills: number; broken?: boolean }): Promise<LedgerSoakReport> {
    const database = await engine.database()
    try {
      return await runLedgerSoak({ ...options, processes: 4, database, children })
    } finally {
      await database.close()
    }
  }

  test('that append 1,000 events and are killed at random leave a log that verifies, with nothing acknowledged lost', async () => {
    const report = await soak({ events: 1000, kills: 6 })
    expect(report).toMatchObject({ size: 1000, lost: [], surplus: 0, verdict: 'verified', brokenProofs: 0 })
    expect(report.kills).toBeGreaterThan(0)
    expect(report.acknowledged).toBe(1000)
  }, 900_000)

  test('on a store that acknowledges what it did not keep are found out', async () => {
    const report = await soak({ events: 1000, kills: 0, broken: true })
    expect(report.lost.length).toBeGreaterThan(0)
  }, 900_000)
})
