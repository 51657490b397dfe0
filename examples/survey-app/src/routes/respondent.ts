/**
 * The respondent's way: link, notice and choices, survey, receipt.
 *
 * @module
 */
import {
  ConsentError,
  type ConsentErrorCode,
  type ConsentEvent,
  type ConsentRequest,
  receiptHtml,
  type VerifiedReceipt,
  verifyReceipt,
} from '@surveyseal/consent'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { findCustomer } from '../data/customers.js'
import type { Host } from '../host.js'
import { type Language, parseLanguage } from '../i18n.js'
import { readForm, readJson } from '../input.js'
import { keepLanguage, languageOf } from '../language.js'
import { askedPurposes, notice, survey, wordingIn } from '../notice.js'
import { invitePage } from '../pages/invite.js'
import { againPage, closedPage } from '../pages/message.js'
import { noticePage } from '../pages/notice.js'
import { receiptPage } from '../pages/receipt.js'
import { surveyPage } from '../pages/survey.js'
import type { Session, Sessions } from '../session.js'
import { answerHandlers } from '../submit.js'

/** A session that came through a survey link. */
type Visit = Session & Required<Pick<Session, 'claim'>>

/** Makes the respondent's routes. */
export function respondentRoutes(host: Host, sessions: Sessions): Hono {
  const app = new Hono()
  const answers = answerHandlers(host)

  // Before the links themselves, which are never so short.
  app.all('/i/submit', (context) => answers.submit(context.req.raw))

  // Inert: mail scanners, previews and impatient fingers change nothing.
  app.get('/i/:token', async (context) => {
    const state = await host.surveyLinks.open(context.req.param('token'))
    if (state.state !== 'usable') return closed(context)
    const { kind, expiresAt, respondent } = state.link
    const customer = await findCustomer(host.sql, String(respondent))
    const asked = parseLanguage(context.req.query('language'))
    const language = asked ?? customer?.language ?? languageOf(context)
    return context.html(invitePage({ language, kind, token: context.req.param('token'), expiresAt }))
  })

  // The token is in the page's form, no longer in the address, and a person pressed the button.
  app.post('/respond/claim', async (context) => {
    const form = await readForm(context)
    const token = form.text('token')
    const claim = await host.surveyLinks.claim(token)
    if (claim.state !== 'usable') return closed(context)
    keepLanguage(context, parseLanguage(form.text('language')) ?? 'en')
    const person = String(claim.link.respondent)
    sessions.start(context, { claim: { person, token, idempotencyKey: claim.idempotencyKey } })
    return context.redirect('/respond/notice', 303)
  })

  app.get('/respond/notice', async (context) => {
    const visit = visitOf(sessions, context)
    if (visit === null) return again(context)
    const language = languageOf(context)
    const request = await askConsent(host, visit, language)
    return context.html(noticePage({ language, request, wording: wordingIn(language) }))
  })

  app.post('/respond/consent', async (context) => {
    const visit = visitOf(sessions, context)
    if (visit === null) return context.json({ next: '/invitation' })
    const sent = await readJson(context)
    const outcome = typeof sent === 'string' ? await recordConsent(host, visit, sent) : 'refused'
    if (outcome === 'refused') return context.json({ error: outcome }, 422)
    if (outcome === 'recorded') return context.json({ next: '/respond/survey' })
    return context.json({ request: await askConsent(host, visit, languageOf(context)) })
  })

  app.get('/respond/survey', async (context) => {
    const visit = visitOf(sessions, context)
    if (visit === null) return again(context)
    const linked = await host.mayRun('link-answers-to-record', visit.claim.person)
    const followUp = await host.mayRun('close-the-loop', visit.claim.person)
    return context.html(
      surveyPage({
        language: languageOf(context),
        linked: linked.outcome === 'allow',
        followUp: followUp.outcome === 'allow',
        token: visit.claim.token,
        idempotencyKey: visit.claim.idempotencyKey,
      }),
    )
  })

  app.get('/respond/receipt', async (context) => {
    const visit = visitOf(sessions, context)
    if (visit === null) return again(context)
    const language = languageOf(context)
    const { receipt = null } = visit
    const answered = (await host.surveyLinks.open(visit.claim.token)).state === 'used'
    return context.html(
      receiptPage({
        language,
        outcome: answered ? 'thanks' : 'chosen',
        receipt: receipt === null ? null : await verified(receipt),
        wording: wordingIn(language),
        effects: null,
        links: {
          withdrawal: receipt === null ? null : host.withdrawalLink(visit.claim.person),
          rights: host.rightsLink(visit.claim.person),
        },
      }),
    )
  })

  app.get('/respond/receipt.txt', async (context) => {
    const receipt = sessions.find(context)?.receipt
    if (receipt === undefined) return again(context)
    context.header('Content-Disposition', 'attachment; filename="receipt.txt"')
    return context.text(await host.withProof(receipt))
  })

  // To keep and to print: it needs neither this server nor the network.
  app.get('/respond/receipt.html', async (context) => {
    const receipt = sessions.find(context)?.receipt
    if (receipt === undefined) return again(context)
    context.header('Content-Disposition', 'attachment; filename="receipt.html"')
    return context.html(receiptHtml(await verified(receipt), { language: languageOf(context) }))
  })

  async function verified(receipt: string): Promise<VerifiedReceipt> {
    return verifyReceipt(await host.withProof(receipt), { keys: host.keys.controllerKeys })
  }

  // Public, for whoever checks a receipt.
  app.get('/keys.json', (context) => context.json(host.keys.controllerKeys))
  app.get('/invitation', again)
  app.get('/closed', closed)
  return app
}

function askConsent(host: Host, visit: Visit, language: Language): Promise<ConsentRequest> {
  return host.consents.request(notice, {
    subject: host.subjectOf(visit.claim.person),
    survey,
    language,
    purposes: askedPurposes,
  })
}

/** What the question has outlived: an answer in another tab, its time, the notice itself. */
const overtaken: readonly ConsentErrorCode[] = [
  'ERR_CONSENT_HEAD_MOVED',
  'ERR_CONSENT_NONCE_REPLAYED',
  'ERR_CONSENT_NONCE_UNKNOWN',
  'ERR_CONSENT_NOTICE_MISMATCH',
]

/** Records what the browser signed; refused when it does not answer what this visit was asked. */
async function recordConsent(host: Host, visit: Visit, signed: string): Promise<'recorded' | 'refused' | 'overtaken'> {
  const assertOwn = ({ subject }: ConsentEvent): void => {
    if (subject !== host.subjectOf(visit.claim.person)) throw new ForeignConsent()
  }
  try {
    const { event, receipt } = await host.consents.record(signed, { accept: async (_tx, event) => assertOwn(event) })
    // A repeated event is not accepted anew, so whose it is has to be asked once more.
    assertOwn(event)
    visit.receipt = receipt
    return 'recorded'
  } catch (error) {
    if (error instanceof ForeignConsent) return 'refused'
    if (!(error instanceof ConsentError)) throw error
    return overtaken.includes(error.code) ? 'overtaken' : 'refused'
  }
}

/** A signed answer to somebody else's request. */
class ForeignConsent extends Error {}

function visitOf(sessions: Sessions, context: Context): Visit | null {
  const session = sessions.find(context)
  return session?.claim === undefined ? null : (session as Visit)
}

/** One page and one status for every link that does not work, so that a guesser learns nothing. */
function closed(context: Context): Response | Promise<Response> {
  return context.html(closedPage(languageOf(context)), 404)
}

function again(context: Context): Response | Promise<Response> {
  return context.html(againPage(languageOf(context)), 404)
}
