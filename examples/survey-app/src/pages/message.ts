/**
 * Pages that say one thing.
 *
 * @module
 */
import { html } from 'hono/html'
import { type Language, phrases } from '../i18n.js'
import { type Html, page } from './layout.js'

const words = phrases({
  closedTitle: ['This link cannot be used', 'Ce lien ne peut pas être utilisé'],
  closed: [
    'It may have been used already, have run out, or have lost a character on its way to you. Nothing you did is lost. If you would still like to tell us something, write to us.',
    'Il a peut-être déjà servi, expiré ou perdu un caractère en chemin. Rien de ce que vous avez fait n’est perdu. Si vous souhaitez nous dire quelque chose, écrivez-nous.',
  ],
  againTitle: ['Please open your link again', 'Ouvrez de nouveau votre lien'],
  again: [
    'This page forgets you after an hour, and when it is reloaded. The link in your message still works.',
    'Cette page vous oublie au bout d’une heure, et quand on la recharge. Le lien de votre message fonctionne encore.',
  ],
  missingTitle: ['There is nothing here', 'Il n’y a rien ici'],
  missing: ['The address may have a spelling mistake.', 'L’adresse contient peut-être une faute.'],
  failedTitle: ['Something went wrong on our side', 'Une erreur s’est produite chez nous'],
  failed: [
    'Nothing was lost or half kept. Please try again; if it happens again, tell us this number:',
    'Rien n’a été perdu ni gardé à moitié. Réessayez ; si cela se reproduit, indiquez-nous ce numéro :',
  ],
  contact: ['Write to Rivage Ferries', 'Écrire à Rivage Ferries'],
})

/** The one message for every link that cannot be used: it never says whether it was unknown, forged, used or revoked. */
export function closedPage(language: Language): Html {
  const say = words(language)
  return message(
    language,
    say.closedTitle,
    html`<p>${say.closed}</p>
      <p><a href="mailto:privacy@rivage-ferries.example">${say.contact}</a></p>`,
  )
}

/** For someone whose session is over. */
export function againPage(language: Language): Html {
  const say = words(language)
  return message(language, say.againTitle, html`<p>${say.again}</p>`)
}

/** For an address that does not exist. */
export function missingPage(language: Language): Html {
  const say = words(language)
  return message(language, say.missingTitle, html`<p>${say.missing}</p>`)
}

/** For a failure; the number finds it in the log, where nothing personal stands. */
export function failedPage(language: Language, requestId: string): Html {
  const say = words(language)
  return message(language, say.failedTitle, html`<p>${say.failed} <code>${requestId}</code></p>`)
}

function message(language: Language, title: string, text: Html): Html {
  return page({
    area: 'respondent',
    language,
    title,
    body: html`<div class="card"><h1>${title}</h1>${text}</div>`,
  })
}
