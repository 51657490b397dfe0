// npm run bench -- [--only SUITE] [--case NAME] [--cpu] [--json] [--quick]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measureSuite, processorClock, wallClock } from './harness.js'
import { missed, table } from './table.js'

const suites = {
  tokens: () => import('./suites/tokens.js'),
  links: () => import('./suites/links.js'),
  consent: () => import('./suites/consent.js'),
  ledger: () => import('./suites/ledger.js'),
  core: () => import('./suites/core.js'),
}
const names = Object.keys(suites)
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    case: { type: 'string' },
    cpu: { type: 'boolean' },
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
  },
})
if (values.only !== undefined && !names.includes(values.only)) refuse(`--only knows ${names.join(', ')}`)
if (values.case !== undefined && values.only === undefined) refuse('--case needs --only SUITE')
process.exitCode = values.only === undefined ? runEach() : await run(values.only)

/** Each in a process of its own: what one suite keeps in memory makes collecting another's garbage slower. */
function runEach() {
  const run = (name) =>
    spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...process.argv.slice(2), '--only', name], {
      stdio: 'inherit',
    })
  return Math.max(...names.map((name) => run(name).status ?? 1))
}

async function run(name) {
  const { [name]: suite } = await suites[name]()
  // Quick proves that every case runs; its figures mean little.
  const length = values.quick ? { rounds: 3, milliseconds: 20 } : { rounds: 15, milliseconds: 100 }
  const effort = { ...length, now: values.cpu ? processorClock : wallClock, only: values.case }
  const results = await measureSuite(suite, effort)
  if (results.length === 0) refuse(`${name} has no case of this name`)
  process.stdout.write(
    values.json ? results.map((each) => `${JSON.stringify(each)}\n`).join('') : table(suite, results) + missed(results),
  )
  return 0
}

function refuse(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
