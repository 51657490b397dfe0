import { expect, test } from 'vitest'
import * as audit from '../src/audit.js'
import * as links from '../src/index.js'
import * as testing from '../src/testing.js'

test('@surveyseal/links offers exactly this', () => {
  expect(Object.keys(links).sort()).toEqual([
    'LinkError',
    'allowPersonalRespondent',
    'createLinkService',
    'generateKey',
    'generateKeyring',
    'loadKeyring',
    'openLink',
    'sealLink',
    'sealLinks',
  ])
})

test('@surveyseal/links/testing offers exactly this', () => {
  expect(Object.keys(testing).sort()).toEqual(['fixedClock', 'linkStoreContract', 'memoryLinkStore'])
})

test('@surveyseal/links/audit offers exactly this', () => {
  expect(Object.keys(audit).sort()).toEqual([
    'auditLines',
    'auditTemplate',
    'auditUrl',
    'formatAuditJson',
    'formatAuditSarif',
    'formatAuditText',
    'indexSubjects',
    'scrubUrl',
  ])
})
