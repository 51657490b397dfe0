/**
 * Shows the survey and sends the answer.
 *
 * @module
 */
import { createLinkClient } from '@surveyseal/links/browser'
import { Model, SvgRegistry } from 'survey-core'
import 'survey-core/i18n/french'
import { renderSurvey } from 'survey-js-ui'
import { readData } from './wire.js'

interface SurveyData {
  readonly definition: object
  readonly language: string
  readonly token: string
  readonly idempotencyKey: string
}

const { definition, ...claimed } = readData<SurveyData>('survey')
const link = createLinkClient({ baseUrl: '/i', ...claimed })
/** Outcomes of which trying again changes nothing. */
const final = ['unknown', 'used', 'expired', 'revoked']
const place = document.getElementById('survey')

// The only icon with a style attribute, which the content policy refuses; no survey here has a timer.
SvgRegistry.registerIcon('timercircle', '<svg viewBox="0 0 160 160"></svg>')

const survey = new Model(definition)
survey.onComplete.add(async (sender, completing) => {
  completing.showSaveInProgress()
  // An answer whose reply was lost is sent again with the same key: the server keeps one answer for one claim.
  const { outcome } = await link.submit(sender.data)
  if (outcome === 'kept') location.assign('/respond/receipt')
  else if (final.includes(outcome)) location.assign('/closed')
  else completing.showSaveError()
})
if (place !== null) renderSurvey(survey, place)
