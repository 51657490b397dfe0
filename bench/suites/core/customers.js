// Customer records of 26 fields: 15 identify, 11 do not.

/** The sentence that replaces comments. */
export const SENTENCE = 'This comment has been anonymised based on customer request'

export const identifying = [
  ...['email', 'firstName', 'lastName', 'phone', 'followUpDetails', 'customerNumber', 'jobLevel', 'jobPosition'],
  ...['npsComment', 'commentTranslation', 'workflowComment', 'directReply', 'autoReply', 'reviewComment'],
  'additionalComment',
]

export function customers(count) {
  return Array.from({ length: count }, (_, index) => customer(index))
}

/** The fields are known to whoever wrote the code, replacements are constants, nothing is checked or reported. */
export function overwritten(record) {
  return {
    ...record,
    email: 'nobody@anonymized.invalid',
    firstName: '***',
    lastName: '***',
    phone: '***',
    followUpDetails: '***',
    customerNumber: '***',
    jobLevel: '*',
    jobPosition: '--',
    npsComment: SENTENCE,
    commentTranslation: SENTENCE,
    workflowComment: SENTENCE,
    directReply: SENTENCE,
    autoReply: SENTENCE,
    reviewComment: SENTENCE,
    additionalComment: SENTENCE,
  }
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
