/**
 * Changing one's mind: by link, or by handing in a receipt.
 *
 * @module
 */
import type { NoticeWording } from '@surveyseal/consent'
import { html } from 'hono/html'
import { type Language, phrases } from '../i18n.js'
import { type Html, page } from './layout.js'

const words = phrases({
  title: ['Withdraw my permission', 'Retirer ma permission'],
  lead: [
    'You said yes to the uses below. Press the button and we stop. You need no password, no reason and no key.',
    'Vous avez dit oui aux usages ci-dessous. Appuyez sur le bouton et nous arrêtons. Sans mot de passe, sans raison, sans clé.',
  ],
  button: ['Withdraw all of them', 'Tout retirer'],
  erased: [
    'Everything about you was erased, at your request or another way. Nothing rests on this receipt any more; it still proves what it says.',
    'Tout ce qui vous concernait a été effacé, à votre demande ou autrement. Plus rien ne repose sur ce reçu ; il prouve encore ce qu’il dit.',
  ],
  nothingTitle: ['There is nothing to withdraw', 'Il n’y a rien à retirer'],
  nothing: [
    'You have given us no permission, or have withdrawn it already. We do none of the optional uses.',
    'Vous ne nous avez donné aucune permission, ou l’avez déjà retirée. Nous ne faisons aucun des usages facultatifs.',
  ],
  receiptTitle: ['Hand in your receipt', 'Remettre votre reçu'],
  receiptLead: [
    'Choose the receipt file, or paste what is in it. Whoever holds the receipt may withdraw.',
    'Choisissez le fichier du reçu, ou collez son contenu. Quiconque possède le reçu peut retirer la permission.',
  ],
  file: ['Receipt file', 'Fichier du reçu'],
  paste: ['Or its content', 'Ou son contenu'],
  refused: [
    'This is not a receipt of ours, or it is not complete. Nothing was changed.',
    'Ce n’est pas un reçu de notre part, ou il n’est pas complet. Rien n’a été changé.',
  ],
})

/** Where a withdrawal link leads: opening it withdraws nothing yet. */
export function withdrawLinkPage(options: {
  language: Language
  token: string
  given: readonly string[]
  wording: NoticeWording
}): Html {
  const { language, token, given, wording } = options
  const say = words(language)
  return page({
    area: 'respondent',
    language,
    title: say.title,
    here: `/w/${token}`,
    address: '/withdraw',
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      <div class="card">
        <ul>${given.map((purpose) => html`<li>${wording.purposes[purpose]?.title ?? purpose}</li>`)}</ul>
        <form method="post" action="/withdraw/link" class="actions">
          <input type="hidden" name="token" value="${token}" />
          <button>${say.button}</button>
        </form>
      </div>`,
  })
}

/** For someone who has given nothing, or nothing any more. */
export function nothingToWithdrawPage(language: Language, why: 'nothing' | 'erased' = 'nothing'): Html {
  const say = words(language)
  return page({
    area: 'respondent',
    language,
    title: say.nothingTitle,
    here: '/withdraw',
    address: '/withdraw',
    body: html`<div class="card"><h1>${say.nothingTitle}</h1><p data-why="${why}">${say[why]}</p></div>`,
  })
}

/** Takes a receipt. */
export function withdrawReceiptPage(options: { language: Language; refused: boolean }): Html {
  const { language, refused } = options
  const say = words(language)
  return page({
    area: 'respondent',
    language,
    title: say.receiptTitle,
    here: '/withdraw',
    body: html`<h1>${say.receiptTitle}</h1>
      <p class="lead">${say.receiptLead}</p>
      ${refused ? html`<div class="message bad" role="alert" tabindex="-1"><p>${say.refused}</p></div>` : ''}
      <form method="post" action="/withdraw/receipt" enctype="multipart/form-data" class="card">
        <div class="field">
          <label for="file">${say.file}</label>
          <input type="file" id="file" name="file" accept=".txt,text/plain" />
        </div>
        <div class="field">
          <label for="receipt">${say.paste}</label>
          <textarea id="receipt" name="receipt" spellcheck="false" autocomplete="off"></textarea>
        </div>
        <div class="actions"><button>${say.title}</button></div>
      </form>`,
  })
}
