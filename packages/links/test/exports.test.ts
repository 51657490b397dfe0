import { expect, test } from 'vitest'
import * as answerLinkage from '../src/answer-linkage.js'
import * as audit from '../src/audit.js'
import * as browser from '../src/browser.js'
import * as erase from '../src/erase.js'
import * as http from '../src/http.js'
import * as links from '../src/index.js'
import * as jwe from '../src/jwe.js'
import * as node from '../src/node.js'
import * as testing from '../src/testing.js'
import * as unlinkable from '../src/unlinkable.js'
import * as unlinkableBrowser from '../src/unlinkable-browser.js'

test('@surveyseal/links offers exactly this', () => {
  expect(Object.keys(links).sort()).toEqual([
    'LinkError',
    'addKey',
    'allowPersonalRespondent',
    'cacheKeyring',
    'createLinkService',
    'generateKey',
    'generateKeyring',
    'groupLinkId',
    'hs256Links',
    'keyringFromJwkSet',
    'loadKeyring',
    'openLink',
    'promoteKey',
    'retireKey',
    'revokeKey',
    'sealLink',
    'sealLinks',
    'shuffle',
  ])
})

test('@surveyseal/links/testing offers exactly this', () => {
  expect(Object.keys(testing).sort()).toEqual([
    'answerBufferContract',
    'fixedClock',
    'issuanceStoreContract',
    'linkStoreContract',
    'linkageStoreContract',
    'memoryAnswerBuffer',
    'memoryIssuanceStore',
    'memoryLinkStore',
    'memoryLinkageStore',
    'memorySpentTokenStore',
    'spentTokenStoreContract',
    'testLinkage',
  ])
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

test('@surveyseal/links/node offers exactly this', () => {
  expect(Object.keys(node).sort()).toEqual(['auditOrigin', 'loadKeyringFile', 'loadPepperFile'])
})

test('@surveyseal/links/unlinkable offers exactly this', () => {
  expect(Object.keys(unlinkable).sort()).toEqual([
    'UnlinkableError',
    'createAnswerHandler',
    'createIssueHandler',
    'createTokenRedeemer',
    'generateWaveKey',
    'issuanceErasure',
    'loadWaveKey',
    'openWave',
  ])
})

test('@surveyseal/links/unlinkable-browser offers exactly this', () => {
  expect(Object.keys(unlinkableBrowser).sort()).toEqual([
    'UnlinkableError',
    'indexedDbStorage',
    'obtainToken',
    'submitAnswer',
  ])
})

test('@surveyseal/links/http offers exactly this', () => {
  expect(Object.keys(http).sort()).toEqual([
    'AnswerRefused',
    'LinkError',
    'createLinkHandlers',
    'englishMessages',
    'frenchMessages',
  ])
})

test('@surveyseal/links/browser offers exactly this', () => {
  expect(Object.keys(browser).sort()).toEqual(['createLinkClient', 'takeLink'])
})

test('@surveyseal/links/answer-linkage offers exactly this', () => {
  expect(Object.keys(answerLinkage).sort()).toEqual([
    'ANSWER_LINKAGES',
    'LinkageError',
    'declareLinkage',
    'withAnswerLinkage',
  ])
})

test('@surveyseal/links/jwe offers exactly this', () => {
  expect(Object.keys(jwe).sort()).toEqual(['bindJwe', 'openJweLink', 'sealJweLink'])
})

test('@surveyseal/links/erase offers exactly this', () => {
  expect(Object.keys(erase)).toEqual(['linkErasure'])
})
