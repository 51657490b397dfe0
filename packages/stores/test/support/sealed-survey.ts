import { type ErasureTools, executeErasure, planErasure } from '@surveyseal/core/erase'
import { createLinkService, type Keyring, type KeyringDocument, type LinkService, loadKeyring } from '@surveyseal/links'
import { linkErasure } from '@surveyseal/links/erase'
import { erasureJournal } from '../../src/erasure-journal.js'
import { linkStore } from '../../src/link-store.js'
import type { Sql } from '../../src/sql.js'
import { answers, insertAnswer, subject } from './answers.js'

const scope = { tenant: 'acme', survey: 'nps', purpose: 'survey', baseUrl: 'https://feedback.example/s' }

/** A survey that accepts links of both kinds, on one of the connections of its host. */
export async function sealedSurvey(sql: Sql, document: KeyringDocument) {
  const keyring: Keyring = await loadKeyring(document)
  const peppers = { current: { id: 'p', secret: new Uint8Array(32).fill(8) } }
  const links: LinkService<Sql> = createLinkService({ ...scope, keyring, peppers, store: linkStore(sql, scope) })
  const targets = [answers(sql), linkErasure(links)]
  const tools: ErasureTools = { subject, targets, journal: erasureJournal(sql, scope) }
  const seal = (respondent: string): string =>
    keyring.bind(scope).seal({ respondent, expiresAt: new Date('2100-01-01') }, scope).url
  return { links, tools, seal }
}

/** Keeps an answer that holds nothing of its writer but the reference. */
export function answer(tx: Sql, id: number, respondent: string): Promise<void> {
  return insertAnswer(tx, { id, respondent, comment: `Song of ${respondent}` })
}

/** Erases the person of the tests as an operator does who plans again when something came meanwhile; how often that was. */
export async function eraseUntilDone(tools: ErasureTools): Promise<number> {
  for (let plans = 1; ; plans++) {
    const plan = await planErasure(tools)
    const confirmed = plan.records.filter(({ relation }) => relation !== 'dependent').map(({ key }) => key)
    try {
      await executeErasure(plan, { ...tools, confirmed })
      return plans
    } catch (error) {
      const { code } = error as { readonly code?: string }
      if (code !== 'ERR_ERASURE_INCOMPLETE' && code !== 'ERR_ERASURE_DATA_CHANGED') throw error
    }
  }
}
