import * as door from '@surveyseal/core/anonymize'
import { expect, test } from 'vitest'

test('the door offers these values and no others', () => {
  expect(Object.keys(door).sort()).toEqual([
    'AnonymizeError',
    'RETAIN_IDENTIFIERS',
    'TECHNIQUES',
    'anonymizeNdjson',
    'anonymizeRecords',
    'columnRules',
    'compilePolicy',
    'composePolicies',
    'defaultPolicy',
    'escapeFieldName',
    'parsePolicy',
    'recordTests',
  ])
})
