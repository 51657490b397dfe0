/**
 * Withdrawing: by link or by receipt, never with a key, a password or a reason.
 *
 * @module
 */
import { ConsentError, verifyReceipt, type WithdrawalQuestion } from '@surveyseal/consent'
import type { Context } from 'hono'
import { Hono } from 'hono'
import type { Host } from '../host.js'
import { readForm } from '../input.js'
import { languageOf } from '../language.js'
import { survey, wordingIn } from '../notice.js'
import { againPage, closedPage } from '../pages/message.js'
import { receiptPage } from '../pages/receipt.js'
import { nothingToWithdrawPage, withdrawLinkPage, withdrawReceiptPage } from '../pages/withdraw.js'
import type { Sessions } from '../session.js'

/** Makes the withdrawal routes. */
export function withdrawalRoutes(host: Host, sessions: Sessions): Hono {
  const app = new Hono()

  app.get('/w/:token', async (context) => {
    const token = context.req.param('token')
    const state = await host.withdrawalLinks.open(withdrawalLink(host, token))
    if (state.state !== 'usable') return context.html(closedPage(languageOf(context)), 404)
    const language = languageOf(context)
    const given = await givenBy(host, String(state.link.respondent))
    if (given.length === 0) return context.html(nothingToWithdrawPage(language))
    return context.html(withdrawLinkPage({ language, token, given, wording: wordingIn(language) }))
  })

  app.post('/withdraw/link', async (context) => {
    const form = await readForm(context)
    const state = await host.withdrawalLinks.claim(withdrawalLink(host, form.text('token')))
    if (state.state !== 'usable') return context.html(closedPage(languageOf(context)), 404)
    const subject = host.subjectOf(String(state.link.respondent))
    return withdraw(context, { via: 'link', subject, survey })
  })

  app.get('/withdraw', (context) =>
    context.html(withdrawReceiptPage({ language: languageOf(context), refused: false })),
  )

  app.post('/withdraw/receipt', async (context) => {
    const form = await readForm(context)
    const receipt = (await form.file('file')) || form.text('receipt')
    return withdraw(context, { receipt: receipt.trim() })
  })

  app.get('/withdrawn', async (context) => {
    const language = languageOf(context)
    const { receipt, effects = null } = sessions.find(context) ?? {}
    if (receipt === undefined) return context.html(againPage(language), 404)
    return context.html(
      receiptPage({
        language,
        outcome: 'withdrawn',
        receipt: await verifyReceipt(await host.withProof(receipt), { keys: host.keys.controllerKeys }),
        wording: wordingIn(language),
        effects,
        links: null,
      }),
    )
  })

  async function withdraw(context: Context, question: WithdrawalQuestion): Promise<Response> {
    const language = languageOf(context)
    try {
      const { receipt, effects } = await host.consents.withdraw(question)
      sessions.start(context, { receipt, effects })
      return context.redirect('/withdrawn', 303)
    } catch (error) {
      if (!(error instanceof ConsentError)) throw error
      if (error.code === 'ERR_CONSENT_NOTHING_TO_WITHDRAW') return context.html(nothingToWithdrawPage(language))
      if (error.code === 'ERR_CONSENT_ERASED') return context.html(nothingToWithdrawPage(language, 'erased'))
      return context.html(withdrawReceiptPage({ language, refused: true }), 422)
    }
  }

  return app
}

/** The purposes a person has given and not withdrawn, by the server's order. */
async function givenBy(host: Host, person: string): Promise<string[]> {
  const events = await host.eventsOf(person)
  const latest = new Map(events.flatMap(({ decisions }) => Object.entries(decisions)))
  return [...latest].filter(([, decision]) => decision === 'given').map(([purpose]) => purpose)
}

function withdrawalLink({ origin }: Host, token: string): string {
  return `${origin}/w/${encodeURIComponent(token)}`
}
