/**
 * The rights, the states of a request and the reasons of its steps, in words.
 *
 * @module
 */
import type { RequestState, Right, RightsRequest, StepReason } from '@surveyseal/consent/rights'
import { html } from 'hono/html'
import { type Language, phrases, writeDay } from '../i18n.js'
import type { Html } from './layout.js'

/** What was asked for. */
export const rightName = phrases({
  access: ['a copy of the data', 'une copie des données'],
  rectification: ['a correction', 'une rectification'],
  erasure: ['erasure', 'l’effacement'],
  objection: ['an objection', 'une opposition'],
} satisfies Record<Right, readonly [string, string]>)

/** How a request stands. */
export const stateName = phrases({
  received: ['received', 'reçue'],
  'identity-check': ['checking who asks', 'identité en cours de vérification'],
  extended: ['extended by two months', 'prolongée de deux mois'],
  fulfilled: ['done', 'satisfaite'],
  refused: ['refused', 'refusée'],
  cancelled: ['taken back', 'annulée'],
} satisfies Record<RequestState, readonly [string, string]>)

/** Why it was extended or refused. */
export const reasonName = phrases({
  complexity: ['it is complex', 'elle est complexe'],
  'number-of-requests': ['there are many requests', 'les demandes sont nombreuses'],
  'identity-not-established': ['we cannot tell who asks', 'identité non établie'],
  'manifestly-unfounded': ['manifestly unfounded', 'manifestement infondée'],
  excessive: ['excessive', 'excessive'],
  'rights-of-others': ['the rights of others', 'droits d’autrui'],
  'data-are-accurate': ['the data are right', 'les données sont exactes'],
  'no-ground-applies': ['no ground for erasure applies', 'aucun motif d’effacement ne s’applique'],
  'freedom-of-expression': ['freedom of expression', 'liberté d’expression'],
  'legal-obligation': ['a legal obligation', 'obligation légale'],
  'public-health': ['public health', 'santé publique'],
  'archiving-or-research': ['archiving or research', 'archives ou recherche'],
  'legal-claims': ['legal claims', 'droits en justice'],
  'compelling-grounds': ['compelling legitimate grounds', 'motifs légitimes et impérieux'],
  'national-restriction': ['a restriction by national law', 'limitation par le droit national'],
} satisfies Record<StepReason, readonly [string, string]>)

/** The state as a coloured word, with the reason where there is one. */
export function statePill(language: Language, { state, steps }: RightsRequest): Html {
  const reason = steps.at(-1)?.reason ?? null
  return html`<span class="pill ${tone[state]}" data-state="${state}">${stateName(language)[state]}</span>${
    reason === null ? '' : html`<br /><span class="small soft">${reasonName(language)[reason]}</span>`
  }`
}

/** The last day to answer. */
export function lastDay(language: Language, request: RightsRequest): Html {
  return html`<time datetime="${request.lastDay}">${writeDay(Date.parse(request.lastDay), language)}</time>`
}

const tone: Record<RequestState, string> = {
  received: '',
  'identity-check': 'warn',
  extended: 'warn',
  fulfilled: 'good',
  refused: 'bad',
  cancelled: 'quiet',
}
