// A worker: the handlers are its fetch. Secrets come from bindings, because nothing may be made at random out here.
import { env } from 'cloudflare:workers'
import { openSurvey } from './survey.js'

const { fetch } = await openSurvey(env)

export default { fetch: (request) => fetch(request) }
