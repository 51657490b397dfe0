// npm run bench -- [--only SUITE] [--json] [--quick]
import { parseArgs } from 'node:util'
import { measureSuite } from './harness.js'
import { anonymize } from './suites/anonymize.js'
import { consent } from './suites/consent.js'
import { disclosure } from './suites/disclosure.js'
import { ledger } from './suites/ledger.js'
import { links } from './suites/links.js'
import { tokens } from './suites/tokens.js'

const suites = [tokens, links, consent, ledger, anonymize, disclosure]
const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean' }, quick: { type: 'boolean' } },
})
const chosen = suites.filter(({ name }) => values.only === undefined || values.only === name)
if (chosen.length === 0) {
  process.stderr.write(`--only knows ${suites.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}

// Quick proves that every case runs; its figures mean little.
const effort = values.quick ? { rounds: 3, milliseconds: 20 } : { rounds: 15, milliseconds: 100 }
for (const suite of chosen) {
  const results = await measureSuite(suite, effort)
  process.stdout.write(
    values.json ? results.map((each) => `${JSON.stringify(each)}\n`).join('') : table(suite, results),
  )
}

function table({ name, unit }, results) {
  const rows = results.map(({ case: label, unit: own, value, reference, ratio }) => [
    label,
    Math.round(value).toLocaleString('en'),
    ratio === null ? (own === unit ? 'reference' : own) : `${ratio.toPrecision(3)} x ${reference}`,
  ])
  const width = (column) => Math.max(...rows.map((row) => row[column].length))
  const lines = rows.map(([label, value, ratio]) => `${label.padEnd(width(0))}  ${value.padStart(width(1))}  ${ratio}`)
  return `${name} (${unit})\n${lines.join('\n')}\n\n`
}
