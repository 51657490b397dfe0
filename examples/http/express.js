// Express speaks Node's own requests; the listener makes a Request of one, and lets what the handlers leave unread run out.
// No body parser may stand before it: it would have taken the body.
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { openSurvey } from './survey.js'

const survey = await openSurvey(process.env)

const app = express()
app.disable('x-powered-by')
app.all('/s{/*rest}', getRequestListener(survey.fetch, { overrideGlobalObjects: false }))

const server = app.listen(Number(process.env['PORT'] ?? 4180), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`)
})
