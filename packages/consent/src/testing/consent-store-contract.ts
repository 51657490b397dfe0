/**
 * What every consent store promises, as cases any test runner can run.
 *
 * @module
 */

import type { AppendOutcome, ConsentStore, EventRecord } from '../consent-store.js'
import { chain, next, nonceOf, prepare, random, requestOf, summaryOf } from './consent-records.js'
import { type ContractCase, contractCases } from './contract.js'
import { same } from './same.js'

/** One database under test; every case asks for a new, empty one. */
export interface ConsentStoreHarness<Tx> {
  /** The store under test for one tenant; all tenants share the database. */
  store(tenant: string): ConsentStore<Tx>
  /** Writes one row of the host's own through the handle of a transaction. */
  write(tx: Tx, row: string): Promise<void>
  /** Reads back, in any order, the rows of {@link ConsentStoreHarness.write} that were kept. */
  rows(): Promise<readonly string[]>
  /** Lets go of the database. */
  close(): Promise<void>
}

/**
 * Lists what a {@link ConsentStore} promises.
 *
 * @example
 * Running the contract under a test runner.
 *
 * ```ts
 * import { consentStoreContract, type ConsentStoreHarness } from '@surveyseal/consent/testing'
 *
 * declare function test(name: string, run: () => Promise<void>): void
 * declare function openEmpty(): Promise<ConsentStoreHarness<unknown>>
 *
 * for (const { name, run } of consentStoreContract(openEmpty)) test(name, run)
 * ```
 *
 * @param create - Opens an empty database.
 * @returns The cases; they are independent of each other.
 */
export function consentStoreContract<Tx>(create: () => Promise<ConsentStoreHarness<Tx>>): readonly ContractCase[] {
  return contractCases(create, PROMISES)
}

type Check = <Tx>(harness: ConsentStoreHarness<Tx>) => Promise<void>

const PROMISES: Readonly<Record<string, Check>> = {
  'a saved request is found again as it was': async ({ store }) => {
    const a = store('a')
    const first = requestOf(chain())
    const later = { ...requestOf(chain()), seq: 2, prev: random() }
    await a.saveRequest(first)
    await a.saveRequest(later)
    same(await a.findRequest(first.nonce), first)
    same(await a.findRequest(later.nonce), later)
  },

  'a nonce that was never saved finds nothing': async ({ store }) => {
    same(await store('a').findRequest(random()), null)
  },

  'a chain without events has no head and no events': async ({ store }) => {
    const key = chain()
    same(await store('a').head(key), null)
    same(await store('a').events(key), [])
  },

  'an appended event is read back byte for byte and is the head': async ({ store }) => {
    const a = store('a')
    const record = await prepare(a, chain())
    same(await a.append(record), 'appended')
    same(await a.events(record), [record])
    same(await a.head(record), { seq: 1, hash: record.hash })
  },

  'the longest event and receipt are kept whole': async ({ store }) => {
    const a = store('a')
    const record = { ...(await prepare(a, chain())), jws: 'e'.repeat(16_384), receipt: 'r'.repeat(786_432) }
    same(await a.append(record), 'appended')
    same(await a.events(record), [record])
  },

  'events come back in the order of their positions': async ({ store }) => {
    const a = store('a')
    const key = chain()
    const records: EventRecord[] = []
    for (let seq = 1; seq <= 12; seq++) {
      const record = await prepare(a, key, records.at(-1))
      same(await a.append({ ...record, receivedAt: 1_000_000 - seq }), 'appended')
      records.push({ ...record, receivedAt: 1_000_000 - seq })
    }
    same(await a.events(key), records)
    same(await a.head(key), { seq: 12, hash: records.at(-1)?.hash })
  },

  'the same bytes again are repeated, also after others followed': async ({ store }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    same(await a.append(first), 'appended')
    const again = { ...first, salt: random(), hash: random(), receivedAt: 2, receipt: 'another' }
    same(await a.append(again), 'repeated')
    const second = await prepare(a, first, first)
    same(await a.append(second), 'appended')
    same(await a.append(again), 'repeated')
    same(await a.events(first), [first, second])
  },

  'a nonce is spent once': async ({ store }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    same(await a.append(first), 'appended')
    const replay = { ...next(first, first), nonce: first.nonce }
    same(await a.append(replay), 'nonce-spent')
    same(await a.append({ ...next(chain()), nonce: first.nonce }), 'nonce-spent')
    same(await a.events(first), [first])
  },

  'a nonce that was never saved counts as spent': async ({ store }) => {
    const record = next(chain())
    same(await store('a').append(record), 'nonce-spent')
    same(await store('a').events(record), [])
  },

  'an event that does not continue the head changes nothing and spends nothing': async ({ store }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    const stale = await prepare(a, first)
    same(await a.append({ ...stale, seq: 2, prev: random() }), 'head-moved')
    same(await a.append(first), 'appended')
    same(await a.append(stale), 'head-moved')
    same(await a.append({ ...stale, seq: 3, prev: first.hash }), 'head-moved')
    same(await a.append({ ...stale, seq: 2, prev: random() }), 'head-moved')
    same(await a.append({ ...stale, seq: 2, prev: null }), 'head-moved')
    same(await a.append({ ...stale, seq: 2, prev: first.hash }), 'appended')
  },

  'a spent nonce is reported before a moved head': async ({ store }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    same(await a.append(first), 'appended')
    same(await a.append({ ...next(first), nonce: first.nonce }), 'nonce-spent')
  },

  'an event without a nonce needs no request': async ({ store }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    same(await a.append(first), 'appended')
    const second = { ...next(first, first), nonce: null }
    const third = { ...next(first, second), nonce: null }
    same(await a.append(second), 'appended')
    same(await a.append(third), 'appended')
    same(await a.events(first), [first, second, third])
  },

  'chains of other people and other surveys are separate': async ({ store }) => {
    const a = store('a')
    const mine = await prepare(a, chain())
    const elsewhere = await prepare(a, { subject: mine.subject, survey: 'other' })
    const theirs = await prepare(a, { subject: random(), survey: mine.survey })
    for (const record of [mine, elsewhere, theirs]) same(await a.append(record), 'appended')
    for (const record of [mine, elsewhere, theirs]) same(await a.events(record), [record])
  },

  'of racing answers to one request, one wins': async ({ store }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    const rivals = [1, 2, 3, 4].map(() => ({ ...next(first), nonce: first.nonce }))
    const outcomes = await Promise.all(rivals.map((rival) => a.append(rival)))
    same(tally(outcomes), { appended: 1, 'nonce-spent': 3 })
    same((await a.events(first)).length, 1)
  },

  'of racing events on one head, one wins': async ({ store }) => {
    const a = store('a')
    const key = chain()
    const rivals = await Promise.all([1, 2, 3, 4].map(() => prepare(a, key)))
    const outcomes = await Promise.all(rivals.map((rival) => a.append(rival)))
    same(tally(outcomes), { appended: 1, 'head-moved': 3 })
    same((await a.events(key)).length, 1)
  },

  'racing copies of one event are appended once': async ({ store }) => {
    const a = store('a')
    const record = await prepare(a, chain())
    const outcomes = await Promise.all([1, 2, 3].map(() => a.append({ ...record, salt: random(), hash: random() })))
    same(tally(outcomes), { appended: 1, repeated: 2 })
  },

  'a transaction keeps the event and the writes of the host': async ({ store, write, rows }) => {
    const a = store('a')
    const record = await prepare(a, chain())
    const result = await a.transaction(async (inner, tx) => {
      await write(tx, 'answer')
      return inner.append(record)
    })
    same(result, 'appended')
    same(await a.events(record), [record])
    same(await rows(), ['answer'])
  },

  'a transaction that throws keeps nothing and spends nothing': async ({ store, write, rows }) => {
    const a = store('a')
    const record = await prepare(a, chain())
    const unsaved = requestOf(chain())
    const failure = new Error('the host refuses')
    const lost = a.transaction(async (inner, tx) => {
      await inner.saveRequest(unsaved)
      await inner.append(record)
      await write(tx, 'answer')
      throw failure
    })
    same(await lost.catch((error: unknown) => error === failure), true)
    same(await a.events(record), [])
    same(await a.findRequest(unsaved.nonce), null)
    same(await rows(), [])
    same(await a.append(record), 'appended')
  },

  'requests that are over are forgotten, answered or not, and their nonces stay unusable': async ({ store }) => {
    const a = store('a')
    const [answered, unanswered, open] = [chain(), chain(), chain()]
    const record = await prepare(a, answered)
    same(await a.append(record), 'appended')
    const late = await prepare(a, unanswered)
    const nonce = random()
    await a.saveRequest({ ...requestOf(open), nonce, validUntil: null, actor: 'self', expiresAt: 1_767_229_200_124 })
    same(await store('b').purgeRequests(1_767_229_200_123), 0)
    same(await a.purgeRequests(1_767_229_200_122), 0)
    same(await a.purgeRequests(1_767_229_200_123), 2)
    same(await a.findRequest(nonceOf(record)), null)
    same(await a.append(late), 'nonce-spent')
    same(await a.append(record), 'repeated')
    same(await a.append({ ...next(answered, record), nonce: record.nonce }), 'nonce-spent')
    same((await a.findRequest(nonce))?.nonce, nonce)
  },

  'a chain that was reduced leaves summaries under hashes, and no event, request or usable nonce': async ({
    store,
  }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    same(await a.append(first), 'appended')
    const second = await prepare(a, first, first)
    same(await a.append(second), 'appended')
    const waiting = await prepare(a, first, second)
    const elsewhere = await prepare(a, { subject: first.subject, survey: 'other' })
    const theirs = await prepare(a, { subject: random(), survey: first.survey })
    for (const record of [elsewhere, theirs]) same(await a.append(record), 'appended')
    same([...(await a.surveys())].sort(), ['other', 'spring-2026'])
    const summaries = [summaryOf(first), summaryOf(second)]
    same(await a.reduce(first, { head: { seq: 1, hash: first.hash }, summaries }), false)
    same(await a.reduce(first, { head: null, summaries }), false)
    same([(await a.events(first)).length, await a.summary(first.hash)], [2, null])
    same(await store('b').reduce(first, { head: { seq: 2, hash: second.hash }, summaries }), false)
    same(await a.reduce(first, { head: { seq: 2, hash: second.hash }, summaries }), true)
    same([await a.events(first), await a.head(first), await a.holds(first)], [[], null, false])
    same([await a.summary(first.hash), await a.summary(second.hash)], [`of ${first.hash}`, `of ${second.hash}`])
    same(await store('b').summary(first.hash), null)
    for (const { nonce } of [first, second, waiting]) same(await a.findRequest(nonce ?? ''), null)
    same(await a.append(first), 'nonce-spent')
    same(await a.append(waiting), 'nonce-spent')
    for (const record of [elsewhere, theirs]) same(await a.events(record), [record])
    same([await a.holds(elsewhere), await a.holds(theirs)], [true, true])
    const anew = await prepare(a, first)
    same(await a.append(anew), 'appended')
    same(await a.events(first), [anew])
  },

  'a chain that has only requests is reduced to nothing': async ({ store }) => {
    const a = store('a')
    const waiting = await prepare(a, chain())
    same([await a.holds(waiting), await a.surveys()], [true, ['spring-2026']])
    same([await store('b').holds(waiting), await store('b').surveys()], [false, []])
    same(await a.reduce(waiting, { head: null, summaries: [] }), true)
    same([await a.holds(waiting), await a.surveys(), await a.findRequest(nonceOf(waiting))], [false, [], null])
  },

  'of a reduction and an event that race, no event is lost without a summary': async ({ store }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    same(await a.append(first), 'appended')
    const second = await prepare(a, first, first)
    const [outcome, isReduced] = await Promise.all([
      a.append(second),
      a.reduce(first, { head: { seq: 1, hash: first.hash }, summaries: [summaryOf(first)] }),
    ])
    const left = (await a.events(first)).map(({ seq }) => seq)
    if (!isReduced) same([outcome, left], ['appended', [1, 2]])
    else same(left, outcome === 'appended' ? [2] : [])
  },

  'a reduction waits for an event that is being appended, and is told of it': async ({ store }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    const second = await prepare(a, first, first)
    const third = { ...next(first, second), nonce: null }
    let before: EventRecord | null = null
    for (const record of [first, second, third]) {
      const head = before === null ? null : { seq: before.seq, hash: before.hash }
      const summaries = [first, second].slice(0, head?.seq ?? 0).map(summaryOf)
      let reduced: Promise<boolean> = Promise.resolve(true)
      await a.transaction(async (inner) => {
        same(await inner.append(record), 'appended')
        reduced = a.reduce(first, { head, summaries })
        await new Promise((resolve) => setTimeout(resolve, 50))
      })
      same(await reduced, false)
      before = record
    }
    same(
      (await a.events(first)).map(({ seq }) => seq),
      [1, 2, 3],
    )
  },

  'summaries are kept as long as they are needed': async ({ store }) => {
    const a = store('a')
    const records: EventRecord[] = []
    for (const keepUntil of [24_322, 24_323]) {
      const record = await prepare(a, chain())
      same(await a.append(record), 'appended')
      const summaries = [{ ...summaryOf(record), keepUntil }]
      same(await a.reduce(record, { head: { seq: 1, hash: record.hash }, summaries }), true)
      records.push(record)
    }
    same([await a.purgeSummaries(24_322), await store('b').purgeSummaries(24_323)], [0, 0])
    same(await a.purgeSummaries(24_323), 1)
    const left = await Promise.all(records.map(({ hash }) => a.summary(hash)))
    same(left, [null, `of ${records[1]?.hash}`])
  },

  'a transaction reads what it wrote': async ({ store }) => {
    const a = store('a')
    const first = await prepare(a, chain())
    const second = next(first, first)
    await a.transaction(async (inner) => {
      same(await inner.append(first), 'appended')
      same(await inner.head(first), { seq: 1, hash: first.hash })
      same(await inner.append({ ...second, nonce: null }), 'appended')
      same((await inner.events(first)).length, 2)
    })
  },

  'tenants never see or touch what is not theirs': async ({ store }) => {
    const a = store('a')
    const b = store('b')
    const record = await prepare(a, chain())
    same(await b.findRequest(nonceOf(record)), null)
    same(await b.append(record), 'nonce-spent')
    same(await a.append(record), 'appended')
    same(await b.head(record), null)
    same(await b.events(record), [])
    const theirs = await prepare(b, record)
    same(await b.append(theirs), 'appended')
    same(await a.events(record), [record])
    same(await b.events(record), [theirs])
  },
}

function tally(outcomes: readonly AppendOutcome[]): Partial<Record<AppendOutcome, number>> {
  const counts: Partial<Record<AppendOutcome, number>> = {}
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}
