import { createConsentService, createSigner, defineNotice, pseudonymize } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import { consentErasure, rightsErasure } from '@surveyseal/consent/erase'
import { createRightsService } from '@surveyseal/consent/rights'
import {
  type ErasureTarget,
  type ErasureTools,
  executeErasure,
  planErasure,
  resumeErasure,
} from '@surveyseal/core/erase'
import { generateLedgerKeys, loadSigner } from '@surveyseal/ledger'
import { createLinkService } from '@surveyseal/links'
import { linkErasure } from '@surveyseal/links/erase'
import {
  generateWaveKey,
  issuanceErasure,
  loadWaveKey,
  openWave,
  type WaveKeyDocument,
} from '@surveyseal/links/unlinkable'
import { consentLedger } from '../../src/consent-ledger.js'
import { consentStore } from '../../src/consent-store.js'
import { erasureJournal } from '../../src/erasure-journal.js'
import { erasureOutbox } from '../../src/erasure-outbox.js'
import { issuanceStore } from '../../src/issuance-store.js'
import { linkStore } from '../../src/link-store.js'
import { linkageStore } from '../../src/linkage-store.js'
import { outboxStore } from '../../src/outbox-store.js'
import { rightsStore } from '../../src/rights-store.js'
import type { Sql } from '../../src/sql.js'
import { answers, subject } from './answers.js'
import { smallNotice } from './notice.js'

export const ACME = { tenant: 'acme' }
export const surveys = ['spring', 'autumn'] as const
const audience = 'https://feedback.example'
const notice = defineNotice(smallNotice)
const secret = new Uint8Array(32).fill(9)
const wave = { tenant: 'acme', survey: 'staff', wave: '2026' }

/** What two processes must share to be one controller. JSON. */
export interface HostKeys {
  readonly controller: JsonWebKey
  readonly log: string
  readonly logVerifier: string
  readonly wave: WaveKeyDocument
}

export async function makeHostKeys(): Promise<HostKeys> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { signerKey, verifierKey } = await generateLedgerKeys('feedback.example/consents')
  return {
    controller: await crypto.subtle.exportKey('jwk', pair.privateKey),
    ...{ log: signerKey, logVerifier: verifierKey, wave: await generateWaveKey(wave, { modulusLength: 2048 }) },
  }
}

/** A host that uses everything there is, on one database. */
export async function wholeHost(sql: Sql, keys: HostKeys) {
  const { x = '', y = '' } = keys.controller
  const signer = await createSigner(keys.controller, { keyId: 'k1' })
  const controllerKeys = {
    keys: [{ kid: 'k1', kty: 'EC' as const, crv: 'P-256' as const, x, y }],
    logs: [keys.logVerifier],
  }
  const subjectOf = (reference: string, survey: string): string => pseudonymize(reference, { secret, survey })
  const personOf = (reference: string): string => pseudonymize(reference, { secret, survey: 'rights' })
  const ledger = consentLedger(sql, { ...ACME, signer: await loadSigner(keys.log) })
  const [store, outbox, rights] = [consentStore(sql, ACME), outboxStore(sql, ACME), rightsStore(sql, ACME)]
  const consents = createConsentService({
    ...{ store, outbox, ledger, signer, keys: controllerKeys, audience, notices: [notice] },
    linksOf: async () => ['link of somebody'],
  })
  const linksOf = (survey: string) =>
    createLinkService({
      ...{ ...ACME, survey, purpose: 'survey', store: linkStore(sql, ACME), baseUrl: 'https://feedback.example/s' },
      peppers: { current: { id: 'p', secret: new Uint8Array(32).fill(8) } },
    })
  const issuances = issuanceStore(sql, ACME)
  const issuer = await openWave({
    ...{
      key: loadWaveKey(keys.wave),
      store: issuances,
      linkages: linkageStore(sql, ACME),
      links: linksOf(wave.survey),
    },
    ...{ pepper: secret, invitees: 20, authorize: async () => true },
  })
  const targets: readonly ErasureTarget[] = [
    answers(sql),
    issuanceErasure({ store: issuances, waves: [{ scope: wave, pepper: secret }] }),
    linkErasure(linksOf('spring')),
    consentErasure({ store, signer, audience, subjectOf, keepFor: 'P3Y', ledger, outbox }),
    rightsErasure({ store: rights, personOf }),
  ]
  const tools = { subject, targets, journal: erasureJournal(sql, ACME), outbox: erasureOutbox(sql, ACME) }
  return {
    issuer,
    sql,
    signer,
    controllerKeys,
    consents,
    ledger,
    outbox,
    rights,
    store,
    linksOf,
    subjectOf,
    personOf,
    tools,
  }
}

export type WholeHost = Awaited<ReturnType<typeof wholeHost>>

/** Somebody with links, a draft, an answer sent, a token of an unlinkable survey, consent given, renewed and withdrawn, and requests. */
export async function takePart(host: WholeHost, respondent: string): Promise<{ readonly receipts: readonly string[] }> {
  const receipts: string[] = []
  for (const survey of surveys) {
    const links = host.linksOf(survey)
    for await (const { url } of links.issue([
      { respondent, serial: 0 },
      { respondent, serial: 1 },
    ])) {
      await links.saveDraft(url, new TextEncoder().encode(`half an answer of ${respondent}`))
    }
    const chain = { subject: host.subjectOf(respondent, survey), survey }
    for (const decision of ['given', 'renewed'] as const) {
      const request = await host.consents.request(notice, { ...chain, language: 'en' })
      const { receipt } = await host.consents.record(
        await signConsent(request, { 'call-back': decision }, { indexedDB: null }),
      )
      receipts.push(receipt)
    }
    receipts.push((await host.consents.withdraw({ ...chain, via: 'operator' })).receipt)
    await host.consents.request(notice, { ...chain, language: 'en' })
  }
  for await (const { url } of host.linksOf(wave.survey).issue([{ respondent }])) {
    const blinded = Uint8Array.of(1, ...crypto.getRandomValues(new Uint8Array(255)))
    await host.issuer.issue({ link: url, keyId: host.issuer.published.keyId, blinded })
  }
  const requests = createRightsService({ store: host.rights, timeZone: 'Europe/Paris' })
  for (const right of ['access', 'erasure'] as const) {
    const { id } = await requests.receive({ person: host.personOf(respondent), right })
    if (right === 'access') await requests.advance(id, { to: 'fulfilled' })
  }
  return { receipts }
}

export function planOf({ tools }: WholeHost) {
  return planErasure(tools)
}

/** Begins, or goes on with what another process began. */
export async function carryOut(plan: Awaited<ReturnType<typeof planOf>>, tools: ErasureTools) {
  const begun = (await tools.journal.pending()).includes(plan.id)
  const confirmed = plan.records.filter(({ relation }) => relation !== 'dependent').map(({ key }) => key)
  return begun ? resumeErasure(plan.id, tools) : executeErasure(plan, { ...tools, confirmed })
}
