// @ts-check
// Hono speaks Request and Response, so nothing stands between. Other runtimes serve `app.fetch` without the adapter.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { openSurvey } from './survey.js'

const survey = await openSurvey(process.env)

const app = new Hono()
app.all('/s/*', ({ req }) => survey.fetch(req.raw))

const port = Number(process.env['PORT'] ?? 4180)
serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, ({ port }) => {
  console.log(`listening on http://127.0.0.1:${port}`)
})
