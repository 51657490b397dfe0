/**
 * The moment an answer arrives: the link is spent and the answer kept as one, both or neither.
 *
 * @module
 */
import type { ResolvedLink } from '@surveyseal/links'
import { AnswerRefused, createLinkHandlers, type LinkHandlers } from '@surveyseal/links/http'
import type { Sql } from '@surveyseal/stores'
import { findCustomer } from './data/customers.js'
import { markAnswered } from './data/invitations.js'
import { addRecord, fieldsOf } from './data/records.js'
import type { Host } from './host.js'
import { type Language, parseLanguage } from './i18n.js'
import { survey } from './notice.js'
import { type Answer, parseAnswer } from './questions.js'

/** What is kept. */
interface Submitted {
  readonly tx: Sql
  readonly link: ResolvedLink
  readonly answer: Answer
  readonly language: Language
  readonly at: Date
}

/** Makes what takes answers from the survey page. */
export function answerHandlers(host: Host): LinkHandlers {
  return createLinkHandlers({
    links: host.surveyLinks,
    baseUrl: `${host.origin}/i`,
    async accept(tx, { answer: sent, link, language }) {
      const answer = parseAnswer(sent)
      if (answer === null) throw new AnswerRefused()
      await keepAnswer(host, { tx, link, answer, language: parseLanguage(language) ?? 'en', at: new Date() })
    },
    // The code, never the message.
    onError: (error, step) => console.error(`${step}: ${String((error as { code?: unknown }).code ?? 'failed')}`),
  })
}

/** Keeps an answer. The gate decides first whether it may be matched to the customer's record. */
export async function keepAnswer(host: Host, { tx, link, answer, language, at }: Submitted): Promise<void> {
  const { serial } = link
  const person = String(link.respondent)
  const matching = await host.mayRun('link-answers-to-record', person, { sql: tx })
  const customer = matching.outcome === 'allow' ? await findCustomer(tx, person) : null
  await addRecord(tx, { survey, customer, completedAt: at.getTime(), fields: fieldsOf(answer, { language, at }) })
  await markAnswered(tx, { person, serial, at: at.getTime() })
}
