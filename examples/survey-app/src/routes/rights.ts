/**
 * A person's requests: asking, looking, taking back, and the copy once the desk has let it out.
 *
 * @module
 */
import { type AccessReport, RightsError, type RightsRequest, renderAccessHtml } from '@surveyseal/consent/rights'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { accessReport } from '../access.js'
import type { Host } from '../host.js'
import { readForm } from '../input.js'
import { languageOf } from '../language.js'
import { survey } from '../notice.js'
import { againPage, closedPage } from '../pages/message.js'
import { askable, enterRightsPage, rightsPage } from '../pages/rights.js'
import type { Sessions } from '../session.js'

/** How long the copy can be fetched once the request was answered. */
const copyFor = 30 * 86_400_000

/** Makes the routes of a person's requests. */
export function rightsRoutes(host: Host, sessions: Sessions): Hono {
  const app = new Hono()

  // Inert, as every link here: what scanners open shows nothing.
  app.get('/r/:token', async (context) => {
    const token = context.req.param('token')
    const state = await host.rightsLinks.open(rightsLink(host, token))
    if (state.state !== 'usable') return context.html(closedPage(languageOf(context)), 404)
    return context.html(enterRightsPage({ language: languageOf(context), token }))
  })

  app.post('/rights/open', async (context) => {
    const form = await readForm(context)
    const state = await host.rightsLinks.claim(rightsLink(host, form.text('token')))
    if (state.state !== 'usable') return context.html(closedPage(languageOf(context)), 404)
    sessions.start(context, { rightsOf: String(state.link.respondent) })
    return context.redirect('/rights', 303)
  })

  app.get('/rights', async (context) => {
    const person = personOf(context)
    if (person === null) return again(context)
    const requests = await requestsOf(person)
    return context.html(rightsPage({ language: languageOf(context), requests, copyUntil: copyUntil(requests) }))
  })

  app.post('/rights/ask/:right{access|objection|erasure}', async (context) => {
    const person = personOf(context)
    const right = askable.find((one) => one === context.req.param('right'))
    if (person === null || right === undefined) return again(context)
    const isOpen = (await requestsOf(person)).some((one) => one.right === right && one.closedAt === null)
    const about = right === 'objection' ? { survey } : {}
    if (!isOpen) await host.rights().receive({ person: host.nameOf(person), right, ...about })
    return context.redirect('/rights', 303)
  })

  app.post('/rights/cancel', async (context) => {
    const person = personOf(context)
    if (person === null) return again(context)
    const id = (await readForm(context)).text('request')
    const own = (await requestsOf(person)).some((request) => request.id === id)
    if (own) await cancel(host, id)
    return context.redirect('/rights', 303)
  })

  app.get('/rights/access.json', (context) => copy(context, 'my-data.json', (report) => context.json(report)))
  app.get('/rights/access.html', (context) =>
    copy(context, 'my-data.html', (report) =>
      context.html(renderAccessHtml(report, { language: languageOf(context) })),
    ),
  )

  async function copy(
    context: Context,
    name: string,
    write: (report: AccessReport) => Response | Promise<Response>,
  ): Promise<Response> {
    const person = personOf(context)
    if (person === null || copyUntil(await requestsOf(person)) === null) return again(context)
    context.header('Content-Disposition', `attachment; filename="${name}"`)
    return write(await accessReport(host, person, languageOf(context)))
  }

  function personOf(context: Context): string | null {
    return sessions.find(context)?.rightsOf ?? null
  }

  function requestsOf(person: string): Promise<readonly RightsRequest[]> {
    return host.requests.ofPerson(host.nameOf(person))
  }

  return app
}

/** Until when the copy is there: a request for it was answered, and not long ago. */
function copyUntil(requests: readonly RightsRequest[]): number | null {
  const answered = requests.findLast(({ right, state }) => right === 'access' && state === 'fulfilled')
  const until = (answered?.closedAt ?? 0) + copyFor
  return until > Date.now() ? until : null
}

/** What the desk has answered meanwhile cannot be taken back, and the page shows it. */
async function cancel(host: Host, id: string): Promise<void> {
  try {
    await host.rights().advance(id, { to: 'cancelled' })
  } catch (error) {
    if (!(error instanceof RightsError)) throw error
  }
}

function again(context: Context): Response | Promise<Response> {
  return context.html(againPage(languageOf(context)), 404)
}

function rightsLink({ origin }: Host, token: string): string {
  return `${origin}/r/${encodeURIComponent(token)}`
}
