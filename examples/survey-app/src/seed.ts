/**
 * Fills an empty database: customers, what they answered before, their invitations, what some of them decided and
 * answered since. Decisions and answers of the present survey go the way everyone's go.
 *
 * @module
 */
import type { Decision } from '@surveyseal/consent'
import { signConsent } from '@surveyseal/consent/browser'
import type { Sql } from '@surveyseal/stores'
import { addCustomer, type Customer, listCustomers } from './data/customers.js'
import { addRecord, fieldsOf } from './data/records.js'
import { lastOfEarlier, type SeedAnswer, type SeedCustomer, seedCustomers, today } from './data/seed-customers.js'
import type { Host } from './host.js'
import { invite } from './invite.js'
import { askedPurposes, notice, survey } from './notice.js'
import type { Answer } from './questions.js'
import { keepAnswer } from './submit.js'

/** What some customers said about follow-up, verbatims and insights; the others have not been asked yet. */
const decided: Record<string, readonly [Decision, Decision, Decision]> = {
  'RF-100533': ['given', 'given', 'given'],
  'RF-100561': ['given', 'refused', 'refused'],
  'RF-100574': ['given', 'given', 'refused'],
  'RF-100602': ['given', 'given', 'given'],
  'RF-100631': ['refused', 'refused', 'refused'],
  'RF-100659': ['given', 'given', 'given'],
}

/** One of them changed their mind. */
const withdrew = 'RF-100602'

/** One of them asked what is kept about them. */
const wrote = 'RF-100561'

/** Seeds the database unless somebody is in it. */
export async function seed(host: Host): Promise<void> {
  if ((await listCustomers(host.sql)).length > 0) return
  await host.sql.transaction(async (tx) => {
    for (const seeded of seedCustomers) {
      const customer = customerOf(seeded)
      await addCustomer(tx, customer)
      const earlier = seeded.answers.filter(({ completed }) => completed <= lastOfEarlier)
      for (const answer of earlier) await addEarlier(tx, customer, answer)
    }
  })
  await askBefore(host)
  // The first customer is left for the journey to invite.
  for (const [index, seeded] of seedCustomers.entries()) if (index > 0) await takePart(host, seeded, index)
}

/** One of them wrote a letter three weeks ago, and waits for a copy. */
async function askBefore(host: Host): Promise<void> {
  const waiting = seedCustomers.find(({ customerNumber }) => customerNumber === wrote)
  if (waiting === undefined) return
  const receivedAt = new Date(Date.now() - 21 * 86_400_000)
  await host.rights().receive({ person: host.nameOf(waiting.person), right: 'access', receivedAt })
}

/** Invites a customer; those who have decided sign it, and answer if they have. */
async function takePart(host: Host, seeded: SeedCustomer, index: number): Promise<void> {
  const { person, customerNumber, language } = seeded
  const url = await invite(host, { person, kind: index % 4 < 2 ? 'sealed' : 'opaque', days: 30 })
  const decisions = decided[customerNumber]
  if (decisions !== undefined) await decide(host, seeded, decisions)
  const answer = seeded.answers.find(({ completed }) => completed > lastOfEarlier)
  const claim = await host.surveyLinks.claim(url)
  if (answer !== undefined && claim.state === 'usable') {
    const { idempotencyKey } = claim
    const kept = { answer: answerOf(answer), language, at: moved(answer) }
    await host.surveyLinks.submit(url, {
      idempotencyKey,
      accept: (tx, link) => keepAnswer(host, { tx, link, ...kept }),
    })
  }
  if (customerNumber === withdrew) {
    await host.consents.withdraw({ via: 'operator', subject: host.subjectOf(person), survey })
  }
}

/** Signs as the person's browser would, with a key that is kept nowhere. */
async function decide(host: Host, { person, language }: SeedCustomer, decisions: readonly Decision[]): Promise<void> {
  const subject = host.subjectOf(person)
  const request = await host.consents.request(notice, { subject, survey, language, purposes: askedPurposes })
  const choices = Object.fromEntries(askedPurposes.map((purpose, index) => [purpose, decisions[index] ?? 'refused']))
  await host.consents.record(await signConsent(request, choices, { indexedDB: null }))
}

function customerOf({ person, language, email, telephone, answers: _, ...profile }: SeedCustomer): Customer {
  return { person, language, email, telephone, profile }
}

async function addEarlier(tx: Sql, customer: Customer, answer: SeedAnswer): Promise<void> {
  const { route, review, purchaseOrder } = answer
  const at = moved(answer)
  await addRecord(tx, {
    survey: `crossing-${at.getUTCFullYear()}`,
    customer,
    completedAt: at.getTime(),
    fields: {
      ...fieldsOf(answerOf(answer), { language: customer.language, at }),
      sentDate: new Date(at.getTime() - 3 * 86_400_000).toISOString().slice(0, 10),
      ...(review === undefined ? {} : { reviewComment: review }),
      ...(purchaseOrder === undefined ? {} : { customFields: { purchaseOrder } }),
      segments: { route },
    },
  })
}

function answerOf({ nps, csat, drivers, comment, followUpDetails }: SeedAnswer): Answer {
  const followUpRequested = followUpDetails !== undefined
  return { nps, csat, drivers, npsComment: comment, followUpRequested, followUpDetails: followUpDetails ?? '' }
}

/** The instant of an answer, as if the story's today were today. */
function moved({ completed }: SeedAnswer): Date {
  return new Date(Date.now() - (Date.parse(today) - Date.parse(completed)))
}
