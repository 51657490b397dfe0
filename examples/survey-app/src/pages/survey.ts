/**
 * The survey itself.
 *
 * @module
 */
import { html } from 'hono/html'
import { type Language, phrases } from '../i18n.js'
import { surveyDefinition } from '../questions.js'
import { data } from './data.js'
import { type Html, page } from './layout.js'
import { stepList } from './steps.js'

const words = phrases({
  title: ['Your crossing with us', 'Votre traversée avec nous'],
  linked: [
    'You allowed us to match these answers to your customer record.',
    'Vous nous avez permis de relier ces réponses à votre fiche client.',
  ],
  unlinked: [
    'These answers are kept without your name or any reference to you. Please mind what you write: words can give a person away.',
    'Ces réponses sont gardées sans votre nom ni aucune référence à vous. Attention à ce que vous écrivez : les mots peuvent trahir une personne.',
  ],
  script: ['The survey needs JavaScript.', 'L’enquête demande JavaScript.'],
})

/** What the page shows, and what its script sends with the answer. */
export interface SurveyPage {
  readonly language: Language
  readonly linked: boolean
  /** Whether the person may be asked about a call. */
  readonly followUp: boolean
  readonly token: string
  readonly idempotencyKey: string
}

/** Shows the questions. */
export function surveyPage({ language, linked, followUp, token, idempotencyKey }: SurveyPage): Html {
  const say = words(language)
  return page({
    area: 'respondent',
    language,
    title: say.title,
    styles: ['survey'],
    scripts: ['survey'],
    body: html`${stepList(language, 'answers')}
      <h1>${say.title}</h1>
      <p class="soft">${linked ? say.linked : say.unlinked}</p>
      <noscript><div class="message warn"><p>${say.script}</p></div></noscript>
      <div id="survey"></div>
      ${data('survey', { definition: surveyDefinition(language, { followUp }), language, token, idempotencyKey })}`,
  })
}
