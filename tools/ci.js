// The gates, one after another. A gate is a command that must exit 0; the tests count one by one.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { findChromium } from './chromium.js'
import { bin, root } from './workspace.js'

const report = '.ci/out/tests.json'
const node = process.execPath

/** @type {[name: string, command: string, args: string[]][]} */
const gates = [
  ['the rest installed', node, ['tools/setup.js', '--all']],
  ['lint', bin('biome'), ['ci', '--colors=off', '--error-on-warnings', '.']],
  ['types of tests and tools', node, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json']],
  ['unused files, exports and dependencies', bin('knip'), []],
  ['tracked files', node, ['tools/check-tracked.js']],
  ['packaging', node, ['tools/check-packages.js']],
  ['fresh project', node, ['tools/check-consumer.js']],
  ['bundle sizes', node, ['tools/check-sizes.js']],
  ['error codes', node, ['tools/check-errors.js']],
  ['linkages', node, ['tools/check-linkage.js']],
  ['specification', node, ['tools/check-specification.js']],
  ['risk tables', node, ['tools/check-risk.js']],
  ['documentation', node, ['tools/check-docs.js']],
  ['examples', node, ['tools/check-examples.js']],
  ['benchmarks run', node, ['bench/run.js', '--quick', '--json']],
  ['survey app journey', 'npm', ['start', '-s', '--', '--once']],
  ['working tree unchanged', node, ['tools/check-clean.js']],
]

/** @returns {{ status: number, seconds: number }} */
function run(command, args) {
  const started = Date.now()
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CI: 'true' },
  })
  return { status: status ?? 1, seconds: Math.round((Date.now() - started) / 1000) }
}

function tests() {
  rmSync(report, { force: true })
  mkdirSync('.ci/out', { recursive: true })
  const { status } = run('npm', ['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  // Without a report the tests never started: the installation or the build failed.
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const counts = JSON.parse(readFileSync(report, 'utf8'))
  const failed = status === 0 ? counts.numFailedTests : Math.max(counts.numFailedTests, 1)
  return { passed: counts.numPassedTests, failed, skipped: counts.numPendingTests + counts.numTodoTests }
}

process.chdir(root)
const total = tests()
if (findChromium() === null) {
  process.stdout.write('\nno Chromium: the browser tests were left out\n')
  total.skipped += 1
}
for (const [name, command, args] of gates) {
  process.stdout.write(`\n=== ${name}\n`)
  const { status, seconds } = run(command, args)
  process.stdout.write(`=== ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)\n`)
  if (status === 0) total.passed += 1
  else total.failed += 1
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
// A skipped test proves nothing; here everything a test needs is installed.
process.exitCode = total.failed === 0 && total.skipped === 0 ? 0 : 1
