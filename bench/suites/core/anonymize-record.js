// One customer record of 26 fields at a time: 15 overwritten, 11 retained.
import assert from 'node:assert/strict'
import { compilePolicy, defaultPolicy } from '@surveyseal/core/anonymize'
import fastRedact from 'fast-redact'
import { overAll } from '../../harness.js'
import { customers, identifying, overwritten } from './customers.js'

const reference = 'spread-copy'
const program = { parsed: true, functionConstructor: Function }

/** @type {import('../../harness.js').Part} */
export const anonymizeRecord = {
  unit: 'records/s',
  cases: [reference, 'anonymize-record', 'anonymize-record, closures', 'anonymize-record, not parsed', 'fast-redact'],
  async prepare() {
    const records = customers(1024)
    return [
      { name: reference, run: overAll(records, overwritten) },
      { ...applied('anonymize-record', records, program), limit: { of: 'ratio', atLeast: 0.3 } },
      applied('anonymize-record, closures', records, { parsed: true }),
      applied('anonymize-record, not parsed', records, {}),
      redacted(records),
    ]
  },
}

/** Default-deny, a fresh random e-mail address for every record, and a report of every change. */
function applied(name, records, options) {
  const policy = compilePolicy(defaultPolicy('en'), options)
  const { record, changes } = policy.apply(records[0])
  assert.deepEqual(Object.keys(record), Object.keys(records[0]))
  assert.deepEqual(changes.map(({ field }) => field).sort(), [...identifying].sort())
  return { name, reference, run: overAll(records, (each) => policy.apply(each)) }
}

/** A redactor of logs: the same fields overwritten in place by one text, and restored, because it does not copy. */
function redacted(records) {
  const redact = fastRedact({ paths: identifying, censor: '***', serialize: false })
  const apply = (record) => {
    redact(record)
    return redact.restore(record)
  }
  assert.equal(redact(records[0]).lastName, '***')
  assert.notEqual(redact.restore(records[0]).lastName, '***')
  return { name: 'fast-redact', reference, run: overAll(records, apply) }
}
