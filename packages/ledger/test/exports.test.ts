import { expect, test } from 'vitest'
import * as erase from '../src/erase.js'
import * as ledger from '../src/index.js'
import * as testing from '../src/testing.js'
import * as verify from '../src/verify.js'

test('each entry offers exactly these values', () => {
  expect(Object.keys(ledger).sort()).toEqual([
    'BadEntryError',
    'LedgerError',
    'cosignCheckpoint',
    'createLedger',
    'exportTiles',
    'generateLedgerKeys',
    'loadSigner',
    'proveGrowth',
    'verifyLedger',
    'verifyTiles',
  ])
  expect(Object.keys(verify).sort()).toEqual([
    'BadEntryError',
    'LedgerError',
    'commitEntry',
    'formatTlogProof',
    'hashLeaf',
    'parseCheckpoint',
    'parseGrowthProof',
    'parseNote',
    'parseTlogProof',
    'parseVerifierKey',
    'verifyCheckpoint',
    'verifyConsistency',
    'verifyErasure',
    'verifyGrowthProof',
    'verifyInclusion',
    'verifyRange',
    'verifyTlogProof',
  ])
  expect(Object.keys(erase)).toEqual(['ledgerErasure'])
  expect(Object.keys(testing).sort()).toEqual(['ledgerStoreContract', 'memoryLedgerStore'])
})
