/**
 * The moment an answer arrives: the link is spent and the answer kept as one, both or neither.
 *
 * @module
 */
import { findCustomer } from './data/customers.js'
import { markAnswered } from './data/invitations.js'
import { addRecord, fieldsOf } from './data/records.js'
import type { Host } from './host.js'
import type { Language } from './i18n.js'
import { survey } from './notice.js'
import type { Answer } from './questions.js'

/** A survey link that a person has started to use. */
export interface Claim {
  readonly person: string
  readonly url: string
  /** From the link service: sending with it twice keeps the answer once. */
  readonly idempotencyKey: string
}

/** What is kept. */
export interface Submitted {
  readonly answer: Answer
  readonly language: Language
  readonly at: Date
}

/** Keeps an answer. The gate decides first whether it may be matched to the customer's record. */
export async function submitAnswer(
  host: Host,
  { person, url, idempotencyKey }: Claim,
  { answer, language, at }: Submitted,
): Promise<'spent' | 'repeated' | 'refused'> {
  const matching = await host.mayRun('link-answers-to-record', person)
  const { outcome } = await host.surveyLinks.submit(url, {
    idempotencyKey,
    async accept(tx, { serial }) {
      const customer = matching.outcome === 'allow' ? await findCustomer(tx, person) : null
      await addRecord(tx, { survey, customer, completedAt: at.getTime(), fields: fieldsOf(answer, { language, at }) })
      await markAnswered(tx, { person, serial, at: at.getTime() })
    },
  })
  return outcome
}
