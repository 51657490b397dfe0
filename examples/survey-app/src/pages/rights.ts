/**
 * A person's own page: what they may ask for, what they asked for, and until when it is answered.
 *
 * @module
 */
import type { RightsRequest } from '@surveyseal/consent/rights'
import { html } from 'hono/html'
import { type Language, phrases, writeDay } from '../i18n.js'
import { type Html, page } from './layout.js'
import { lastDay, rightName, statePill } from './request-words.js'

const words = phrases({
  title: ['Your rights over your data', 'Vos droits sur vos données'],
  enterText: [
    'On this page you ask for a copy of your data, object to their use, or have them erased, and see until when we answer. Press the button to open it.',
    'Sur cette page, vous demandez une copie de vos données, vous opposez à leur utilisation ou les faites effacer, et voyez jusqu’à quand nous répondons. Appuyez sur le bouton pour l’ouvrir.',
  ],
  enter: ['Open my page', 'Ouvrir ma page'],
  lead: [
    'Ask here, without a form and without a reason. We answer within one month; if we need longer, we tell you why within that month.',
    'Demandez ici, sans formulaire ni justification. Nous répondons sous un mois ; s’il nous faut davantage de temps, nous vous disons pourquoi dans ce délai.',
  ],
  requests: ['What you asked for', 'Ce que vous avez demandé'],
  request: ['Request', 'Demande'],
  received: ['Received', 'Reçue le'],
  due: ['We answer by', 'Réponse au plus tard le'],
  state: ['State', 'État'],
  action: ['Action', 'Action'],
  cancel: ['Take it back', 'La retirer'],
  cancelFor: ['Take it back: {right}', 'La retirer : {right}'],
  json: ['Data as JSON', 'Données en JSON'],
  page: ['Page to read and print', 'Page à lire et à imprimer'],
  until: ['Here until {day}', 'Ici jusqu’au {day}'],
  access: ['A copy of your data', 'Une copie de vos données'],
  accessText: [
    'Everything we keep about you: your answers, choices and links, and what we use them for. You find it here once we have made sure that it is you who asks.',
    'Tout ce que nous gardons de vous : réponses, choix et liens, et ce à quoi ils servent. Vous la trouverez ici dès que nous saurons que c’est bien vous qui demandez.',
  ],
  accessButton: ['Ask for a copy', 'Demander une copie'],
  objection: ['Object', 'Vous opposer'],
  objectionText: [
    'Some uses rest on our legitimate interest and not on your yes. We stop them the moment you object, and look into it then.',
    'Certains usages reposent sur notre intérêt légitime et non sur votre oui. Nous les arrêtons dès votre opposition, puis nous l’examinons.',
  ],
  objectionButton: ['Object to these uses', 'M’opposer à ces usages'],
  erasure: ['Erasure', 'Effacement'],
  erasureText: [
    'We take your name and everything that leads to you out of our records. Your answers go on counting in totals.',
    'Nous retirons de nos dossiers votre nom et tout ce qui mène à vous. Vos réponses continuent de compter dans les totaux.',
  ],
  erasureButton: ['Have my data erased', 'Faire effacer mes données'],
  open: ['You have asked; see above.', 'Vous l’avez demandé ; voir plus haut.'],
  correctionText: [
    'Something is wrong? Write to us and we correct it:',
    'Quelque chose est inexact ? Écrivez-nous, nous le corrigerons :',
  ],
})

/** What can be asked for on the page. */
export const askable = ['access', 'objection', 'erasure'] as const

/** What the page shows. */
export interface RightsPage {
  readonly language: Language
  readonly requests: readonly RightsRequest[]
  /** The instant until which the copy is here, null when there is none. */
  readonly copyUntil: number | null
}

/** Where the link leads: opening it shows and changes nothing yet. */
export function enterRightsPage({ language, token }: { language: Language; token: string }): Html {
  const say = words(language)
  return page({
    area: 'respondent',
    language,
    title: say.title,
    here: `/r/${token}`,
    address: '/rights',
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.enterText}</p>
      <form method="post" action="/rights/open" class="actions">
        <input type="hidden" name="token" value="${token}" />
        <button>${say.enter}</button>
      </form>`,
  })
}

/** The person's page. */
export function rightsPage({ language, requests, copyUntil }: RightsPage): Html {
  const say = words(language)
  const isOpen = (right: string): boolean => requests.some((one) => one.right === right && one.closedAt === null)
  return page({
    area: 'respondent',
    language,
    title: say.title,
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      ${requests.length === 0 ? '' : requestTable(language, requests)}
      ${copyUntil === null ? '' : copyCard(language, copyUntil)}
      ${askable.map(
        (right) => html`<div class="card">
          <h2>${say[right]}</h2>
          <p>${say[`${right}Text`]}</p>
          ${
            isOpen(right)
              ? html`<p class="soft">${say.open}</p>`
              : html`<form method="post" action="/rights/ask/${right}" class="actions">
                <button class="secondary">${say[`${right}Button`]}</button>
              </form>`
          }
        </div>`,
      )}
      <p>${say.correctionText} <a href="mailto:privacy@rivage-ferries.example">privacy@rivage-ferries.example</a></p>`,
  })
}

function requestTable(language: Language, requests: readonly RightsRequest[]): Html {
  const say = words(language)
  return html`<div class="table" role="region" aria-label="${say.requests}" tabindex="0">
    <table>
      <caption>${say.requests}</caption>
      <thead>
        <tr>
          <th scope="col">${say.request}</th>
          <th scope="col">${say.received}</th>
          <th scope="col">${say.due}</th>
          <th scope="col">${say.state}</th>
          <th scope="col">${say.action}</th>
        </tr>
      </thead>
      <tbody>${requests.map((request) => requestRow(language, request))}</tbody>
    </table>
  </div>`
}

function requestRow(language: Language, request: RightsRequest): Html {
  const say = words(language)
  const right = rightName(language)[request.right]
  return html`<tr>
    <th scope="row">${right}</th>
    <td>${writeDay(request.receivedAt, language)}</td>
    <td>${lastDay(language, request)}</td>
    <td>${statePill(language, request)}</td>
    <td>
      ${
        request.closedAt !== null
          ? ''
          : html`<form method="post" action="/rights/cancel">
            <input type="hidden" name="request" value="${request.id}" />
            <button class="secondary compact" aria-label="${say.cancelFor.replace('{right}', right)}">${say.cancel}</button>
          </form>`
      }
    </td>
  </tr>`
}

function copyCard(language: Language, until: number): Html {
  const say = words(language)
  return html`<div class="message good">
    <h2>${say.access}</h2>
    <p>${say.until.replace('{day}', writeDay(until, language))}</p>
    <div class="actions">
      <a class="button" href="/rights/access.html" download="my-data.html">${say.page}</a>
      <a class="button secondary" href="/rights/access.json" download="my-data.json">${say.json}</a>
    </div>
  </div>`
}
