/**
 * Where a respondent is on the way.
 *
 * @module
 */
import { html } from 'hono/html'
import { type Language, phrases } from '../i18n.js'
import type { Html } from './layout.js'

const words = phrases({
  steps: ['Steps', 'Étapes'],
  choices: ['Your choices', 'Vos choix'],
  answers: ['Your answers', 'Vos réponses'],
  receipt: ['Your receipt', 'Votre reçu'],
})

const steps = ['choices', 'answers', 'receipt'] as const

/** Lists the steps and marks the present one. */
export function stepList(language: Language, present: (typeof steps)[number]): Html {
  const say = words(language)
  return html`<ol class="steps" aria-label="${say.steps}">
    ${steps.map((step) => html`<li${step === present ? html` aria-current="step"` : ''}>${say[step]}</li>`)}
  </ol>`
}
