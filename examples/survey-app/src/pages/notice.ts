/**
 * The notice and its choices. Nothing is ticked beforehand, and yes to all is no easier than no to all.
 *
 * @module
 */
import type { ConsentRequest, NoticeDocument } from '@surveyseal/consent'
import { html } from 'hono/html'
import { type Language, phrases, writeDuration } from '../i18n.js'
import { data } from './data.js'
import { type Html, page } from './layout.js'
import { stepList } from './steps.js'

const words = phrases({
  always: ['For everyone', 'Pour tout le monde'],
  choose: ['Only if you say yes', 'Seulement si vous dites oui'],
  yes: ['Yes', 'Oui'],
  no: ['No', 'Non'],
  allYes: ['Yes to all three', 'Oui aux trois'],
  allNo: ['No to all three', 'Non aux trois'],
  save: ['Sign my choices and continue', 'Signer mes choix et continuer'],
  data: ['Data', 'Données'],
  recipients: ['Who sees it', 'Qui les voit'],
  kept: ['Kept for', 'Conservées'],
  expect: ['What to expect', 'À quoi s’attendre'],
  learn: ['What we learn', 'Ce que nous apprenons'],
  software: ['Software', 'Logiciel'],
  interests: ['Why', 'Pourquoi'],
  from: ['Where it comes from', 'D’où elles viennent'],
  responsible: ['Responsible', 'Responsable'],
  changing: ['Changing your mind', 'Changer d’avis'],
  signing: [
    'Your browser makes a key of its own when you press a button, and signs your choices together with this very text. The key stays in this browser.',
    'Votre navigateur crée sa propre clé quand vous appuyez sur un bouton, et signe vos choix avec ce texte même. La clé reste dans ce navigateur.',
  ],
  incomplete: [
    'Please choose yes or no for each of the three uses.',
    'Choisissez oui ou non pour chacun des trois usages.',
  ],
  failed: [
    'Your choices could not be saved. Nothing was recorded; please try again.',
    'Vos choix n’ont pas pu être enregistrés. Rien n’a été gardé ; réessayez.',
  ],
  moved: [
    'You chose in another tab meanwhile. The page has been renewed; please choose again.',
    'Vous avez choisi entre-temps dans un autre onglet. La page a été renouvelée ; choisissez de nouveau.',
  ],
  script: [
    'Signing needs JavaScript. Without it you may still answer, and everything below counts as no.',
    'La signature demande JavaScript. Sans lui vous pouvez répondre, et tout ce qui suit vaut non.',
  ],
  skip: ['Continue without choosing', 'Continuer sans choisir'],
  more: ['Your rights, and how your answers are tied to you', 'Vos droits, et ce qui relie vos réponses à vous'],
  officer: ['Data protection officer', 'Délégué à la protection des données'],
})

/** What the page shows. */
export interface NoticePage {
  readonly language: Language
  /** What the browser signs. */
  readonly request: ConsentRequest
  /** The notice as the request names it. */
  readonly document: NoticeDocument
  /** True when another tab decided first. */
  readonly moved: boolean
}

/** Shows the notice and asks. */
export function noticePage({ language, request, document, moved }: NoticePage): Html {
  const say = words(language)
  const { wording, controller, dpo, purposes } = document
  const asked = purposes.filter(({ id }) => request.purposes.includes(id))
  const always = purposes.filter(({ id }) => !request.purposes.includes(id))
  return page({
    area: 'respondent',
    language,
    title: wording.title,
    scripts: ['notice'],
    body: html`${stepList(language, 'choices')}
      <h1>${wording.title}</h1>
      <p>${wording.summary}</p>
      <div class="message bad" role="alert" tabindex="-1" id="problem" ${moved ? '' : 'hidden'}>
        <p>${moved ? say.moved : ''}</p>
      </div>
      <h2>${say.always}</h2>
      ${always.map(
        ({ id }) => html`<div class="card">
          <h3>${wording.purposes[id]?.title}</h3>
          <p>${wording.purposes[id]?.description}</p>
          ${facts(document, id, language)}
        </div>`,
      )}
      <h2>${say.choose}</h2>
      <form id="choices" novalidate>
        ${asked.map(
          ({ id }) => html`<fieldset>
            <legend>${wording.purposes[id]?.title}</legend>
            <p id="about-${id}">${wording.purposes[id]?.description}</p>
            ${facts(document, id, language)}
            <div class="choices">${choice(id, 'given', say.yes)} ${choice(id, 'refused', say.no)}</div>
          </fieldset>`,
        )}
        <div class="actions even">
          <button type="button" class="secondary" data-all="given" disabled>${say.allYes}</button>
          <button type="button" class="secondary" data-all="refused" disabled>${say.allNo}</button>
        </div>
        <div class="actions even"><button disabled>${say.save}</button></div>
      </form>
      <noscript>
        <div class="message warn"><p>${say.script}</p></div>
        <p><a class="button" href="/respond/survey">${say.skip}</a></p>
      </noscript>
      <div class="small soft">
        <p>${say.signing}</p>
        <p><strong>${say.changing}.</strong> ${wording.withdrawal}</p>
        <p>
          <strong>${say.responsible}.</strong> ${controller.name}, <a href="mailto:${controller.contact}">${controller.contact}</a>
        </p>
        <details>
          <summary>${say.more}</summary>
          <p>${wording.linkage}</p>
          <p>${wording.rights}</p>
          <p>${wording.complaint}</p>
          <p><strong>${say.officer}.</strong> <a href="mailto:${dpo?.contact}">${dpo?.contact}</a></p>
        </details>
      </div>
      ${data('notice', { request, incomplete: say.incomplete, failed: say.failed })}`,
  })
}

function choice(purpose: string, decision: string, label: string): Html {
  return html`<label class="choice">
    <input type="radio" name="${purpose}" value="${decision}" aria-describedby="about-${purpose}" />
    ${label}
  </label>`
}

/** The second layer of a purpose, in the words that were signed. */
function facts({ purposes, wording }: NoticeDocument, id: string, language: Language): Html | '' {
  const say = words(language)
  const purpose = purposes.find((one) => one.id === id)
  const worded = wording.purposes[id]
  if (purpose === undefined || worded === undefined) return ''
  const list = (names: readonly string[]): string => names.map((name) => wording.terms?.[name] ?? name).join(', ')
  const rows: readonly (readonly [string, string | undefined])[] = [
    [say.interests, worded.legitimateInterests],
    [say.learn, worded.insights],
    [say.software, worded.ai],
    [say.expect, worded.contact],
    [say.data, list(purpose.dataCategories)],
    [say.from, list((purpose.sources ?? []).map(({ name }) => name))],
    [say.recipients, list(purpose.recipients)],
    [say.kept, worded.retention ?? writeDuration(purpose.retention, language)],
  ]
  return html`<dl class="facts small">
    ${rows.map(([title, text]) => (text ? html`<dt>${title}</dt><dd>${text}</dd>` : ''))}
  </dl>`
}
