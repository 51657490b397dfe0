// npm run soak -- [--links 100000] [--engine SQLite|PostgreSQL] [--kills 100] [--seed 1]
import { parseArgs } from 'node:util'
import { buildChildren } from '../support/children.js'
import { type Engine, engines } from '../support/engines.js'
import { runSoak, type SoakReport } from './run-soak.js'

const { values } = parseArgs({
  options: {
    links: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    engine: { type: 'string' },
  },
})
const plan = { seed: Number(values.seed), links: Number(values.links), processes: 8 }
const children = await buildChildren()
try {
  for (const engine of engines()) {
    if (values.engine !== undefined && values.engine !== engine.name) continue
    await engine.start()
    try {
      const report = await soak(engine, { plan, kills: Number(values.kills) })
      print(engine.name, report)
      if (!holds(report)) process.exitCode = 1
      const control = await soak(engine, {
        plan: { ...plan, links: Math.min(plan.links, 1000) },
        kills: 0,
        broken: true,
      })
      print(`${engine.name}, negative control`, control)
      // A race that cannot catch the wrong store proves nothing about the right one.
      if (control.unexplained.length === 0) process.exitCode = 1
    } finally {
      await engine.stop()
    }
  }
} finally {
  children.remove()
}

type Course = Omit<Parameters<typeof runSoak>[0], 'database' | 'children'>

async function soak(engine: Engine, course: Course): Promise<SoakReport> {
  const database = await engine.database()
  try {
    return await runSoak({ ...course, database, children })
  } finally {
    await database.close()
  }
}

function holds({ unexplained, overspent, withoutAnswer }: SoakReport): boolean {
  return unexplained.length === 0 && overspent.length === 0 && withoutAnswer === 0
}

function print(name: string, report: SoakReport): void {
  const { unexplained, overspent, withoutAnswer, failures } = report
  const lines = [
    `${name}: ${holds(report) ? 'linearizable' : 'NOT LINEARIZABLE'} (seed ${plan.seed})`,
    `  ${report.operations} operations of ${plan.processes} processes in ${report.seconds.toFixed(1)} s, ${report.spent} spent`,
    `  ${report.kills} processes killed, ${report.pending} operations never answered, failures ${JSON.stringify(failures)}`,
    `  links no order explains: ${unexplained.length} ${JSON.stringify(unexplained.slice(0, 10))}`,
    `  links with more answers than uses: ${overspent.length}; acknowledged without exactly one answer: ${withoutAnswer}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
