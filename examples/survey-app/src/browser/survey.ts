/**
 * Shows the survey and sends the answer.
 *
 * @module
 */
import { Model, SvgRegistry } from 'survey-core'
import 'survey-core/i18n/french'
import { renderSurvey } from 'survey-js-ui'
import { readData, sendJson } from './wire.js'

interface SurveyData {
  readonly definition: object
}

const { definition } = readData<SurveyData>('survey')
const place = document.getElementById('survey')

// The only icon with a style attribute, which the content policy refuses; no survey here has a timer.
SvgRegistry.registerIcon('timercircle', '<svg viewBox="0 0 160 160"></svg>')

const survey = new Model(definition)
survey.onComplete.add(async (sender, completing) => {
  completing.showSaveInProgress()
  try {
    // Sending twice is harmless: the server keeps one answer for one claim.
    const { next } = await sendJson('/respond/answer', sender.data)
    location.assign(next)
  } catch {
    completing.showSaveError()
  }
})
if (place !== null) renderSurvey(survey, place)
