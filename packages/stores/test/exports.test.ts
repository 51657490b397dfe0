import { expect, test } from 'vitest'
import * as stores from '../src/index.js'
import * as postgres from '../src/postgres.js'
import * as sqlite from '../src/sqlite.js'

test('each entry offers exactly these values', () => {
  expect(Object.keys(stores).sort()).toEqual([
    'StoreError',
    'answerBuffer',
    'consentLedger',
    'consentOpenings',
    'consentStore',
    'dumpForLinkage',
    'erasureJournal',
    'erasureOutbox',
    'issuanceStore',
    'ledgerStore',
    'linkStore',
    'linkageStore',
    'migrate',
    'outboxStore',
    'recordTable',
    'rightsStore',
    'spentTokenStore',
  ])
  expect(Object.keys(sqlite)).toEqual(['openSqlite'])
  expect(Object.keys(postgres).sort()).toEqual(['postgresSql', 'postgresTransaction'])
})
