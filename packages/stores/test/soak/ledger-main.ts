// npm run soak:ledger -- [--events 100000] [--engine SQLite|PostgreSQL] [--kills 100]
import { parseArgs } from 'node:util'
import { buildChildren } from '../support/children.js'
import { type Engine, engines } from '../support/engines.js'
import { type LedgerSoakReport, runLedgerSoak } from './run-ledger-soak.js'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '100' },
    engine: { type: 'string' },
  },
})
const [processes, wanted] = [4, Number(values.events)]
const events = wanted - (wanted % processes)
const children = await buildChildren()
try {
  for (const engine of engines()) {
    if (values.engine !== undefined && values.engine !== engine.name) continue
    await engine.start()
    try {
      const report = await soak(engine, { events, kills: Number(values.kills) })
      print(engine.name, report)
      if (!holds(report) || report.size !== events) process.exitCode = 1
      const control = await soak(engine, { events: Math.min(events, 1000), kills: 0, broken: true })
      print(`${engine.name}, negative control`, control)
      // A race that cannot catch the wrong store proves nothing about the right one.
      if (control.lost.length === 0) process.exitCode = 1
    } finally {
      await engine.stop()
    }
  }
} finally {
  children.remove()
}

async function soak(engine: Engine, course: { events: number; kills: number; broken?: boolean }) {
  const database = await engine.database()
  try {
    return await runLedgerSoak({ ...course, processes, database, children })
  } finally {
    await database.close()
  }
}

function holds({ lost, surplus, verdict, brokenProofs }: LedgerSoakReport): boolean {
  return lost.length === 0 && surplus === 0 && verdict === 'verified' && brokenProofs === 0
}

function print(name: string, report: LedgerSoakReport): void {
  const { size, acknowledged, seconds, kills, failures, lost, surplus, verdict } = report
  const lines = [
    `${name}: ${holds(report) ? 'nothing lost' : 'NOT KEPT'}, ${verdict}`,
    `  ${size} entries of ${processes} processes in ${seconds.toFixed(1)} s, ${acknowledged} acknowledged`,
    `  ${kills} processes killed, failures ${JSON.stringify(failures)}`,
    `  acknowledged and not in their place: ${lost.length}; surplus: ${surplus}`,
    `  ${report.checkpoints} checkpoints held against the log; proofs: ${report.proofs}, broken: ${report.brokenProofs}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
