import { setTimeout } from 'node:timers/promises'
import { createLinkService, generateKeyring, type LinkService, type LinkStore, loadKeyring } from '@surveyseal/links'
import { describe, expect, test } from 'vitest'
import { linkStore } from '../src/link-store.js'
import type { Sql } from '../src/sql.js'
import { databasePerTest, onEngines } from './support/suites.js'

const scope = { tenant: 'acme', survey: 'nps', purpose: 'survey', baseUrl: 'https://feedback.example/s' }
const peppers = { current: { id: 'a', secret: new Uint8Array(32).fill(1) } }
const expiresAt = new Date('2100-01-01')
const draft = Uint8Array.of(1)

/** Lets a rival run between the judging of a link and the saving of its draft; on SQLite it waits for its turn. */
function interrupted(store: LinkStore<Sql>, rival: () => Promise<unknown>): LinkStore<Sql> {
  const interrupt = (inner: LinkStore<Sql>): LinkStore<Sql> =>
    Object.assign(Object.create(inner), {
      find: inner.find.bind(inner),
      suppressed: inner.suppressed.bind(inner),
      withhold: inner.withhold.bind(inner),
      register: inner.register.bind(inner),
      dropDraft: inner.dropDraft.bind(inner),
      saveDraft: async (...args: Parameters<typeof inner.saveDraft>) => {
        await Promise.race([rival(), setTimeout(300)])
        return inner.saveDraft(...args)
      },
    })
  return {
    ...interrupt(store),
    find: store.find.bind(store),
    suppressed: store.suppressed.bind(store),
    transaction: (run) => store.transaction((inner, tx) => run(interrupt(inner), tx)),
  }
}

const rivals: Readonly<Record<string, (links: LinkService<Sql>, url: string) => Promise<unknown>>> = {
  'a submission': (links, url) =>
    links.submit(url, { idempotencyKey: 'idempotency-key-0001', accept: async () => null }),
  'a revocation of the link': (links, url) => links.revoke({ link: url }),
  'the erasure of the person': (links) => links.revoke({ respondent: '1', everywhere: true }),
}

onEngines('drafts', (engine) => {
  const database = databasePerTest(engine)

  describe.each(['opaque', 'sealed'])('of a link that is %s', (kind) => {
    test.each(Object.keys(rivals))('leave nothing behind when saved while %s is under way', async (name) => {
      const keyring = await loadKeyring(generateKeyring())
      const store = linkStore(await database.another(), scope)
      const links = createLinkService({ ...scope, keyring, store: linkStore(database.sql, scope), peppers })
      const url =
        kind === 'sealed' ? keyring.bind(scope).seal({ respondent: '1', expiresAt }, scope).url : await issue(links)
      expect((await links.saveDraft(url, draft)).state).toBe('usable')
      let done: Promise<unknown> = Promise.resolve()
      const rival = () => {
        done = rivals[name]?.(links, url) ?? done
        return done
      }
      const racing = createLinkService({ ...scope, keyring, store: interrupted(store, rival), peppers })
      await racing.saveDraft(url, draft)
      await done
      expect((await links.open(url)).state).not.toBe('usable')
      const kept = await database.sql.query('SELECT digest FROM surveyseal_link_drafts')
      expect(kept).toHaveLength(0)
    })
  })
})

async function issue(links: LinkService<Sql>): Promise<string> {
  for await (const { url } of links.issue([{ respondent: '1' }])) return url
  return ''
}
