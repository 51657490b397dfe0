// Every path of the links is this one route: /s, /s/TOKEN, /s/claim and /s/submit.
import { openSurvey } from '../../../../survey.js'

/** Opened by the first request: `next build` loads this file too, where there are no secrets. */
let survey

/** @param {Request} request */
async function handle(request) {
  survey ??= openSurvey(process.env)
  const { fetch } = await survey
  return fetch(request)
}

export { handle as GET, handle as HEAD, handle as OPTIONS, handle as POST }
