/**
 * What people asked for, the first due first.
 *
 * @module
 */
import {
  type DueRequest,
  EXTENSION_REASONS,
  REFUSAL_REASONS,
  REQUEST_TRANSITIONS,
  type RequestState,
  type RightsRequest,
  type StepReason,
} from '@surveyseal/consent/rights'
import { html } from 'hono/html'
import { type Customer, fullName } from '../../data/customers.js'
import { fill, type Language, phrases, writeDay } from '../../i18n.js'
import { type Html, page } from '../layout.js'
import { lastDay, reasonName, rightName, stateName, statePill } from '../request-words.js'

const words = phrases({
  title: ['Requests', 'Demandes'],
  lead: [
    'People may ask for a copy of their data, object, or have them erased. Each answer has a last day, counted by Regulation (EEC, Euratom) No 1182/71. Telling the person is up to you.',
    'Chacun peut demander une copie de ses données, s’opposer ou les faire effacer. Chaque réponse a un dernier jour, compté selon le règlement (CEE, Euratom) n°\u00a01182/71. Informer la personne vous revient.',
  ],
  list: ['Open requests', 'Demandes ouvertes'],
  none: ['Nobody waits for an answer.', 'Personne n’attend de réponse.'],
  customer: ['Customer', 'Client'],
  gone: ['no customer any more', 'n’est plus client'],
  request: ['Request', 'Demande'],
  received: ['Received', 'Reçue le'],
  due: ['Answer by', 'Réponse au plus tard le'],
  left: ['{days} days left', 'encore {days} jours'],
  today: ['today', 'aujourd’hui'],
  late: ['{days} days late', 'en retard de {days} jours'],
  state: ['State', 'État'],
  step: ['Next step', 'Étape suivante'],
  stepFor: ['Next step for {name}: {right}', 'Étape suivante pour {name} : {right}'],
  take: ['Do it', 'Valider'],
  confirmed: ['identity confirmed', 'identité confirmée'],
  anonymize: ['Take them out of the records', 'Retirer des dossiers'],
  read: ['Read the copy first', 'Lire d’abord la copie'],
  refused: [
    'That step is not possible: somebody was faster, or it is too late for it. This is how things stand.',
    'Cette étape n’est pas possible : quelqu’un a été plus rapide, ou il est trop tard. Voici où en sont les choses.',
  ],
})

/** An open request, and whose it is as far as the company still knows. */
export interface RequestRow extends DueRequest {
  readonly customer: Customer | null
}

/** Lists the open requests. */
export function requestsPage(language: Language, rows: readonly RequestRow[], refused = false): Html {
  const say = words(language)
  return page({
    area: 'operator',
    tab: 'requests',
    language,
    title: say.title,
    here: '/operator/requests',
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      ${refused ? html`<div class="message bad" role="alert" tabindex="-1"><p>${say.refused}</p></div>` : ''}
      ${rows.length === 0 ? html`<p>${say.none}</p>` : requestTable(language, rows)}`,
  })
}

/** A step as one value of a form: the state, and the reason where it needs one. */
export interface StepChoice {
  readonly to: RequestState
  readonly reason: StepReason | null
}

/** The steps a request can take on this page. A customer is erased where the records are, and taking back is the person's. */
export function stepsFrom({ state, right }: RightsRequest, isCustomer: boolean): readonly StepChoice[] {
  return REQUEST_TRANSITIONS[state].flatMap((to): readonly StepChoice[] => {
    if (to === 'cancelled' || (to === 'fulfilled' && right === 'erasure' && isCustomer)) return []
    if (to === 'extended') return Object.keys(EXTENSION_REASONS).map((reason) => ({ to, reason: reason as StepReason }))
    if (to !== 'refused') return [{ to, reason: null }]
    return Object.entries(REFUSAL_REASONS)
      .filter(([, { rights }]) => rights.includes(right))
      .map(([reason]) => ({ to, reason: reason as StepReason }))
  })
}

/** How a step is named in the form. */
export function stepValue({ to, reason }: StepChoice): string {
  return reason === null ? to : `${to}:${reason}`
}

function requestTable(language: Language, rows: readonly RequestRow[]): Html {
  const say = words(language)
  return html`<div class="table" role="region" aria-label="${say.list}" tabindex="0">
    <table class="wide">
      <caption>${say.list}</caption>
      <thead>
        <tr>
          <th scope="col">${say.customer}</th>
          <th scope="col">${say.request}</th>
          <th scope="col">${say.received}</th>
          <th scope="col">${say.due}</th>
          <th scope="col">${say.state}</th>
          <th scope="col">${say.step}</th>
        </tr>
      </thead>
      <tbody>${rows.map((row) => requestRow(language, row))}</tbody>
    </table>
  </div>`
}

function requestRow(language: Language, { request, daysLeft, customer }: RequestRow): Html {
  const say = words(language)
  const name = customer === null ? say.gone : fullName(customer)
  return html`<tr data-request="${request.id}">
    <th scope="row">
      ${customer === null ? html`<span class="soft">${name}</span>` : html`<a href="/operator/consents/${customer.person}">${name}</a>`}
    </th>
    <td>${rightName(language)[request.right]}</td>
    <td>${writeDay(request.receivedAt, language)}</td>
    <td>
      ${lastDay(language, request)}<br /><span class="pill ${daysLeft < 0 ? 'bad' : daysLeft <= 7 ? 'warn' : 'quiet'}"
        >${leftover(language, daysLeft)}</span
      >
    </td>
    <td>${statePill(language, request)}</td>
    <td>${nextStep(language, request, { name, known: customer !== null })}</td>
  </tr>`
}

function nextStep(language: Language, request: RightsRequest, of: { name: string; known: boolean }): Html {
  const say = words(language)
  const right = rightName(language)[request.right]
  return html`${
    request.right === 'access' && of.known
      ? html`<p><a href="/operator/requests/${request.id}/copy.html">${say.read}</a></p>`
      : ''
  }${request.right === 'erasure' && of.known ? html`<p><a href="/operator/anonymize">${say.anonymize}</a></p>` : ''}
    <form method="post" action="/operator/requests/${request.id}" class="row">
      <select name="step" aria-label="${fill(say.stepFor, { name: of.name, right })}">
        ${stepsFrom(request, of.known).map((step) => html`<option value="${stepValue(step)}">${stepName(language, step)}</option>`)}
      </select>
      <button class="secondary compact">${say.take}</button>
    </form>`
}

function stepName(language: Language, { to, reason }: StepChoice): string {
  if (to === 'received') return words(language).confirmed
  const state = stateName(language)[to]
  return reason === null ? state : `${state}: ${reasonName(language)[reason]}`
}

function leftover(language: Language, days: number): string {
  const say = words(language)
  if (days === 0) return say.today
  return fill(days < 0 ? say.late : say.left, { days: Math.abs(days) })
}
