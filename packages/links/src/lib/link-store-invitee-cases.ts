/**
 * The cases of the link store contract about invitees: what earlier links used up, and what is removed with time.
 *
 * @module
 */

import type { LinkRecord } from '../link-store.js'
import { assertEqual } from './assertions.js'
import { AT, type LinkStoreCase, record, spendWith } from './link-store-case.js'

/** The cases. */
export const INVITEE_CASES: Readonly<Record<string, LinkStoreCase>> = {
  'issuing again gives back no use that was spent': async ({ links }) => {
    await links.issue([record('a', { usesLeft: 3 })], AT)
    await spendWith(links, 'first')
    await spendWith(links, 'second')
    await links.issue([record('b', { usesLeft: 3 })], AT)
    assertEqual((await links.find(record('b')))?.usesLeft, 1)
    await links.issue([record('c', { usesLeft: 1 })], AT)
    assertEqual((await links.find(record('c')))?.usesLeft, 0)
    await links.issue([record('d', { usesLeft: 5 })], AT)
    assertEqual((await links.find(record('d')))?.usesLeft, 3)
    await links.issue([record('e', { serial: 1 }), record('f', { respondent: 'another' })], AT)
    assertEqual((await links.find(record('e')))?.usesLeft, 1)
    assertEqual((await links.find(record('f')))?.usesLeft, 1)
  },

  'a spend counts against later links even after its link was revoked': async ({ links }) => {
    await links.issue([record('a', { usesLeft: 2 })], AT)
    await spendWith(links, 'first')
    await links.revoke({ survey: 'survey' }, AT)
    await links.issue([record('b', { usesLeft: 2 })], AT)
    assertEqual((await links.find(record('b')))?.usesLeft, 1)
  },

  'of a spend and an issue that race, the use is spent once': async ({ links }) => {
    await links.issue([record('a')], AT)
    const [outcome] = await Promise.all([spendWith(links, 'key'), links.issue([record('b')], AT)])
    assertEqual((await links.find(record('b')))?.usesLeft, outcome === 'spent' ? 0 : 1)
  },

  'erase removes every link of a respondent with spends and drafts, and nobody else’s': async ({ links }) => {
    const theirs = [record('a', { usesLeft: 2 }), record('b', { survey: 'other' }), record('c', { revokedAt: AT })]
    const another = record('d', { respondent: 'another', usesLeft: 2 })
    await links.register([...theirs, another])
    await spendWith(links, 'first')
    await links.saveDraft(record('a'), { body: Uint8Array.of(1), savedAt: AT })
    await links.saveDraft(another, { body: Uint8Array.of(2), savedAt: AT })
    assertEqual([await links.holds('respondent'), await links.holds('RESPONDENT')], [true, false])
    assertEqual([await links.erase('respondent'), await links.erase('respondent')], [3, 0])
    assertEqual([await links.holds('respondent'), await links.holds('another')], [false, true])
    assertEqual(await Promise.all(theirs.map((key) => links.find(key))), [null, null, null])
    assertEqual([await links.findDraft(record('a')), (await links.findDraft(another))?.savedAt], [null, AT])
    // Made anew, the link knows nothing of what was spent.
    await links.register([record('a', { usesLeft: 1 })])
    assertEqual(await spendWith(links, 'first'), 'spent')
  },

  'of an erasure and a spend that race, no spend outlives its link': async ({ links }) => {
    await links.register([record('a', { usesLeft: 2 })])
    await Promise.all([spendWith(links, 'first'), links.erase('respondent')])
    assertEqual(await links.holds('respondent'), false)
    await links.register([record('a', { usesLeft: 1 })])
    assertEqual(await spendWith(links, 'first'), 'spent')
  },

  'issued finds every link of an invitee, and no other': async ({ links }) => {
    assertEqual(await links.issued([]), [])
    await links.issue([record('a', { batch: 'one' }), record('c', { serial: 1 }), record('d', { respondent: 'd' })], AT)
    await links.issue([record('b', { batch: 'two' }), record('a', { survey: 'other' })], AT)
    assertEqual(digestsOf(await links.issued([record('?')])), ['a', 'b'])
    assertEqual(digestsOf(await links.issued([record('?', { serial: 1 }), record('?'), record('?')])), ['a', 'b', 'c'])
    assertEqual(await links.issued([record('?', { respondent: 'D' }), record('?', { purpose: 'other' })]), [])
  },

  'spends finds accepted spends by their keys, in one survey and purpose': async ({ links }) => {
    await links.register([record('a', { usesLeft: 2 }), record('b', { respondent: 'b' })])
    await spendWith(links, 'first')
    await spendWith(links, 'second')
    await links.spend(record('b'), { idempotencyKey: 'other', at: AT })
    const query = { survey: 'survey', purpose: 'survey', idempotencyKeys: ['second', 'second', 'unknown', 'other'] }
    const found = [...(await links.spends(query))].sort((a, b) => (a.idempotencyKey < b.idempotencyKey ? -1 : 1))
    assertEqual(
      found.map(({ idempotencyKey, record: { digest, usesLeft } }) => [idempotencyKey, digest, usesLeft]),
      [
        ['other', 'b', 0],
        ['second', 'a', 0],
      ],
    )
    assertEqual(await links.spends({ ...query, survey: 'Survey' }), [])
    assertEqual(await links.spends({ ...query, idempotencyKeys: [] }), [])
  },

  'pepperIds names the peppers of links and suppressions': async ({ links, store }) => {
    assertEqual(await links.pepperIds(), [])
    await links.register([record('a'), record('b', { pepperId: 'other' }), record('c')])
    const about = { digest: 'd', pepperId: 'third', entry: 'e', kind: 'survey', addedAt: AT } as const
    await links.suppress([about])
    await store('Tenant').register([record('a', { pepperId: 'theirs' })])
    assertEqual([...(await links.pepperIds())].sort(), ['other', 'pepper', 'third'])
  },

  'purge removes links that expired before an instant, with their spends': async ({ links, store }) => {
    const theirs = store('Tenant')
    await theirs.register([record('a', { validUntil: AT + 1 })])
    await links.register([
      record('a', { validUntil: AT + 1 }),
      record('b', { respondent: 'b', validUntil: AT + 2 }),
      record('c', { respondent: 'c' }),
    ])
    await spendWith(links, 'key')
    assertEqual(await links.purge(AT + 1), { links: 0, drafts: 0 })
    assertEqual(await links.purge(AT + 2), { links: 1, drafts: 0 })
    assertEqual(digestsOf(await links.issued([record('?'), record('?', { respondent: 'b' })])), ['b'])
    assertEqual(await links.spends({ survey: 'survey', purpose: 'survey', idempotencyKeys: ['key'] }), [])
    await links.register([record('a')])
    assertEqual(await spendWith(links, 'key'), 'spent')
    assertEqual((await theirs.find(record('a')))?.validUntil, AT + 1)
    assertEqual((await links.find(record('c')))?.digest, 'c')
  },

  'purge keeps what an invitee has spent while another of their links is alive': async ({ links }) => {
    await links.issue([record('a', { usesLeft: 2, validUntil: AT + 1 })], AT)
    await spendWith(links, 'first')
    await links.issue([record('b', { usesLeft: 2, validUntil: AT + 9 })], AT)
    assertEqual(await links.purge(AT + 5), { links: 0, drafts: 0 })
    await links.issue([record('c', { usesLeft: 2, validUntil: AT + 9 })], AT)
    assertEqual((await links.find(record('c')))?.usesLeft, 1)
    assertEqual(await links.purge(AT + 10), { links: 3, drafts: 0 })
  },
}

function digestsOf(records: readonly LinkRecord[]): readonly string[] {
  return records.map(({ digest }) => digest).sort()
}
