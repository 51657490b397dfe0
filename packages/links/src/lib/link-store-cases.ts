/**
 * The cases of the link store contract.
 *
 * @module
 */

import type { LinkRecord, LinkSelector } from '../link-store.js'
import { assertEqual, assertRejects } from './assertions.js'
import { AT, type LinkStoreCase, record, spendWith } from './link-store-case.js'
import { DRAFT_CASES } from './link-store-draft-cases.js'
import { INVITEE_CASES } from './link-store-invitee-cases.js'
import { SUPPRESSION_CASES } from './link-store-suppression-cases.js'

/** What each selector revokes of {@link POPULATION}, by position. */
const REVOCATIONS: Readonly<Record<string, { readonly selector: LinkSelector; readonly revoked: readonly number[] }>> =
  {
    'one link': { selector: { survey: 'survey', purpose: 'survey', digest: 'a' }, revoked: [0] },
    'a respondent in one survey': {
      selector: { survey: 'survey', purpose: 'survey', respondent: 'respondent' },
      revoked: [0, 4],
    },
    'a cohort': { selector: { survey: 'survey', cohort: 'cohort' }, revoked: [0, 1] },
    'a cohort of one purpose': { selector: { survey: 'survey', purpose: 'survey', cohort: 'cohort' }, revoked: [0] },
    'a survey': { selector: { survey: 'survey' }, revoked: [0, 1, 2, 4] },
    'one purpose of a survey': { selector: { survey: 'survey', purpose: 'survey' }, revoked: [0, 2, 4] },
    'a respondent everywhere': { selector: { respondent: 'respondent' }, revoked: [0, 1, 3, 4] },
  }

const POPULATION: readonly LinkRecord[] = [
  record('a', { cohort: 'cohort' }),
  record('b', { cohort: 'cohort', purpose: 'other' }),
  record('c', { respondent: 'Respondent', cohort: 'Cohort' }),
  record('a', { cohort: 'cohort', survey: 'other' }),
  record('d', { serial: 1 }),
]

/** The contract: a sentence and its check. */
export const LINK_STORE_CASES: Readonly<Record<string, LinkStoreCase>> = {
  'find gives back every member of a registered record': async ({ links }) => {
    const plain = record('plain')
    const full = record('full', {
      survey: '__proto__',
      purpose: 'constructor',
      pepperId: '2026-01',
      respondent: "O'Brien; -- %_\\ \u0001 \u00e9e\u0301 \u{1f512}",
      serial: 2 ** 32 - 1,
      cohort: ' Cohort ',
      batch: 'batch-1',
      usesLeft: 2 ** 31 - 1,
      validFrom: 0,
      validUntil: (2 ** 34 - 1) * 1000,
      revokedAt: AT + 1,
    })
    await links.register([plain, full])
    assertEqual(await links.find(plain), plain)
    assertEqual(await links.find(full), full)
  },

  'find needs digest, survey and purpose, letter by letter': async ({ links }) => {
    const present = record('Digest')
    await links.register([present])
    for (const other of [{ digest: 'digest' }, { survey: 'Survey' }, { purpose: 'survey ' }, { digest: 'Digest%' }]) {
      assertEqual(await links.find({ ...present, ...other }), null)
    }
  },

  'find changes nothing': async ({ links }) => {
    const present = record('a')
    await links.register([present])
    const found = await links.find(present)
    if (found !== null) Object.assign(found, { usesLeft: 0 })
    for (let time = 0; time < 3; time++) assertEqual(await links.find(present), present)
  },

  'register keeps the rows that are present': async ({ links }) => {
    const used = record('a', { usesLeft: 0, revokedAt: AT })
    await links.register([used])
    await links.register([record('a', { respondent: 'another' }), record('b'), record('b', { usesLeft: 9 })])
    assertEqual(await links.find(used), used)
    assertEqual(await links.find(record('b')), record('b'))
  },

  'register and issue accept an empty list': async ({ links }) => {
    await links.register([])
    await links.issue([], AT)
  },

  'the same digest in another survey or purpose is another link': async ({ links }) => {
    const both = [record('a'), record('a', { survey: 'other' }), record('a', { purpose: 'other' })]
    await links.register(both)
    assertEqual(await links.spend(record('a'), { idempotencyKey: 'k', at: AT }), 'spent')
    assertEqual((await links.find(record('a', { survey: 'other' })))?.usesLeft, 1)
    assertEqual((await links.find(record('a', { purpose: 'other' })))?.usesLeft, 1)
  },

  'issue revokes the predecessor of the same survey, purpose, respondent and serial': async ({ links }) => {
    await links.issue([record('old')], AT)
    await links.issue([record('new')], AT + 5)
    assertEqual((await links.find(record('old')))?.revokedAt, AT + 5)
    assertEqual((await links.find(record('new')))?.revokedAt, null)
  },

  'issue leaves every other link alone': async ({ links }) => {
    const others = [
      record('serial', { serial: 1 }),
      record('respondent', { respondent: 'R' }),
      record('survey', { survey: 'other' }),
      record('purpose', { purpose: 'other' }),
    ]
    await links.issue(others, AT)
    await links.issue([record('new')], AT + 5)
    for (const other of others) assertEqual(await links.find(other), other)
  },

  'issue keeps the first revocation of a predecessor': async ({ links }) => {
    await links.register([record('old', { revokedAt: AT })])
    await links.issue([record('new')], AT + 5)
    assertEqual((await links.find(record('old')))?.revokedAt, AT)
  },

  'issue stores a large batch': async ({ links }) => {
    const batch = Array.from({ length: 1000 }, (_, at) => record(`digest-${at}`, { respondent: `respondent-${at}` }))
    await links.issue(batch, AT)
    for (const at of [0, 499, 999]) assertEqual(await links.find(record(`digest-${at}`)), batch[at])
    assertEqual(await links.revoke({ survey: 'survey' }, AT), 1000)
  },

  'a link is spent as often as it has uses': async ({ links }) => {
    await links.register([record('a', { usesLeft: 2 })])
    assertEqual(await spendWith(links, 'first'), 'spent')
    assertEqual(await spendWith(links, 'second'), 'spent')
    assertEqual(await spendWith(links, 'third'), 'refused')
    assertEqual((await links.find(record('a')))?.usesLeft, 0)
  },

  'an unknown link is refused': async ({ links }) => {
    assertEqual(await spendWith(links, 'key'), 'refused')
    assertEqual(await links.find(record('a')), null)
  },

  'a revoked link is refused': async ({ links }) => {
    await links.register([record('a', { revokedAt: AT - 1 })])
    assertEqual(await spendWith(links, 'key'), 'refused')
  },

  'a link is valid from its first instant until just before its last': async ({ links }) => {
    await links.register([record('a', { usesLeft: 9, validFrom: AT, validUntil: AT + 10 })])
    assertEqual(await spendWith(links, 'early', AT - 1), 'refused')
    assertEqual(await spendWith(links, 'first', AT), 'spent')
    assertEqual(await spendWith(links, 'last', AT + 9), 'spent')
    assertEqual(await spendWith(links, 'late', AT + 10), 'refused')
    assertEqual((await links.find(record('a')))?.usesLeft, 7)
  },

  'a repeated spend changes nothing': async ({ links }) => {
    await links.register([record('a', { usesLeft: 2 })])
    assertEqual(await spendWith(links, 'key'), 'spent')
    assertEqual(await spendWith(links, 'key'), 'repeated')
    assertEqual((await links.find(record('a')))?.usesLeft, 1)
  },

  'a repeated spend stays repeated when the link is used up, revoked or expired': async ({ links }) => {
    await links.register([record('a', { validUntil: AT + 10 })])
    assertEqual(await spendWith(links, 'key'), 'spent')
    assertEqual(await spendWith(links, 'key'), 'repeated')
    await links.revoke({ survey: 'survey' }, AT)
    assertEqual(await spendWith(links, 'key'), 'repeated')
    assertEqual(await spendWith(links, 'key', AT + 10), 'repeated')
  },

  'a refused key may be accepted later': async ({ links }) => {
    await links.register([record('a', { validFrom: AT })])
    assertEqual(await spendWith(links, 'key', AT - 1), 'refused')
    assertEqual(await spendWith(links, 'key', AT), 'spent')
  },

  'idempotency keys of different links do not meet': async ({ links }) => {
    await links.register([record('a'), record('b')])
    assertEqual(await links.spend(record('a'), { idempotencyKey: 'key', at: AT }), 'spent')
    assertEqual(await links.spend(record('b'), { idempotencyKey: 'key', at: AT }), 'spent')
  },

  'of concurrent spends of one use exactly one wins': async ({ links }) => {
    await links.register([record('a')])
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, at) => spendWith(links, `key-${at}`)))
    assertEqual(outcomes.sort(), [...Array(9).fill('refused'), 'spent'])
  },

  'of concurrent spends with one key one is spent and the others are repeated': async ({ links }) => {
    await links.register([record('a', { usesLeft: 9 })])
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => spendWith(links, 'key')))
    assertEqual(outcomes.sort(), [...Array(9).fill('repeated'), 'spent'])
    assertEqual((await links.find(record('a')))?.usesLeft, 8)
  },

  'of concurrent transactions that register and spend one link exactly one wins': async ({ links, write, rows }) => {
    const submit = (key: string) =>
      links.transaction(async (store, tx) => {
        await store.register([record('a')])
        const outcome = await store.spend(record('a'), { idempotencyKey: key, at: AT })
        if (outcome === 'spent') await write(tx, key)
        return outcome
      })
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, at) => submit(`key-${at}`)))
    assertEqual(outcomes.sort(), [...Array(7).fill('refused'), 'spent'])
    assertEqual((await rows()).length, 1)
  },

  'a transaction keeps the spend and the row of the host together': async ({ links, write, rows }) => {
    await links.register([record('a')])
    const result = await links.transaction(async (store, tx) => {
      assertEqual(await store.spend(record('a'), { idempotencyKey: 'key', at: AT }), 'spent')
      await write(tx, 'answer')
      return 'result'
    })
    assertEqual(result, 'result')
    assertEqual(await rows(), ['answer'])
    assertEqual(await spendWith(links, 'key'), 'repeated')
  },

  'a transaction that throws keeps nothing and passes the error on': async ({ links, write, rows }) => {
    await links.register([record('a', { cohort: 'cohort' })])
    const failure = new Error('the host changed its mind')
    const attempt = links.transaction(async (store, tx) => {
      await store.register([record('b')])
      await store.issue([record('c')], AT)
      await store.spend(record('b'), { idempotencyKey: 'key', at: AT })
      await store.revoke({ survey: 'survey' }, AT)
      await write(tx, 'answer')
      throw failure
    })
    await assertRejects(attempt, failure)
    assertEqual(await rows(), [])
    assertEqual(await links.find(record('a')), record('a', { cohort: 'cohort' }))
    assertEqual(await links.find(record('b')), null)
    assertEqual(await links.find(record('c')), null)
    assertEqual(await spendWith(links, 'key'), 'spent')
  },

  'a transaction sees its own writes': async ({ links }) => {
    await links.transaction(async (store) => {
      await store.register([record('a')])
      assertEqual(await store.find(record('a')), record('a'))
      assertEqual(await store.spend(record('a'), { idempotencyKey: 'key', at: AT }), 'spent')
      assertEqual(await store.spend(record('a'), { idempotencyKey: 'key', at: AT }), 'repeated')
    })
  },

  ...revocationCases(),

  ...INVITEE_CASES,
  ...DRAFT_CASES,
  ...SUPPRESSION_CASES,

  'a revoked link stays revoked since the first time': async ({ links }) => {
    await links.register([record('a'), record('b', { respondent: 'B' })])
    assertEqual(await links.revoke({ survey: 'survey', purpose: 'survey', respondent: 'respondent' }, AT), 1)
    assertEqual(await links.revoke({ survey: 'survey' }, AT + 1), 1)
    assertEqual(await links.revoke({ survey: 'survey' }, AT + 2), 0)
    assertEqual((await links.find(record('a')))?.revokedAt, AT)
    assertEqual((await links.find(record('b')))?.revokedAt, AT + 1)
  },

  'no call reads or changes the links of another tenant': async ({ links, store }) => {
    const theirs = store('Tenant')
    await theirs.register([record('a')])
    assertEqual(await links.find(record('a')), null)
    assertEqual(await spendWith(links, 'key'), 'refused')
    for (const { selector } of Object.values(REVOCATIONS)) assertEqual(await links.revoke(selector, AT), 0)
    await links.issue([record('a', { usesLeft: 2 })], AT)
    await links.issue([record('b')], AT)
    assertEqual(await theirs.find(record('a')), record('a'))
    assertEqual(await links.find(record('a')), record('a', { usesLeft: 2, revokedAt: AT }))
    assertEqual(await spendWith(theirs, 'key'), 'spent')
  },
}

function revocationCases(): Record<string, LinkStoreCase> {
  const cases = Object.entries(REVOCATIONS).map(([what, { selector, revoked }]): [string, LinkStoreCase] => [
    `revoking ${what} stops exactly that`,
    async ({ links }) => {
      await links.register(POPULATION)
      assertEqual(await links.revoke(selector, AT), revoked.length)
      for (const [at, present] of POPULATION.entries()) {
        assertEqual((await links.find(present))?.revokedAt, revoked.includes(at) ? AT : null)
      }
    },
  ])
  return Object.fromEntries(cases)
}
