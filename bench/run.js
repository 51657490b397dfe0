// npm run bench -- [--only SUITE] [--case NAME] [--cpu] [--json] [--quick]
import { parseArgs } from 'node:util'
import { measureSuite, processorClock, wallClock } from './harness.js'
import { consent } from './suites/consent.js'
import { core } from './suites/core.js'
import { ledger } from './suites/ledger.js'
import { links } from './suites/links.js'
import { tokens } from './suites/tokens.js'
import { missed, table } from './table.js'

const suites = [tokens, links, consent, ledger, core]
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    case: { type: 'string' },
    cpu: { type: 'boolean' },
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
  },
})
const chosen = suites.filter(({ name }) => values.only === undefined || values.only === name)
if (chosen.length === 0) refuse(`--only knows ${suites.map(({ name }) => name).join(', ')}`)
if (values.case !== undefined && values.only === undefined) refuse('--case needs --only SUITE')

// Quick proves that every case runs; its figures mean little.
const length = values.quick ? { rounds: 3, milliseconds: 20 } : { rounds: 15, milliseconds: 100 }
const effort = { ...length, now: values.cpu ? processorClock : wallClock, only: values.case }
const all = []
for (const suite of chosen) {
  const results = await measureSuite(suite, effort)
  if (results.length === 0) refuse(`${suite.name} has no case of this name`)
  process.stdout.write(
    values.json ? results.map((each) => `${JSON.stringify(each)}\n`).join('') : table(suite, results),
  )
  all.push(...results)
}
if (!values.json) process.stdout.write(missed(all))

function refuse(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
