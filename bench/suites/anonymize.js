// One customer record of 26 fields at a time: 15 overwritten, 11 retained.
import assert from 'node:assert/strict'
import { compilePolicy, defaultPolicy } from '@surveyseal/core/anonymize'
import fastRedact from 'fast-redact'

const sentence = 'This comment has been anonymised based on customer request'
const identifying = [
  ...['email', 'firstName', 'lastName', 'phone', 'followUpDetails', 'customerNumber', 'jobLevel', 'jobPosition'],
  ...['npsComment', 'commentTranslation', 'workflowComment', 'directReply', 'autoReply', 'reviewComment'],
  'additionalComment',
]

/** @type {import('../harness.js').Suite} */
export const anonymize = {
  name: 'anonymize',
  unit: 'records/s',
  async prepare() {
    const records = Array.from({ length: 1024 }, (_, index) => customer(index))
    return [
      spreadCopy(records),
      surveyseal(records, 'surveyseal apply', {}),
      surveyseal(records, 'surveyseal apply, parsed', { parsed: true }),
      surveyseal(records, 'surveyseal apply, parsed, Function', { parsed: true, functionConstructor: Function }),
      redacted(records),
    ]
  },
}

/**
 * The reference: the fields are known to whoever wrote the code, replacements are constants, nothing is checked or
 * reported. Faster than any program that reads a policy.
 */
function spreadCopy(records) {
  const apply = (record) => ({
    ...record,
    email: 'nobody@anonymized.invalid',
    firstName: '***',
    lastName: '***',
    phone: '***',
    followUpDetails: '***',
    customerNumber: '***',
    jobLevel: '*',
    jobPosition: '--',
    npsComment: sentence,
    commentTranslation: sentence,
    workflowComment: sentence,
    directReply: sentence,
    autoReply: sentence,
    reviewComment: sentence,
    additionalComment: sentence,
  })
  return { name: 'spread-copy', run: overAll(records, apply) }
}

/** Default-deny, a fresh random e-mail address for every record, and a report of every change. */
function surveyseal(records, name, options) {
  const policy = compilePolicy(defaultPolicy('en'), options)
  const { record, changes } = policy.apply(records[0])
  assert.deepEqual(Object.keys(record), Object.keys(records[0]))
  assert.deepEqual(changes.map(({ field }) => field).sort(), [...identifying].sort())
  return { name, reference: 'spread-copy', run: overAll(records, (each) => policy.apply(each)) }
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
  return { name: 'fast-redact', reference: 'spread-copy', run: overAll(records, apply) }
}

function customer(index) {
  return {
    email: `customer${index}@example.com`,
    firstName: `First${index}`,
    lastName: `Last${index}`,
    phone: `+420 ${600_000_000 + index}`,
    followUpDetails: `Call after ${index % 24} o'clock`,
    customerNumber: `C-${100_000 + index}`,
    jobLevel: 'Director',
    jobPosition: 'Purchasing',
    npsComment: `Delivery ${index} came late, please call me.`,
    commentTranslation: `La livraison ${index} est arrivée en retard.`,
    workflowComment: 'Called, no answer.',
    directReply: 'Thank you, we are looking into it.',
    autoReply: 'We have received your answer.',
    reviewComment: 'Would buy again.',
    additionalComment: 'None.',
    sentDate: '2026-01-05',
    completedDate: '2026-01-09',
    npsScore: index % 11,
    drivers: 'delivery',
    followUpRequested: index % 2 === 0,
    additionalRating: index % 5,
    dropDown: 'Retail',
    radioButton: 'Yes',
    checkBox: 'Email',
    csat: index % 5,
    ces: index % 7,
  }
}

/** One record after another, so that nothing can be computed once for all. */
function overAll(records, once) {
  let next = 0
  let last
  return (times) => {
    for (let index = 0; index < times; index++) {
      last = once(records[next])
      next = (next + 1) % records.length
    }
    return last
  }
}
