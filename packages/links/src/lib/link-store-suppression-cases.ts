/**
 * The cases of the link store contract about the suppression list.
 *
 * @module
 */

import type { Suppression, SuppressionCount } from '../suppression-store.js'
import { assertEqual } from './assertions.js'
import { AT, type LinkStoreCase } from './link-store-case.js'

const ADA_ONE = row('ada-1', 'ada', { pepperId: 'one' })
const ADA_TWO = row('ada-2', 'ada', { pepperId: 'two', addedAt: AT + 5 })
const BOB = row('bob-1', 'bob', { pepperId: 'one', addedAt: AT + 9 })
const CLOSED = row('closed-2', 'closed', { pepperId: 'two', kind: 'survey' })
const LIST: readonly Suppression[] = [ADA_ONE, ADA_TWO, BOB, CLOSED]

/** The cases. */
export const SUPPRESSION_CASES: Readonly<Record<string, LinkStoreCase>> = {
  'suppressed finds the rows of the digests asked for': async ({ links, store }) => {
    await links.suppress([])
    await links.suppress(LIST)
    assertEqual(sorted(await links.suppressed(['bob-1', 'unknown', 'ada-2', 'ADA-1'])), [ADA_TWO, BOB])
    assertEqual(await links.suppressed([]), [])
    assertEqual(await store('Tenant').suppressed(['ada-1']), [])
  },

  'a suppression that is present stays as it is': async ({ links }) => {
    await links.suppress([ADA_ONE])
    await links.suppress([{ ...ADA_ONE, entry: 'another', addedAt: AT + 99 }, BOB, BOB])
    assertEqual(sorted(await links.suppressed(['ada-1', 'bob-1'])), [ADA_ONE, BOB])
  },

  'what is withheld is told apart from what is suppressed, and leaves nothing': async ({ links, store }) => {
    await links.suppress([ADA_ONE])
    await store('Tenant').suppress([BOB])
    const asked = ['bob-1', 'ada-1', 'unknown']
    assertEqual(await links.transaction((inner) => inner.withhold(asked)), ['ada-1'])
    assertEqual(await links.withhold([]), [])
    assertEqual(sorted(await links.suppressed(asked)), [ADA_ONE])
    assertEqual(counts(await links.countSuppressions(['one'])), ['erased 1 0'])
    await links.suppress([BOB])
    assertEqual(sorted(await links.suppressed(asked)), [ADA_ONE, BOB])
  },

  'who suppresses what is withheld waits for the end, and who withholds it meanwhile sees it suppressed': async (
    on,
  ) => {
    const { links } = on
    const seen: string[] = []
    let suppression: Promise<void> = Promise.resolve()
    await links.transaction(async (inner) => {
      assertEqual(await inner.withhold(['ada-1', 'ada-2']), [])
      suppression = links.suppress([ADA_TWO, ADA_ONE]).then(() => void seen.push('suppressed'))
      await new Promise((resolve) => setTimeout(resolve, 50))
      seen.push('ended')
    })
    await suppression
    assertEqual(seen, ['ended', 'suppressed'])
    let withheld: Promise<readonly string[]> = Promise.resolve([])
    await links.transaction(async (inner) => {
      await inner.suppress([BOB])
      withheld = links.transaction((other) => other.withhold(['bob-1']))
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    assertEqual(await withheld, ['bob-1'])
  },

  'suppressions are counted once each, with those that no known pepper reaches': async ({ links, store }) => {
    assertEqual(await links.countSuppressions(['one']), [])
    await links.suppress(LIST)
    await store('Tenant').suppress([row('theirs', 'theirs')])
    assertEqual(counts(await links.countSuppressions(['one'])), ['erased 2 0', 'survey 1 1'])
    assertEqual(counts(await links.countSuppressions(['two', 'three'])), ['erased 2 1', 'survey 1 0'])
    assertEqual(counts(await links.countSuppressions(['three'])), ['erased 2 2', 'survey 1 1'])
  },

  'a suppression is removed with all of its rows': async ({ links, store }) => {
    await links.suppress(LIST)
    await store('Tenant').suppress(LIST)
    assertEqual(await links.unsuppress({ digests: ['ada-2', 'unknown'] }), 1)
    assertEqual(await links.unsuppress({ digests: ['ada-1', 'ada-2'] }), 0)
    assertEqual(await links.unsuppress({ digests: [] }), 0)
    assertEqual(sorted(await links.suppressed(LIST.map(({ digest }) => digest))), [BOB, CLOSED])
    assertEqual(sorted(await store('Tenant').suppressed(LIST.map(({ digest }) => digest))), LIST)
  },

  'suppressions of a kind are removed when one of their rows is old enough': async ({ links }) => {
    await links.suppress(LIST)
    assertEqual(await links.unsuppress({ kind: 'erased', addedBefore: AT }), 0)
    assertEqual(await links.unsuppress({ kind: 'erased', addedBefore: AT + 9 }), 1)
    assertEqual(sorted(await links.suppressed(LIST.map(({ digest }) => digest))), [BOB, CLOSED])
    assertEqual(await links.unsuppress({ kind: 'cohort', addedBefore: AT + 99 }), 0)
    assertEqual(await links.unsuppress({ kind: 'survey', addedBefore: AT + 99 }), 1)
  },
}

function row(digest: string, entry: string, members: Partial<Suppression> = {}): Suppression {
  return { digest, pepperId: 'one', entry, kind: 'erased', addedAt: AT, ...members }
}

function sorted(rows: readonly Suppression[]): readonly Suppression[] {
  return [...rows].sort((a, b) => (a.digest < b.digest ? -1 : 1))
}

function counts(of: readonly SuppressionCount[]): readonly string[] {
  return of.map(({ kind, entries, unreachable }) => `${kind} ${entries} ${unreachable}`).sort()
}
