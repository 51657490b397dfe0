// @ts-check
// What every server beside this file serves: one question, its links, and what becomes of an answer.
import { createLinkService, loadKeyring } from '@surveyseal/links'
import { AnswerRefused, createLinkHandlers } from '@surveyseal/links/http'
import { memoryLinkStore } from '@surveyseal/links/testing'

const rating = /^(?:10|[0-9])$/

/** Where the links lead. TLS ends before these servers, so they never see this address: the handlers need only its path. */
export const baseUrl = 'https://feedback.example/s'
export const scope = { tenant: 'acme', survey: 'onboarding', purpose: 'survey' }

/**
 * Opens the survey with the secrets of an environment; nothing is made at random, so that all processes agree.
 *
 * @param {Record<string, string | undefined>} environment The keyring's document in `SURVEY_KEYRING`, and in
 * `SURVEY_PEPPER` at least 32 random bytes in base64.
 */
export async function openSurvey({ SURVEY_KEYRING = '', SURVEY_PEPPER = '' }) {
  const secret = Uint8Array.from(atob(SURVEY_PEPPER), (character) => character.charCodeAt(0))
  /** @type {string[]} */
  const ratings = []
  const links = createLinkService({
    ...{ ...scope, baseUrl },
    keyring: await loadKeyring(SURVEY_KEYRING),
    peppers: { current: { id: '2026', secret } },
    // To be run once, in one process. A survey keeps its links in a database: `linkStore` of @surveyseal/stores.
    store: memoryLinkStore(),
  })
  return createLinkHandlers({
    ...{ links, baseUrl },
    bucketSecret: secret,
    prefill: { rating: (value) => rating.test(value) },
    accept: async (tx, { answer }) => {
      const given = answer !== null && typeof answer === 'object' && 'rating' in answer ? String(answer.rating) : ''
      if (!rating.test(given)) throw new AnswerRefused(['Please choose from 0 to 10.'])
      tx.onCommit(() => ratings.push(given))
    },
    render: (page) =>
      page.step === 'claim'
        ? `<label>How likely are you to recommend us, from 0 to 10?
           <input name="rating" type="number" min="0" max="10" required value="${page.prefill['rating'] ?? ''}"></label>`
        : null,
  })
}
