/**
 * The cases of the link store contract about partial answers.
 *
 * @module
 */

import type { Draft } from '../draft-store.js'
import { assertEqual, assertRejects } from './assertions.js'
import { AT, type LinkStoreCase, record } from './link-store-case.js'

/** The cases. */
export const DRAFT_CASES: Readonly<Record<string, LinkStoreCase>> = {
  'the last draft of a link is kept, byte for byte': async ({ links, store }) => {
    const [first, last] = [draft(0, 255, 128), draft(...Array.from({ length: 70_000 }, (_, at) => at % 251))]
    await links.register([record('a'), record('b')])
    assertEqual(await links.findDraft(record('a')), null)
    await links.saveDraft(record('a'), first)
    assertEqual(shown(await links.findDraft(record('a'))), shown(first))
    await links.saveDraft(record('a'), { ...last, savedAt: AT - 1 })
    assertEqual(shown(await links.findDraft(record('a'))), shown({ ...last, savedAt: AT - 1 }))
    for (const other of [{ digest: 'b' }, { survey: 'other' }, { purpose: 'other' }]) {
      assertEqual(await links.findDraft({ ...record('a'), ...other }), null)
    }
    assertEqual(await store('Tenant').findDraft(record('a')), null)
    await store('Tenant').dropDraft(record('a'))
    await links.dropDraft(record('a'))
    await links.dropDraft(record('a'))
    assertEqual(await links.findDraft(record('a')), null)
  },

  'a draft is kept of a link that has a use left and is not revoked, and of no other': async ({ links }) => {
    const others = [record('b', { usesLeft: 0 }), record('c', { revokedAt: AT }), record('unknown')]
    await links.register([record('a', { usesLeft: 2, validUntil: AT - 1 }), ...others.slice(0, 2)])
    assertEqual(await links.saveDraft(record('a'), draft(1)), true)
    for (const other of others) {
      assertEqual(await links.saveDraft(other, draft(1)), false)
      assertEqual(await links.findDraft(other), null)
    }
    assertEqual((await links.find(record('a')))?.usesLeft, 2)
  },

  'revoking links drops their drafts, and no others': async ({ links, store }) => {
    const all = [record('a', { cohort: 'x' }), record('b', { respondent: 'b' }), record('c', { respondent: 'c' })]
    for (const links_ of [links, store('Tenant')]) {
      await links_.register(all)
      for (const one of all) await links_.saveDraft(one, draft(1))
    }
    const kept = async () => Promise.all(all.map(async (one) => (await links.findDraft(one)) !== null))
    await links.revoke({ survey: 'survey', cohort: 'x' }, AT)
    assertEqual(await kept(), [false, true, true])
    await links.issue([record('new', { respondent: 'b' })], AT)
    assertEqual(await kept(), [false, false, true])
    await links.revoke({ respondent: 'c' }, AT)
    assertEqual(await kept(), [false, false, false])
    for (const one of all) assertEqual(shown(await store('Tenant').findDraft(one)), shown(draft(1)))
  },

  'purge removes drafts saved before an instant': async ({ links }) => {
    await links.register([record('a'), record('b')])
    await links.saveDraft(record('a'), draft(1))
    await links.saveDraft(record('b'), { ...draft(2), savedAt: AT + 5 })
    assertEqual(await links.purge(AT + 5), { links: 0, drafts: 1 })
    assertEqual(await links.findDraft(record('a')), null)
    assertEqual(shown(await links.findDraft(record('b'))), shown({ ...draft(2), savedAt: AT + 5 }))
  },

  'a transaction that throws keeps draft and suppression as they were': async ({ links }) => {
    await links.register([record('a')])
    await links.saveDraft(record('a'), draft(1))
    const failure = new Error('the host changed its mind')
    const attempt = links.transaction(async (store) => {
      await store.dropDraft(record('a'))
      await store.suppress([{ digest: 'd', pepperId: 'p', entry: 'e', kind: 'erased', addedAt: AT }])
      throw failure
    })
    await assertRejects(attempt, failure)
    assertEqual(shown(await links.findDraft(record('a'))), shown(draft(1)))
    assertEqual(await links.suppressed(['d']), [])
  },
}

function draft(...bytes: number[]): Draft {
  return { body: Uint8Array.from(bytes), savedAt: AT }
}

/** Bytes as numbers, which compare alike whatever kind of array a driver gives. */
function shown(found: Draft | null): unknown {
  return found && { body: [...found.body], savedAt: found.savedAt }
}
