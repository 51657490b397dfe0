/**
 * Where a survey link leads: nothing has happened yet, and nothing does until the button is pressed.
 *
 * @module
 */
import type { ResolvedLink } from '@surveyseal/links'
import { html } from 'hono/html'
import { type Language, phrases, writeDay } from '../i18n.js'
import { type Html, page } from './layout.js'

const words = phrases({
  title: ['How was your crossing?', 'Comment s’est passée votre traversée ?'],
  lead: [
    'Rivage Ferries would like your opinion. A few questions, two minutes, in English or French.',
    'Rivage Ferries aimerait votre avis. Quelques questions, deux minutes, en français ou en anglais.',
  ],
  next: ['What comes next', 'La suite'],
  step1: [
    'You read what happens with your answers, and choose.',
    'Vous lisez ce que deviennent vos réponses, et choisissez.',
  ],
  step2: ['You answer.', 'Vous répondez.'],
  step3: [
    'You get a receipt of what you chose, and a way to change your mind.',
    'Vous recevez un reçu de vos choix, et de quoi changer d’avis.',
  ],
  start: ['Start', 'Commencer'],
  until: ['Open until', 'Ouvert jusqu’au'],
  inside: ['About your link', 'À propos de votre lien'],
  sealed: [
    'It holds a reference that only our server can decrypt. It does not hold your name, address or number.',
    'Il contient une référence que seul notre serveur peut déchiffrer. Ni votre nom, ni votre adresse, ni votre numéro.',
  ],
  opaque: [
    'It is a random number. Our server keeps a fingerprint of it, never the number itself.',
    'C’est un nombre tiré au hasard. Notre serveur n’en garde qu’une empreinte, jamais le nombre lui-même.',
  ],
  imported: [
    'An earlier system of ours sent it. It works here for a while.',
    'Un ancien système de notre entreprise l’a envoyé. Il fonctionne ici pendant quelque temps.',
  ],
  inert: [
    'Opening this page changed nothing: mail scanners and previews may open it too.',
    'Ouvrir cette page n’a rien changé : les antivirus et les aperçus de messagerie peuvent l’ouvrir aussi.',
  ],
})

/** What the page shows. */
export interface Invite {
  readonly language: Language
  readonly kind: ResolvedLink['kind']
  readonly token: string
  readonly expiresAt: Date | null
}

/** Greets whoever opened a link. By no name: that would already be a personalised survey. */
export function invitePage({ language, kind, token, expiresAt }: Invite): Html {
  const say = words(language)
  return page({
    area: 'respondent',
    language,
    title: say.title,
    here: `/i/${token}`,
    address: '/invitation',
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      <div class="card">
        <h2>${say.next}</h2>
        <ol>
          <li>${say.step1}</li>
          <li>${say.step2}</li>
          <li>${say.step3}</li>
        </ol>
        <form method="post" action="/respond/claim" class="actions">
          <input type="hidden" name="token" value="${token}" />
          <input type="hidden" name="language" value="${language}" />
          <button>${say.start}</button>
        </form>
      </div>
      <div class="small soft">
        <h2>${say.inside}</h2>
        <p>${say[kind]}</p>
        <p>${say.inert}${expiresAt === null ? '' : html` ${say.until} ${writeDay(expiresAt.getTime(), language)}.`}</p>
      </div>`,
  })
}
