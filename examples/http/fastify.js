// @ts-check
// Fastify reads bodies itself and sends a Response as it is, so hooks and logging keep working. Its logger prints URLs,
// and a link is one: give it a serializer before turning it on.
import { fastify } from 'fastify'
import { baseUrl, openSurvey } from './survey.js'

const survey = await openSurvey(process.env)

const app = fastify()
app.register(async (links) => {
  // In a scope of its own: bodies arrive as they were sent, whatever their type, and other routes keep their parsers.
  links.removeAllContentTypeParsers()
  links.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  links.all('/s', handle)
  links.all('/s/*', handle)
})

/** @param {import('fastify').FastifyRequest} request */
function handle({ method, url, headers, body }) {
  const sent = /** @type {Pick<RequestInit, 'headers' | 'body'>} */ ({ headers, body })
  return survey.fetch(new Request(new URL(url, baseUrl), { method, ...sent }))
}

const address = await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT'] ?? 4180) })
console.log(`listening on ${address}`)
