import { linkStoreContract } from '@surveyseal/links/testing'
import { describe, expect, test } from 'vitest'
import { linkStore } from '../src/link-store.js'
import { harness } from './support/engines.js'
import { linkRecord } from './support/links.js'
import { databasePerTest, onEngines } from './support/suites.js'

const acme = { tenant: 'acme' }

onEngines('linkStore', (engine) => {
  describe('passes the contract of link stores', () => {
    const contract = linkStoreContract(() => harness(engine, (sql, tenant) => linkStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })

  describe('besides', () => {
    const database = databasePerTest(engine)

    test('of issuers that race for one respondent exactly one link stays alive', async () => {
      const stores = [linkStore(database.sql, acme), linkStore(await database.another(), acme)]
      const digests = Array.from({ length: 20 }, (_, issuer) => `digest-${issuer}`)
      await Promise.all(
        digests.map((digest, issuer) => stores[issuer % 2]?.issue([linkRecord(digest, { respondent: 'ada' })], issuer)),
      )
      const found = await Promise.all(digests.map((digest) => stores[0]?.find(linkRecord(digest))))
      expect(found.filter((record) => record?.revokedAt === null)).toHaveLength(1)
      expect(found).not.toContain(null)
    })

    test('issuers that race for many respondents in opposite order all succeed', async () => {
      const respondents = Array.from({ length: 100 }, (_, respondent) => `respondent-${respondent}`)
      const batch = (issuer: number) =>
        respondents.map((respondent) => linkRecord(`${respondent}-${issuer}`, { respondent }))
      const links = linkStore(database.sql, acme)
      await Promise.all([
        links.issue(batch(1), 1),
        linkStore(await database.another(), acme).issue(batch(2).reverse(), 2),
      ])
      expect(await links.revoke({ survey: 'nps' }, 3)).toBe(respondents.length)
    })

    test('issuing a batch again does not revoke what was issued since', async () => {
      const links = linkStore(database.sql, acme)
      const batch = [linkRecord('old', { respondent: 'ada' }), linkRecord('other')]
      await links.issue(batch, 1)
      await links.issue([linkRecord('new', { respondent: 'ada' })], 2)
      await links.issue([...batch, linkRecord('added')], 3)
      expect((await links.find(linkRecord('new')))?.revokedAt).toBeNull()
      expect((await links.find(linkRecord('old')))?.revokedAt).toBe(2)
      expect((await links.find(linkRecord('other')))?.revokedAt).toBeNull()
      expect((await links.find(linkRecord('added')))?.revokedAt).toBeNull()
    })

    test('of several links for one respondent in one batch the last is alive', async () => {
      const links = linkStore(database.sql, acme)
      const batch = ['a', 'b', 'c', 'a'].map((digest) => linkRecord(digest, { respondent: 'ada' }))
      await links.issue(batch, 1)
      const found = await Promise.all(['a', 'b', 'c'].map((digest) => links.find(linkRecord(digest))))
      expect(found.map((record) => record?.revokedAt)).toEqual([1, 1, null])
    })

    test('a batch of any size is stored whole', async () => {
      const links = linkStore(database.sql, acme)
      for (const size of [1, 255, 256, 257, 1023]) {
        const batch = Array.from({ length: size }, (_, link) => linkRecord(`${size}-${link}`))
        await links.issue(batch, 1)
        await links.register([...batch, linkRecord(`${size}-registered`)])
        expect(await links.revoke({ survey: 'nps' }, 2)).toBe(size + 1)
      }
    })

    test('a selector that names neither survey nor respondent is refused and revokes nothing', async () => {
      const links = linkStore(database.sql, acme)
      await links.issue([linkRecord('a', { cohort: 'c' })], 1)
      for (const selector of [{}, { cohort: 'c' }, Object.create({ survey: 'nps' })]) {
        await expect(links.revoke(selector, 2)).rejects.toThrow(RangeError)
      }
      await expect(links.revoke({ survey: undefined } as never, 2)).rejects.toThrow(TypeError)
      expect((await links.find(linkRecord('a')))?.revokedAt).toBeNull()
    })

    test('a refused spend leaves no trace', async () => {
      const links = linkStore(database.sql, acme)
      await links.issue([linkRecord('a')], 1)
      for (const idempotencyKey of ['first', 'second', 'third'])
        await links.spend(linkRecord('a'), { idempotencyKey, at: 2 })
      await links.spend(linkRecord('unknown'), { idempotencyKey: 'first', at: 2 })
      const noted = await database.sql.query('SELECT digest, idempotency_key FROM surveyseal_link_spends')
      expect(noted.map((row) => ({ ...row }))).toEqual([{ digest: 'a', idempotency_key: 'first' }])
    })

    test('on the handle of a transaction every call is part of it', async () => {
      await expect(
        database.sql.transaction(async (tx) => {
          await linkStore(tx, acme).issue([linkRecord('a')], 1)
          throw new Error('undone')
        }),
      ).rejects.toThrow('undone')
      expect(await linkStore(database.sql, acme).find(linkRecord('a'))).toBeNull()
    })
  })
})
