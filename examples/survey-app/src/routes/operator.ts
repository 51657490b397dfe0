/**
 * The operator's desk. It has no sign-in: a real host puts its own in front of these routes.
 *
 * @module
 */
import { ConsentError, type Permission } from '@surveyseal/consent'
import { renderProgrammeReport } from '@surveyseal/core/report'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { anonymize, finishAnonymization, isInterrupted, previewAnonymization } from '../anonymize.js'
import { type Customer, findCustomer, listCustomers } from '../data/customers.js'
import { effectsOf } from '../data/effects.js'
import { findInvitation, type LinkKind, listInvitations } from '../data/invitations.js'
import { type AnswerRecord, listRecords } from '../data/records.js'
import type { Host } from '../host.js'
import { readForm } from '../input.js'
import { invite, revokeInvitation } from '../invite.js'
import { languageOf } from '../language.js'
import { survey } from '../notice.js'
import { donePage, findPage, type Problem, previewPage } from '../pages/operator/anonymize.js'
import { answersPage } from '../pages/operator/answers.js'
import { type ConsentHistory, type ConsentRow, consentPage, consentsPage } from '../pages/operator/consents.js'
import { type LinksPage, linksPage } from '../pages/operator/links.js'
import { programmePage } from '../pages/operator/programme.js'
import { createPlans } from '../plans.js'
import { type ProgrammePractice, practices, practicesToAsk } from '../programme.js'

/** References to people are UUIDs here. */
const personPattern = '[0-9a-f-]{36}'

/** Makes the operator's routes. */
export function operatorRoutes(host: Host): Hono {
  const app = new Hono()
  const plans = createPlans()

  app.get('/', (context) => context.redirect('/operator/programme', 303))
  app.get('/operator', (context) => context.redirect('/operator/programme', 303))
  app.get('/operator/programme', (context) => context.html(programmePage(languageOf(context), host.assess())))

  app.get('/operator/programme/report', (context) =>
    context.html(renderProgrammeReport(host.assess(), { language: languageOf(context) })),
  )

  app.get('/operator/links', async (context) => context.html(await links(host, context, {})))

  app.post('/operator/links/issue', async (context) => {
    const form = await readForm(context)
    const customer = await findCustomer(host.sql, form.text('person'))
    if (customer === null) return context.notFound()
    // Inviting is the survey's first use of what is kept of them, so the gate is asked.
    const permission = await host.mayRun('standard-survey', customer.person)
    if (permission.outcome === 'deny') return context.html(await links(host, context, { uninvited: customer }), 409)
    const kind: LinkKind = form.text('kind') === 'opaque' ? 'opaque' : 'sealed'
    const url = await invite(host, { person: customer.person, kind, days: form.text('days') === '7' ? 7 : 30 })
    return context.html(await links(host, context, { issued: { customer, kind, url } }))
  })

  app.post('/operator/links/revoke', async (context) => {
    const form = await readForm(context)
    const invitation = await findInvitation(host.sql, form.text('invitation'))
    if (invitation === null) return context.notFound()
    await revokeInvitation(host, invitation)
    return context.redirect('/operator/links', 303)
  })

  app.get('/operator/consents', async (context) => {
    const customers = await listCustomers(host.sql)
    const rows = await Promise.all(customers.map((customer) => consentRow(host, customer, practicesToAsk)))
    return context.html(consentsPage(languageOf(context), rows))
  })

  app.get(`/operator/consents/:person{${personPattern}}`, async (context) => {
    const customer = await findCustomer(host.sql, context.req.param('person'))
    if (customer === null) return context.notFound()
    return context.html(consentPage(languageOf(context), await consentHistory(host, customer)))
  })

  app.post(`/operator/consents/:person{${personPattern}}/withdraw`, async (context) => {
    const customer = await findCustomer(host.sql, context.req.param('person'))
    if (customer === null) return context.notFound()
    await withdraw(host, customer)
    return context.redirect(`/operator/consents/${customer.person}`, 303)
  })

  app.get('/operator/answers', async (context) => {
    const records = await listRecords(host.sql)
    const ask = (practice: ProgrammePractice, { person, survey }: AnswerRecord): Promise<Permission> | null =>
      person === null ? null : host.mayRun(practice, person, { of: survey })
    const rows = records.map(async (record) => ({
      record,
      share: await ask('share-verbatims', record),
      call: await ask('close-the-loop', record),
    }))
    return context.html(answersPage(languageOf(context), await Promise.all(rows)))
  })

  app.get('/operator/anonymize', (context) => find(host, context, null))

  // A POST, because an address or number must not end up in an address bar, a history or a log.
  app.post('/operator/anonymize/find', async (context) => {
    const form = await readForm(context)
    const language = languageOf(context)
    const preview = await previewAnonymization(host, form.text('identifier'), language)
    if (preview === null) return find(host, context, 'none')
    plans.keep(preview)
    return context.html(previewPage(language, preview, null))
  })

  app.post('/operator/anonymize/confirm', async (context) => {
    const form = await readForm(context)
    const language = languageOf(context)
    const preview = plans.find(form.text('plan'))
    if (preview === null) return find(host, context, 'expired')
    const kept = form.texts('kept').filter((key) => key !== '')
    const confirmed = form.texts('record').filter((key) => !kept.includes(key))
    const outcome = await anonymize(
      host,
      { plan: preview.plan, retyped: form.text('retyped'), confirmed, kept },
      language,
    )
    if (outcome === 'mismatch' || outcome === 'unconfirmed') {
      return context.html(previewPage(language, preview, outcome), 422)
    }
    plans.forget(preview.plan.id)
    return typeof outcome === 'string' ? find(host, context, outcome) : context.html(donePage(language, outcome))
  })

  app.post('/operator/anonymize/finish', async (context) => {
    const language = languageOf(context)
    const outcome = await finishAnonymization(host, (await readForm(context)).text('retyped'), language)
    return typeof outcome === 'string' ? find(host, context, outcome) : context.html(donePage(language, outcome))
  })

  return app
}

async function find(host: Host, context: Context, message: 'none' | Problem | null): Promise<Response> {
  const interrupted = await isInterrupted(host)
  const status = message === null || message === 'none' ? 200 : 422
  return context.html(findPage(languageOf(context), { message, interrupted }), status)
}

/** Withdraws what a person has given. A page left open may offer it to someone who has said no meanwhile: that is no fault. */
async function withdraw(host: Host, { person }: Customer): Promise<void> {
  try {
    await host.consents.withdraw({ via: 'operator', subject: host.subjectOf(person), survey })
  } catch (error) {
    if (!(error instanceof ConsentError && error.code === 'ERR_CONSENT_NOTHING_TO_WITHDRAW')) throw error
  }
}

async function links(
  host: Host,
  context: Context,
  { issued = null, uninvited = null }: Partial<Pick<LinksPage, 'issued' | 'uninvited'>>,
): Promise<ReturnType<typeof linksPage>> {
  const customers = await listCustomers(host.sql)
  const byPerson = new Map(customers.map((customer) => [customer.person, customer]))
  const rows = (await listInvitations(host.sql)).flatMap((invitation) => {
    const customer = byPerson.get(invitation.person)
    const url = invitation.kind === 'sealed' ? host.sealedSurveyLink(invitation) : null
    return customer === undefined ? [] : [{ invitation, customer, url }]
  })
  return linksPage({ language: languageOf(context), now: Date.now(), customers, rows, issued, uninvited })
}

async function consentHistory(host: Host, customer: Customer): Promise<ConsentHistory> {
  const row = await consentRow(host, customer, practices)
  const withdrawals = row.events.filter(({ kind }) => kind === 'withdrawal')
  const [effects, requests] = await Promise.all([
    effectsOf(
      host.sql,
      withdrawals.map(({ digest }) => digest),
    ),
    host.requests.ofPerson(host.nameOf(customer.person)),
  ])
  return { ...row, subject: host.subjectOf(customer.person), effects, requests }
}

async function consentRow(host: Host, customer: Customer, asked: readonly ProgrammePractice[]): Promise<ConsentRow> {
  const permissions = await Promise.all(asked.map((practice) => host.mayRun(practice, customer.person)))
  return { customer, events: await host.eventsOf(customer.person), permissions }
}
