import type { LinkService } from '@surveyseal/links'
import { issuanceStoreContract, linkageStoreContract, spentTokenStoreContract } from '@surveyseal/links/testing'
import { generateWaveKey, loadWaveKey, type WaveKeyDocument } from '@surveyseal/links/unlinkable'
import { beforeAll, describe, expect, test } from 'vitest'
import { issuanceStore } from '../src/issuance-store.js'
import { linkStore } from '../src/link-store.js'
import { linkageStore } from '../src/linkage-store.js'
import { spentTokenStore } from '../src/spent-token-store.js'
import type { Sql } from '../src/sql.js'
import { type Child, letGo } from './support/children.js'
import { harness } from './support/engines.js'
import { childrenPerSuite, databasePerTest, onEngines } from './support/suites.js'
import { blindedMessages, openStaffWave, wave } from './support/wave.js'

onEngines('unlinkable links', (engine) => {
  describe('issuanceStore passes the contract of issuance stores', () => {
    const contract = issuanceStoreContract(() => harness(engine, (sql, tenant) => issuanceStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })

  describe('spentTokenStore passes the contract of stores of spent tokens', () => {
    const contract = spentTokenStoreContract(() => harness(engine, (sql, tenant) => spentTokenStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })
  describe('linkageStore passes the contract of stores of linkages', () => {
    const contract = linkageStoreContract(() => harness(engine, (sql, tenant) => linkageStore(sql, { tenant })))
    for (const { name, run } of contract) test(name, run)
  })

  describe('a wave', () => {
    const database = databasePerTest(engine)
    const children = childrenPerSuite()
    let document: WaveKeyDocument

    beforeAll(async () => {
      document = await generateWaveKey(wave, { modulusLength: 2048 })
    })

    const invite = async (links: LinkService<Sql>, respondent = 'ada') => {
      for await (const { url } of links.issue([{ respondent }])) return url
      return expect.unreachable()
    }
    const rows = () => database.sql.query('SELECT * FROM surveyseal_issuances')
    const ask = (link: string, blinded: Uint8Array, dies = false): Child => {
      const message = Buffer.from(blinded).toString('base64url')
      return children.spawn('issue', { args: [database.target, document, link, message, dies] })
    }

    async function race(racers: readonly Child[]): Promise<readonly { outcome: string; signature: number[] | null }[]> {
      await letGo(racers)
      for (const racer of racers) expect(await racer.exit, racer.errors()).toBe(0)
      return racers.map(({ lines }) => JSON.parse(lines[1] ?? ''))
    }

    test('of processes that race for one person with different messages one gets a token', async () => {
      const { links, issuer } = await openStaffWave(database.sql, loadWaveKey(document))
      const link = await invite(links)
      const outcomes = await race(blindedMessages(4).map((blinded) => ask(link, blinded)))
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['issued', 'refused', 'refused', 'refused'])
      expect((await issuer.cohort()).issued).toBe(1)
    })

    test('of processes that race with the same message all get the same bytes', async () => {
      const { links } = await openStaffWave(database.sql, loadWaveKey(document))
      const link = await invite(links)
      const [blinded = new Uint8Array()] = blindedMessages(1)
      const outcomes = await race(Array.from({ length: 3 }, () => ask(link, blinded)))
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['issued', 'repeated', 'repeated'])
      expect(new Set(outcomes.map(({ signature }) => JSON.stringify(signature))).size).toBe(1)
    })

    test('a process killed between the commit and its reply costs nobody their token, and gives no second one', async () => {
      const key = loadWaveKey(document)
      const { links, issuer } = await openStaffWave(database.sql, key)
      const link = await invite(links)
      const [blinded = new Uint8Array(), another = new Uint8Array()] = blindedMessages(2)
      const child = ask(link, blinded, true)
      child.process.stdin.write('go\n')
      expect(await child.exit, child.errors()).toBe(null)
      expect(child.lines).toEqual(['ready'])
      expect(await rows()).toHaveLength(1)
      const request = { link, keyId: key.keyId }
      expect(await issuer.issue({ ...request, blinded: another })).toMatchObject({ reason: 'already-issued' })
      const signature = key.blindSign(blinded)
      expect(await issuer.issue({ ...request, blinded })).toEqual({ outcome: 'repeated', signature })
    })

    test('of twenty people with two links and three tabs each, everybody has one token', async () => {
      const key = loadWaveKey(document)
      const connections = [database.sql, await database.another()]
      const waves = await Promise.all(connections.map((sql) => openStaffWave(sql, key)))
      const links = waves[0]?.links as LinkService<Sql>
      const requests: { link: string; blinded: Uint8Array; keyId: string }[] = []
      for (let person = 0; person < 20; person++) {
        const urls = [await invite(links, `person-${person}`), await invite(links, `person-${person}`)]
        for (const blinded of blindedMessages(3)) {
          requests.push(...urls.map((link) => ({ link, blinded, keyId: key.keyId })))
        }
      }
      const outcomes = await Promise.all(requests.map((request, at) => waves[at % 2]?.issuer.issue(request)))
      expect(outcomes.filter((each) => each?.outcome === 'issued')).toHaveLength(20)
      expect(await waves[1]?.issuer.cohort()).toEqual({ invitees: 20, issued: 20, floor: 20 })
    })

    test('what the host writes while it authorizes is kept with the issuance, or not at all', async () => {
      await database.sql.query('CREATE TABLE asked (link TEXT NOT NULL)')
      const write = (tx: Sql) => tx.query('INSERT INTO asked (link) VALUES ($1)', ['x'])
      for (const allowed of [false, true]) {
        const authorize = async (tx: Sql) => (await write(tx)) !== null && allowed
        const { links, issuer } = await openStaffWave(database.sql, loadWaveKey(document), { authorize })
        const link = await invite(links)
        const [blinded = new Uint8Array()] = blindedMessages(1)
        await issuer.issue({ link, keyId: document.keyId, blinded })
        expect(await rows()).toHaveLength(allowed ? 1 : 0)
        expect(await database.sql.query('SELECT * FROM asked')).toHaveLength(allowed ? 1 : 0)
      }
    })

    test('the host may spend the invitation in the same transaction, and a lost reply is still repeated', async () => {
      const authorize = async (tx: Sql) => {
        return (await linkStore(tx, wave).revoke({ respondent: 'ada' }, 1)) > 0
      }
      const { links, issuer } = await openStaffWave(database.sql, loadWaveKey(document), { authorize })
      const link = await invite(links)
      const [blinded = new Uint8Array()] = blindedMessages(1)
      const request = { link, keyId: document.keyId, blinded }
      const first = await issuer.issue(request)
      expect(first.outcome).toBe('issued')
      expect((await links.open(link)).state).toBe('revoked')
      expect(await issuer.issue(request)).toEqual({ ...first, outcome: 'repeated' })
    })

    test('nothing that is stored of issuances or answers is an instant, or differs between people but by digests', async () => {
      const { sql } = database
      for (const [table, columns] of Object.entries({
        surveyseal_issuances: ['blinded_hash', 'key_id', 'person', 'survey', 'tenant', 'wave'],
        surveyseal_spent_tokens: ['survey', 'tenant', 'token_hash', 'wave'],
      })) {
        const found = await sql.query(
          sql.dialect === 'sqlite'
            ? `SELECT name FROM pragma_table_info('${table}')`
            : `SELECT column_name AS name FROM information_schema.columns
               WHERE table_name = '${table}' AND table_schema = current_schema()`,
        )
        expect(found.map(({ name }) => String(name)).sort()).toEqual(columns)
        if (sql.dialect === 'sqlite') await expect(sql.query(`SELECT rowid FROM ${table}`)).rejects.toThrow()
      }
    })
  })
})
