import { createLinkService, generateKeyring, loadKeyring, type Pepper } from '@surveyseal/links'
import { expect, test } from 'vitest'
import { linkStore } from '../src/link-store.js'
import { databasePerTest, onEngines } from './support/suites.js'

const scope = { tenant: 'acme', survey: 'nps', purpose: 'survey', baseUrl: 'https://feedback.example/s' }
const pepper = (id: string): Pepper => ({ id, secret: new Uint8Array(32).fill(id.charCodeAt(0)) })

onEngines('sealed links', (engine) => {
  const database = databasePerTest(engine)

  test('processes that disagree about the current pepper spend a link once, however they race', async () => {
    const keyring = await loadKeyring(generateKeyring())
    const [a, b] = [pepper('a'), pepper('b')]
    const rings = [
      { current: a, others: [b] },
      { current: b, others: [a] },
    ]
    const connections = [database.sql, await database.another()]
    const services = connections.map((sql, at) =>
      createLinkService({ ...scope, keyring, store: linkStore(sql, scope), peppers: rings[at] ?? { current: a } }),
    )
    for (let link = 0; link < 20; link++) {
      const { url } = keyring.bind(scope).seal({ respondent: `r${link}`, expiresAt: new Date('2100-01-01') }, scope)
      const outcomes = await Promise.all(
        services.map((service, at) =>
          service.submit(url, { idempotencyKey: `idempotency-key-${at}`, accept: async () => 'answer' }),
        ),
      )
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'spent'])
    }
  })
})
