/**
 * The page around the consent form. What stands inside of the form's element is seen until its script has drawn it, and by
 * those who have none.
 *
 * @module
 */
import type { ConsentRequest, NoticeWording } from '@surveyseal/consent'
import { html } from 'hono/html'
import { type Language, phrases } from '../i18n.js'
import { data } from './data.js'
import { type Html, page } from './layout.js'
import { stepList } from './steps.js'

const words = phrases({
  script: [
    'Signing needs JavaScript. Without it you may still answer, and every use that needs your yes is left out.',
    'La signature demande JavaScript. Sans lui vous pouvez répondre, et tout usage qui demande votre oui est exclu.',
  ],
  skip: ['Continue without choosing', 'Continuer sans choisir'],
})

/** What the page shows. */
export interface NoticePage {
  readonly language: Language
  /** What the browser shows and signs. */
  readonly request: ConsentRequest
  readonly wording: NoticeWording
}

/** Shows the notice and asks. */
export function noticePage({ language, request, wording }: NoticePage): Html {
  const say = words(language)
  return page({
    area: 'respondent',
    language,
    title: wording.title,
    scripts: ['notice'],
    body: html`${stepList(language, 'choices')}
      <surveyseal-consent heading="1">
        <h1>${wording.title}</h1>
        <p>${wording.summary}</p>
        <noscript>
          <div class="message warn"><p>${say.script}</p></div>
          <p><a class="button" href="/respond/survey">${say.skip}</a></p>
        </noscript>
      </surveyseal-consent>
      ${data('notice', { request })}`,
  })
}
