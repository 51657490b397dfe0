import {
  createConsentService,
  createGate,
  type Decision,
  defineNotice,
  pseudonymize,
  readEventRecord,
} from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { createTestSigner, memoryConsentStore } from '@surveyseal/consent/testing'
import { assessProgramme, countermeasuresFor, parseProgramme } from '@surveyseal/core/risk'
import { createLinkService } from '@surveyseal/links'
import { memoryIssuanceStore, memoryLinkageStore, memoryLinkStore } from '@surveyseal/links/testing'
import { createIssueHandler, generateWaveKey, loadWaveKey, openWave } from '@surveyseal/links/unlinkable'
import { obtainToken } from '@surveyseal/links/unlinkable-browser'
import { expect, test } from 'vitest'

const survey = 'staff'
const audience = 'https://invite.example'
const practice = 'standard-survey'
const secret = new Uint8Array(32).fill(5)
const wording = {
  title: 'Your view',
  summary: 'Your answer cannot be tied to you, and so it cannot be withdrawn once it is sent.',
  purposes: { 'take-part': { title: 'Take part', description: 'You are given one token for one answer.' } },
  withdrawal: 'Until your token is issued, here. After that, for later surveys only.',
}
const notice = defineNotice({
  ...{ id: 'staff', version: '1', controller: { name: 'Acme', contact: 'privacy@acme.example' } },
  purposes: [
    {
      ...{ id: 'take-part', practices: [practice], legalBasis: 'consent' },
      ...{ dataCategories: ['that you have a token'], recipients: ['Acme'], retention: 'P1Y' },
    },
  ],
  wording: { en: wording },
})

const evidence = countermeasuresFor('low').map(({ countermeasure }) => ({
  ...{ countermeasure, practice, from: '2026-01-01', source: 'register' },
}))
const programme = parseProgramme({ name: 'staff', practices: [practice], evidence })

test('for unlinkable answers the whole ceremony happens at issuance, and nothing of it travels with the token', async () => {
  const store = memoryConsentStore()
  const consents = createConsentService({ ...(await createTestSigner()), store, audience, notices: [notice] })
  const gate = createGate({ store, notices: [notice], assess: (at) => assessProgramme(programme, { at }) })
  const links = createLinkService({
    ...{ tenant: 'acme', survey, purpose: 'survey', baseUrl: `${audience}/s`, store: memoryLinkStore() },
    peppers: { current: { id: '1', secret } },
  })
  const subjectOf = (respondent: string) => pseudonymize(respondent, { secret, survey })
  const key = loadWaveKey(await generateWaveKey({ tenant: 'acme', survey, wave: '1' }, { modulusLength: 2048 }))
  const issuer = await openWave({
    ...{ links, store: memoryIssuanceStore(), linkages: memoryLinkageStore(), key, pepper: secret, invitees: 20 },
    authorize: async (_tx, { respondent }) => {
      const { outcome } = await gate.evaluate({ practice, subject: subjectOf(String(respondent)), survey })
      return outcome === 'allow'
    },
  })
  const sent: string[] = []
  const network: typeof fetch = async (url, init) => {
    const request = new Request(String(url), init)
    sent.push(await request.clone().text())
    return createIssueHandler(issuer)(request)
  }

  async function come(respondent: string, decision: Decision): Promise<string> {
    const request = await consents.request(notice, { subject: subjectOf(respondent), survey, language: 'en' })
    await consents.record(await signConsent(request, { 'take-part': decision }, { indexedDB: null }))
    for await (const { url } of links.issue([{ respondent }])) {
      const states = new Map<string, string>()
      const storage = {
        begin: async (name: string, state: string) => states.get(name) ?? states.set(name, state).get(name) ?? '',
        read: async (name: string) => states.get(name) ?? null,
        replace: async (name: string, state: string) => void states.set(name, state),
      }
      const wave = { wave: key.publish(), keyId: key.keyId, issueUrl: `${audience}/issue` }
      return JSON.stringify(await obtainToken({ link: url, ...wave, storage, fetch: network }))
    }
    throw new Error('no link')
  }

  const token = await come('ada', 'given')
  const [record] = await store.events({ subject: subjectOf('ada'), survey })
  if (record === undefined) return expect.unreachable()
  const event = readEventRecord(record)
  if (event.kind !== 'decision') return expect.unreachable()
  for (const trace of [event.subject, event.nonce, event.id, event.digest, event.hash, event.keyThumbprint]) {
    expect(sent.join() + token).not.toContain(trace)
  }
  for (const decision of ['refused', 'withdrawn'] as const) {
    await expect(come(decision, decision)).rejects.toMatchObject({ code: 'ERR_UNLINKABLE_NOT_PERMITTED' })
  }
})
