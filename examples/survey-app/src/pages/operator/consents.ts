/**
 * Who decided what, and what the gate makes of it.
 *
 * @module
 */
import type { DenyReason, Permission, RecordedEvent, Step } from '@surveyseal/consent'
import type { RightsRequest } from '@surveyseal/consent/rights'
import { html } from 'hono/html'
import { type Customer, fullName } from '../../data/customers.js'
import type { Effect } from '../../data/effects.js'
import { type Language, phrases, writeInstant } from '../../i18n.js'
import { askedPurposes, wordingIn } from '../../notice.js'
import { type Html, page } from '../layout.js'
import { decisionPill } from '../receipt.js'
import { lastDay, rightName, statePill } from '../request-words.js'
import { countermeasureName, practiceName } from './programme.js'

const words = phrases({
  title: ['Consents and the gate', 'Consentements et contrôle'],
  lead: [
    'Before a practice runs for a person, the gate asks two questions: is everything in place that its risk tier demands, and did this person say yes to it?',
    'Avant qu’une pratique soit appliquée à une personne, deux questions : tout ce que son niveau de risque exige est-il en place, et cette personne a-t-elle dit oui ?',
  ],
  list: ['Customers', 'Clients'],
  customer: ['Customer', 'Client'],
  decisions: ['Decisions', 'Décisions'],
  none: ['none', 'aucune'],
  history: ['History', 'Historique'],
  historyOf: ['History of {name}', 'Historique de {name}'],
  gate: ['The gate, now', 'Le contrôle, maintenant'],
  practice: ['Practice', 'Pratique'],
  answer: ['Answer', 'Réponse'],
  because: ['Because', 'Parce que'],
  events: ['Signed events', 'Événements signés'],
  received: ['Received (UTC)', 'Reçu (UTC)'],
  signedBy: ['Signed by', 'Signé par'],
  browser: ['the person’s browser', 'le navigateur de la personne'],
  link: ['us, through the withdrawal link', 'nous, par le lien de retrait'],
  receipt: ['us, on a receipt handed in', 'nous, sur remise d’un reçu'],
  operator: ['us, on request', 'nous, sur demande'],
  ourselves: ['us', 'nous'],
  digest: ['Fingerprint', 'Empreinte'],
  effects: ['What the withdrawal stopped', 'Ce que le retrait a arrêté'],
  linkStopped: ['An open invitation was revoked.', 'Une invitation ouverte a été révoquée.'],
  practiceStopped: ['Stopped: {practice}.', 'Arrêté : {practice}.'],
  requests: ['What they asked for', 'Ce que la personne a demandé'],
  due: ['to be answered by', 'réponse au plus tard le'],
  withdrawTitle: ['They asked us to stop', 'La personne nous demande d’arrêter'],
  withdrawText: [
    'When someone withdraws by telephone or letter, record it here. It needs nothing from their device and takes effect at once.',
    'Quand une personne retire sa permission par téléphone ou courrier, notez-le ici. Rien n’est demandé à son appareil et l’effet est immédiat.',
  ],
  withdraw: ['Withdraw on their request', 'Retirer à sa demande'],
  pseudonym: [
    'Kept under a pseudonym of this survey: {subject}',
    'Conservé sous un pseudonyme propre à cette enquête : {subject}',
  ],
  allow: ['allow', 'autorisé'],
  deny: ['deny', 'refusé'],
  purpose: ['they said yes to “{purpose}”', 'elle a dit oui à « {purpose} »'],
  unasked: [
    'at low risk no decision is needed, and they have not objected',
    'à risque faible, aucune décision n’est requise, et la personne ne s’y oppose pas',
  ],
  colon: [': ', ' : '],
  back: ['All customers', 'Tous les clients'],
})

/** The gate's reasons in words. */
export const reasons = phrases({
  'practice-not-assessed': ['the practice is not in the assessment', 'la pratique n’est pas évaluée'],
  'countermeasure-missing': ['countermeasures are missing', 'des contre-mesures manquent'],
  'no-purpose-permits': ['no purpose of the notice permits it', 'aucune finalité de la notice ne la permet'],
  'history-broken': ['the history does not hold together', 'l’historique est incohérent'],
  objected: ['they objected', 'opposition'],
  withdrawn: ['they withdrew', 'permission retirée'],
  refused: ['they said no', 'réponse non'],
  'notice-not-in-force': ['they said yes to an older notice', 'oui donné à une ancienne notice'],
  'no-decision': ['they have not decided', 'pas encore de décision'],
  revoked: ['we ended the permission', 'nous avons mis fin à la permission'],
  invalidated: ['ruled not to have been a permission', 'déclaré ne pas avoir été une permission'],
  signalled: ['their browser says no to this use', 'le navigateur dit non à cet usage'],
  expired: ['the permission has run out', 'permission arrivée à son terme'],
  'not-proved': ['said to have been given, and not proved', 'dite accordée, sans preuve'],
} satisfies Record<DenyReason, readonly [string, string]>)

/** A customer with what the gate says. */
export interface ConsentRow {
  readonly customer: Customer
  readonly events: readonly RecordedEvent[]
  readonly permissions: readonly Permission[]
}

/** One customer with everything that came of it. */
export interface ConsentHistory extends ConsentRow {
  readonly subject: string
  /** What their withdrawals brought about. */
  readonly effects: readonly Effect[]
  readonly requests: readonly RightsRequest[]
}

/** Lists everybody. */
export function consentsPage(language: Language, rows: readonly ConsentRow[]): Html {
  const say = words(language)
  const [first] = rows
  return page({
    area: 'operator',
    tab: 'consents',
    language,
    title: say.title,
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      <div class="table" role="region" aria-label="${say.list}" tabindex="0">
        <table class="wide">
          <caption>${say.list}</caption>
          <thead>
            <tr>
              <th scope="col">${say.customer}</th>
              <th scope="col">${say.decisions}</th>
              ${first?.permissions.map(({ practice }) => html`<th scope="col">${practiceName(practice, language)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ customer, events, permissions }) => html`<tr>
                <th scope="row"><a href="/operator/consents/${customer.person}">${fullName(customer)}</a></th>
                <td class="small">${decisionList(language, events)}</td>
                ${permissions.map((permission) => html`<td>${outcome(language, permission)}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
  })
}

/** Shows one person's history. */
export function consentPage(language: Language, history: ConsentHistory): Html {
  const { customer, events, permissions, subject, effects, requests } = history
  const say = words(language)
  const name = fullName(customer)
  const title = say.historyOf.replace('{name}', name)
  const given = [...latest(events).values()].includes('given')
  return page({
    area: 'operator',
    tab: 'consents',
    language,
    title,
    body: html`<p><a href="/operator/consents">← ${say.back}</a></p>
      <h1>${title}</h1>
      <p class="small soft token">${say.pseudonym.replace('{subject}', subject)}</p>
      <div class="table" role="region" aria-label="${say.gate}" tabindex="0">
        <table>
          <caption>${say.gate}</caption>
          <thead>
            <tr><th scope="col">${say.practice}</th><th scope="col">${say.answer}</th><th scope="col">${say.because}</th></tr>
          </thead>
          <tbody>
            ${permissions.map(
              (permission) => html`<tr>
                <th scope="row">${practiceName(permission.practice, language)}</th>
                <td>${pill(language, permission)}</td>
                <td>${why(language, permission)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${events.length === 0 ? '' : eventTable(language, events)}
      ${effects.length === 0 ? '' : effectList(language, effects)}
      ${requests.length === 0 ? '' : requestList(language, requests)}
      ${
        given
          ? html`<form method="post" action="/operator/consents/${customer.person}/withdraw" class="card">
            <h2>${say.withdrawTitle}</h2>
            <p>${say.withdrawText}</p>
            <div class="actions"><button class="secondary">${say.withdraw}</button></div>
          </form>`
          : ''
      }`,
  })
}

/** The gate's answer as a coloured word with its reason. */
function outcome(language: Language, permission: Permission): Html {
  const reason = permission.outcome === 'deny' ? reasons(language)[permission.reason] : ''
  return html`${pill(language, permission)}${reason === '' ? '' : html`<br /><span class="small soft">${reason}</span>`}`
}

function pill(language: Language, { outcome, practice }: Permission): Html {
  const tone = outcome === 'allow' ? 'good' : 'bad'
  return html`<span class="pill ${tone}" data-practice="${practice}" data-outcome="${outcome}"
    >${words(language)[outcome]}</span
  >`
}

function why(language: Language, permission: Permission): Html | string {
  if (permission.outcome === 'allow') {
    if (permission.evidence.events.length === 0) return words(language).unasked
    const title = wordingIn(language).purposes[permission.purpose]?.title ?? permission.purpose
    return words(language).purpose.replace('{purpose}', title)
  }
  const missing = permission.wouldAllow.flatMap((step: Step) =>
    step.step === 'meet-countermeasures' ? step.countermeasures : [],
  )
  return html`${reasons(language)[permission.reason]}${
    missing.length === 0
      ? ''
      : `${words(language).colon}${missing.map((id) => countermeasureName(id, language)).join(', ')}`
  }`
}

function eventTable(language: Language, events: readonly RecordedEvent[]): Html {
  const say = words(language)
  return html`<div class="table" role="region" aria-label="${say.events}" tabindex="0">
    <table>
      <caption>${say.events}</caption>
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">${say.received}</th>
          <th scope="col">${say.signedBy}</th>
          <th scope="col">${say.decisions}</th>
          <th scope="col">${say.digest}</th>
        </tr>
      </thead>
      <tbody>
        ${events.map(
          (event) => html`<tr>
            <td>${event.seq}</td>
            <td>${writeInstant(event.receivedAt, language)}</td>
            <td>${signedBy(event, say)}</td>
            <td class="small">${decisionList(language, [event])}</td>
            <td><code>${event.digest.slice(0, 12)}…</code></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function effectList(language: Language, effects: readonly Effect[]): Html {
  const say = words(language)
  return html`<div class="card">
    <h2>${say.effects}</h2>
    <ul>
      ${effects.map(
        ({ kind, what, at }) => html`<li data-effect="${kind}">
          ${kind === 'link' ? say.linkStopped : say.practiceStopped.replace('{practice}', practiceName(what, language))}
          <span class="small soft">${writeInstant(at, language)} UTC</span>
        </li>`,
      )}
    </ul>
  </div>`
}

function requestList(language: Language, requests: readonly RightsRequest[]): Html {
  const say = words(language)
  return html`<div class="card">
    <h2>${say.requests}</h2>
    <ul>
      ${requests.map(
        (request) => html`<li>
          ${rightName(language)[request.right]}, ${say.due} ${lastDay(language, request)} ${statePill(language, request)}
        </li>`,
      )}
    </ul>
  </div>`
}

function decisionList(language: Language, events: readonly RecordedEvent[]): Html {
  const decisions = latest(events)
  if (decisions.size === 0) return html`<span class="soft">${words(language).none}</span>`
  const { purposes } = wordingIn(language)
  return html`<ul>
    ${[...decisions].map(
      ([purpose, decision]) =>
        html`<li>${purposes[purpose]?.title ?? purpose} ${decisionPill(language, decision)}</li>`,
    )}
  </ul>`
}

function signedBy(event: RecordedEvent, say: ReturnType<typeof words>): string {
  if (event.kind === 'decision') return say.browser
  return event.kind === 'withdrawal' ? say[event.via] : say.ourselves
}

/** The latest decision about each purpose; the server's order decides. */
function latest(events: readonly RecordedEvent[]): Map<string, RecordedEvent['decisions'][string]> {
  const decisions = new Map(events.flatMap((event) => Object.entries(event.decisions)))
  return new Map(
    askedPurposes.flatMap((purpose) => {
      const decision = decisions.get(purpose)
      return decision === undefined ? [] : [[purpose, decision]]
    }),
  )
}
