/**
 * The desk's side of what people ask for.
 *
 * @module
 */
import { RightsError, type RightsRequest, renderAccessHtml } from '@surveyseal/consent/rights'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { accessReport } from '../access.js'
import { listCustomers } from '../data/customers.js'
import type { Host } from '../host.js'
import { readForm } from '../input.js'
import { languageOf } from '../language.js'
import { type RequestRow, requestsPage, type StepChoice, stepsFrom, stepValue } from '../pages/operator/requests.js'

/** Ids of requests are 16 bytes in base64url. */
const requestPattern = '[A-Za-z0-9_-]{22}'

/** Makes the desk's routes of requests. */
export function requestRoutes(host: Host): Hono {
  const app = new Hono()

  app.get('/operator/requests', async (context) => context.html(requestsPage(languageOf(context), await rows(host))))

  app.post(`/operator/requests/:request{${requestPattern}}`, async (context) => {
    const request = await host.requests.find(context.req.param('request'))
    if (request === null) return context.notFound()
    const sent = (await readForm(context)).text('step')
    const isCustomer = (await personNamed(host, request.person)) !== null
    const step = stepsFrom(request, isCustomer).find((one) => stepValue(one) === sent)
    if (step !== undefined && (await take(host, request, step))) return context.redirect('/operator/requests', 303)
    return context.html(requestsPage(languageOf(context), await rows(host), true), 409)
  })

  // Article 15(4): whoever lets a copy out reads it first, for names of others in free text.
  app.get(`/operator/requests/:request{${requestPattern}}/copy.html`, async (context) => {
    const request = await host.requests.find(context.req.param('request'))
    const person = request?.right === 'access' ? await personNamed(host, request.person) : null
    if (person === null) return context.notFound()
    return copy(host, context, person)
  })

  return app
}

async function copy(host: Host, context: Context, person: string): Promise<Response> {
  const language = languageOf(context)
  // To download: it has a content policy and a style of its own.
  context.header('Content-Disposition', 'attachment; filename="copy.html"')
  return context.html(renderAccessHtml(await accessReport(host, person, language), { language }))
}

/** False when the request has moved meanwhile, or the step comes too late. */
async function take(host: Host, { id }: RightsRequest, { to, reason }: StepChoice): Promise<boolean> {
  try {
    await host.rights().advance(id, { to, ...(reason === null ? {} : { reason }) })
    return true
  } catch (error) {
    if (error instanceof RightsError) return false
    throw error
  }
}

async function rows(host: Host): Promise<readonly RequestRow[]> {
  const [due, customers] = await Promise.all([host.rights().due(), listCustomers(host.sql)])
  const byName = new Map(customers.map((customer) => [host.nameOf(customer.person), customer]))
  return due.map((one) => ({ ...one, customer: byName.get(one.request.person) ?? null }))
}

async function personNamed(host: Host, name: string): Promise<string | null> {
  return (await listCustomers(host.sql)).find(({ person }) => host.nameOf(person) === name)?.person ?? null
}
