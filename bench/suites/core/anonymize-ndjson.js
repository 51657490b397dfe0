// A file of 50,000 customer records, read, anonymised and written by a program of its own each time.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { repeatAsync } from '../../harness.js'
import { customers, SENTENCE } from './customers.js'

const RECORDS = 50_000
const execute = promisify(execFile)
const command = fileURLToPath(new URL('../../../packages/cli/dist/main.js', import.meta.url))
const byHand = fileURLToPath(new URL('ndjson-by-hand.js', import.meta.url))

/** @type {import('../../harness.js').Part} */
export const anonymizeNdjson = {
  unit: 'records/s',
  cases: ['parse, mask, stringify by hand', 'anonymize-ndjson'],
  async prepare() {
    const directory = await mkdtemp(join(tmpdir(), 'surveyseal-bench-'))
    const [input, out] = ['records.ndjson', 'out.ndjson'].map((name) => join(directory, name))
    const records = customers(RECORDS)
    await writeFile(input, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
    const reference = () => execute(process.execPath, [byHand, input, out])
    const subject = () => execute(process.execPath, [command, 'anonymize', input, '--policy', 'default', '--out', out])
    for (const run of [reference, subject]) {
      await run()
      await assertDone(out, records[0])
      await rm(out)
    }
    // The command does not write over a file.
    const removed = (run) => repeatAsync(() => run().then(() => rm(out)))
    return [
      {
        name: 'parse, mask, stringify by hand',
        operations: RECORDS,
        run: removed(reference),
        end: () => rm(directory, { recursive: true }),
      },
      {
        name: 'anonymize-ndjson',
        reference: 'parse, mask, stringify by hand',
        limit: { of: 'ratio', atLeast: 0.9 },
        operations: RECORDS,
        run: removed(subject),
      },
    ]
  },
}

async function assertDone(out, record) {
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n')
  const [first] = lines.map((line) => JSON.parse(line))
  assert.equal(lines.length, RECORDS)
  assert.deepEqual([first.reviewComment, first.csat], [SENTENCE, record.csat])
}
