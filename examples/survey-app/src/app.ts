/**
 * The web application.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { routePath } from 'hono/route'
import type { Host } from './host.js'
import { languageOf } from './language.js'
import { failedPage, missingPage } from './pages/message.js'
import { operatorRoutes } from './routes/operator.js'
import { requestRoutes } from './routes/requests.js'
import { respondentRoutes } from './routes/respondent.js'
import { rightsRoutes } from './routes/rights.js'
import { withdrawalRoutes } from './routes/withdrawal.js'
import { headers, onlyOurForms, onlyOurHost, smallBodies } from './security.js'
import { createSessions } from './session.js'

/** Makes the application; `publicFolder` holds the style sheets and scripts. */
export function createApp(host: Host, options: { readonly publicFolder: string }): Hono {
  const app = new Hono()
  const sessions = createSessions()

  app.use(onlyOurHost(host.origin), ...headers(), onlyOurForms(), smallBodies())
  app.route('/', respondentRoutes(host, sessions))
  app.route('/', withdrawalRoutes(host, sessions))
  app.route('/', rightsRoutes(host, sessions))
  app.route('/', operatorRoutes(host))
  app.route('/', requestRoutes(host))
  // The only files that say nothing about anybody: browsers may keep them for a while.
  app.use(
    serveStatic({ root: options.publicFolder, onFound: (_, context) => context.header('Cache-Control', 'max-age=60') }),
  )

  app.notFound((context) => context.html(missingPage(languageOf(context)), 404))
  app.onError((error, context) => {
    const requestId = randomBytes(6).toString('hex')
    const code = 'code' in error ? String(error.code) : error.name
    // The pattern of the route, never its address: that may hold a token. The code, never the message.
    console.error(`request ${requestId}: ${code} in ${context.req.method} ${routePath(context)}`)
    return context.html(failedPage(languageOf(context), requestId), 500)
  })
  return app
}
