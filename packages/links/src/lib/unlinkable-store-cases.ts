/**
 * The cases of the contracts of issuances and spent tokens.
 *
 * @module
 */

import type { UnlinkableHarness } from '../testing/unlinkable-store-contracts.js'
import type { IssuanceRecord, IssuanceStore, WaveRecord } from '../unlinkable/issuance-store.js'
import type { SpentToken, SpentTokenStore } from '../unlinkable/spent-token-store.js'
import { assertEqual, assertRejects } from './assertions.js'

type On<Store, Tx> = UnlinkableHarness<Store, Tx> & { readonly rowsOf: Store }

/** One check of an issuance store; what the handle of a transaction is does not concern it. */
export type IssuanceStoreCase = <Tx>(on: On<IssuanceStore<Tx>, Tx>) => Promise<void>

/** One check of a store of spent tokens. */
export type SpentTokenStoreCase = <Tx>(on: On<SpentTokenStore<Tx>, Tx>) => Promise<void>

const ODD = "O'Brien; -- %_\\ é\u{1f512}"

/** The contract of issuance stores: a sentence and its check. */
export const ISSUANCE_STORE_CASES: Readonly<Record<string, IssuanceStoreCase>> = {
  'a wave is opened once, and keeps what it was opened with': async ({ rowsOf: store }) => {
    const first = wave({ survey: ODD, wave: '__proto__', pepperCheck: 'check', floor: 2 ** 31 - 1 })
    assertEqual(await store.openWave(first), first)
    assertEqual(await store.openWave({ ...first, pepperCheck: 'other', floor: 5 }), first)
    const other = { ...first, wave: 'constructor', floor: 6 }
    assertEqual(await store.openWave(other), other)
  },

  'find gives back every member of a claimed issuance, and null for any other': async ({ rowsOf: store }) => {
    const odd = issuance({ survey: ODD, wave: 'constructor', person: 'Person' })
    assertEqual(await store.claim(odd), true)
    assertEqual(await store.find(odd), odd)
    for (const other of [{ survey: 'survey' }, { wave: 'Constructor' }, { person: 'person' }, { person: 'Person%' }]) {
      assertEqual(await store.find({ ...odd, ...other }), null)
    }
  },

  'a second claim of a person changes nothing': async ({ rowsOf: store }) => {
    assertEqual(await store.claim(issuance()), true)
    assertEqual(await store.claim(issuance({ blindedHash: 'other', keyId: 'other' })), false)
    assertEqual(await store.claim(issuance()), false)
    assertEqual(await store.find(issuance()), issuance())
    assertEqual(await store.count(issuance()), 1)
  },

  'a removed issuance is gone, and no other is': async ({ rowsOf: store, store: of }) => {
    const others = [issuance({ person: 'Person' }), issuance({ wave: 'Wave' }), issuance({ survey: ODD })]
    for (const each of [issuance(), ...others]) await store.claim(each)
    await of('Tenant').claim(issuance())
    await store.remove(issuance())
    await store.remove(issuance({ person: 'nobody' }))
    assertEqual(await store.find(issuance()), null)
    for (const other of others) assertEqual(await store.find(other), other)
    assertEqual(await of('Tenant').find(issuance()), issuance())
    assertEqual(await store.claim(issuance({ blindedHash: 'again' })), true)
  },

  'of concurrent claims of a person exactly one wins': async ({ rowsOf: store }) => {
    const claims = Array.from({ length: 10 }, (_, at) => issuance({ blindedHash: `hash-${at}` }))
    const won = await Promise.all(claims.map((claim) => store.claim(claim)))
    assertEqual(won.filter((each) => each).length, 1)
    assertEqual(await store.find(issuance()), claims[won.indexOf(true)])
  },

  'of concurrent transactions that claim for a person one writes its row, and all see it': async (on) => {
    const { rowsOf: store, write, rows } = on
    const attempts = Array.from({ length: 8 }, (_, at) =>
      store.transaction(async (inner, tx) => {
        const mine = issuance({ blindedHash: `hash-${at}` })
        if (await inner.claim(mine)) await write(tx, mine.blindedHash)
        return (await inner.find(mine))?.blindedHash
      }),
    )
    const seen = await Promise.all(attempts)
    const [kept] = seen
    assertEqual(seen, Array(8).fill(kept))
    assertEqual(await rows(), [kept])
  },

  'count is of one wave of one survey': async ({ rowsOf: store }) => {
    for (const person of ['a', 'b', 'c']) await store.claim(issuance({ person }))
    await store.claim(issuance({ wave: 'wave-2' }))
    await store.claim(issuance({ survey: 'survey-2' }))
    assertEqual(await store.count(issuance()), 3)
    assertEqual(await store.count(issuance({ wave: 'none' })), 0)
  },

  'a transaction that throws keeps nothing and passes the error on': async ({ rowsOf: store, write, rows }) => {
    const failure = new Error('the host changed its mind')
    const attempt = store.transaction(async (inner, tx) => {
      await inner.openWave(wave())
      await inner.claim(issuance())
      assertEqual(await inner.find(issuance()), issuance())
      assertEqual(await inner.count(issuance()), 1)
      await write(tx, 'row')
      throw failure
    })
    await assertRejects(attempt, failure)
    assertEqual(await rows(), [])
    assertEqual(await store.find(issuance()), null)
    const other = wave({ floor: 7 })
    assertEqual(await store.openWave(other), other)
  },

  'no call reads or changes the rows of another tenant': async ({ rowsOf: ours, store }) => {
    const theirs = store('Tenant')
    await theirs.openWave(wave({ floor: 9 }))
    await theirs.claim(issuance({ blindedHash: 'theirs' }))
    assertEqual(await ours.openWave(wave()), wave())
    assertEqual(await ours.find(issuance()), null)
    assertEqual(await ours.count(issuance()), 0)
    assertEqual(await ours.claim(issuance()), true)
    assertEqual(await theirs.find(issuance()), issuance({ blindedHash: 'theirs' }))
  },
}

/** The contract of stores of spent tokens. */
export const SPENT_TOKEN_STORE_CASES: Readonly<Record<string, SpentTokenStoreCase>> = {
  'a token is spent once': async ({ rowsOf: store }) => {
    assertEqual(await store.spend(token()), true)
    for (let time = 0; time < 3; time++) assertEqual(await store.spend(token()), false)
    assertEqual(await store.count(token()), 1)
  },

  'another hash, wave or survey, letter by letter, is another token': async ({ rowsOf: store }) => {
    const others = [{ tokenHash: 'Hash' }, { wave: 'Wave' }, { survey: ODD }, { wave: '__proto__' }, {}]
    for (const other of others) assertEqual(await store.spend(token(other)), true)
    assertEqual(await store.count(token()), 2)
    assertEqual(await store.count(token({ wave: 'none' })), 0)
  },

  'of concurrent spends of a token exactly one wins': async ({ rowsOf: store }) => {
    const won = await Promise.all(Array.from({ length: 10 }, () => store.spend(token())))
    assertEqual(won.filter((each) => each).length, 1)
  },

  'of concurrent transactions that spend a token one writes its row': async ({ rowsOf: store, write, rows }) => {
    const attempts = Array.from({ length: 8 }, (_, at) =>
      store.transaction(async (inner, tx) => {
        if (await inner.spend(token())) await write(tx, `answer-${at}`)
      }),
    )
    await Promise.all(attempts)
    assertEqual((await rows()).length, 1)
  },

  'a transaction that throws keeps nothing and passes the error on': async ({ rowsOf: store, write, rows }) => {
    const failure = new Error('the host changed its mind')
    const attempt = store.transaction(async (inner, tx) => {
      assertEqual(await inner.spend(token()), true)
      assertEqual(await inner.spend(token()), false)
      assertEqual(await inner.count(token()), 1)
      await write(tx, 'answer')
      throw failure
    })
    await assertRejects(attempt, failure)
    assertEqual(await rows(), [])
    assertEqual(await store.spend(token()), true)
  },

  'no call reads or changes the rows of another tenant': async ({ rowsOf: ours, store }) => {
    const theirs = store('Tenant')
    assertEqual(await theirs.spend(token()), true)
    assertEqual(await ours.count(token()), 0)
    assertEqual(await ours.spend(token()), true)
    assertEqual(await theirs.spend(token()), false)
  },
}

function wave(members: Partial<WaveRecord> = {}): WaveRecord {
  return { survey: 'survey', wave: 'wave', pepperCheck: 'check', floor: 20, ...members }
}

function issuance(members: Partial<IssuanceRecord> = {}): IssuanceRecord {
  return { survey: 'survey', wave: 'wave', person: 'person', blindedHash: 'hash', keyId: 'key', ...members }
}

function token(members: Partial<SpentToken> = {}): SpentToken {
  return { survey: 'survey', wave: 'wave', tokenHash: 'hash', ...members }
}
