/**
 * What a respondent takes away: their choices, what the receipt proves, and how to change their mind.
 *
 * @module
 */
import type {
  NoticeWording,
  ProvedClaim,
  RecordedEvent,
  UnprovedClaim,
  VerifiedReceipt,
  WithdrawalEffects,
} from '@surveyseal/consent'
import { html } from 'hono/html'
import { fill, type Language, phrases, writeInstant } from '../i18n.js'
import { type Html, page } from './layout.js'
import { practiceName } from './operator/programme.js'
import { stepList } from './steps.js'

const words = phrases({
  thanks: ['Thank you, your answers have arrived', 'Merci, vos réponses sont arrivées'],
  chosen: ['Your choices have arrived', 'Vos choix sont arrivés'],
  answer: ['Continue to the survey', 'Continuer vers l’enquête'],
  withdrawn: ['Your permission is withdrawn', 'Votre permission est retirée'],
  withdrawnText: [
    'From this moment we do none of the following. This receipt proves that you told us.',
    'Dès cet instant, nous ne faisons plus rien de ce qui suit. Ce reçu prouve que vous nous l’avez dit.',
  ],
  choices: ['What you chose', 'Ce que vous avez choisi'],
  stopped: ['What we stop', 'Ce que nous arrêtons'],
  given: ['Yes', 'Oui'],
  refused: ['No', 'Non'],
  renewed: ['Yes, again', 'Oui, à nouveau'],
  withdrawnState: ['Withdrawn', 'Retiré'],
  deferred: ['Not decided', 'Sans décision'],
  revoked: ['Ended by us', 'Arrêté par nous'],
  invalidated: ['Ruled invalid', 'Déclaré nul'],
  use: ['Use', 'Usage'],
  choice: ['Choice', 'Choix'],
  received: ['Received {instant} UTC', 'Reçu le {instant} UTC'],
  noReceipt: [
    'You made no choices, so each of the three uses counts as no, and there is nothing to prove.',
    'Vous n’avez fait aucun choix : chacun des trois usages vaut non, et il n’y a rien à prouver.',
  ],
  receipt: ['Your receipt', 'Votre reçu'],
  receiptText: [
    'A small signed file. Anyone with our public keys can check it, years from now and without asking us. Keep it: it also withdraws your permission.',
    'Un petit fichier signé. Quiconque possède nos clés publiques peut le vérifier, dans des années et sans nous demander. Gardez-le : il permet aussi de retirer votre permission.',
  ],
  withdrawalReceiptText: [
    'A small signed file. Anyone with our public keys can check it, years from now and without asking us.',
    'Un petit fichier signé. Quiconque possède nos clés publiques peut le vérifier, dans des années et sans nous demander.',
  ],
  download: ['Download the receipt', 'Télécharger le reçu'],
  print: ['Print this page', 'Imprimer cette page'],
  page: ['Download a page to print', 'Télécharger une page à imprimer'],
  keys: ['Our public keys', 'Nos clés publiques'],
  proved: ['What it proves', 'Ce qu’il prouve'],
  notProved: ['What it does not prove', 'Ce qu’il ne prouve pas'],
  mind: ['Changing your mind', 'Changer d’avis'],
  mindText: [
    'Open this link whenever you like, or hand in the receipt. No reason needed.',
    'Ouvrez ce lien quand vous voulez, ou remettez le reçu. Sans justification.',
  ],
  ends: ['What happens now', 'Ce qui se passe maintenant'],
  endsPractice: ['This stops: {practice}.', 'Ceci cesse : {practice}.'],
  endsLinks: [
    'Invitations you have not answered stop working: {count}.',
    'Invitations sans réponse qui cessent de fonctionner : {count}.',
  ],
  endsNothing: ['Nothing that was running has to be stopped.', 'Rien de ce qui était en cours n’est à arrêter.'],
  rights: ['Your rights over your data', 'Vos droits sur vos données'],
  rightsText: [
    'Ask for a copy of what we keep, object to its use, or have it erased. This link is for you alone.',
    'Demandez une copie de ce que nous gardons, opposez-vous à son utilisation ou faites-le effacer. Ce lien est pour vous seul.',
  ],
  rightsLink: ['Open my page', 'Ouvrir ma page'],
  link: ['Withdraw my permission', 'Retirer ma permission'],
  handIn: ['Hand in a receipt', 'Remettre un reçu'],
})

const claims = phrases({
  'controller-signed-receipt': ['Rivage Ferries signed this receipt.', 'Rivage Ferries a signé ce reçu.'],
  'controller-states-time': [
    'Rivage Ferries says when your choices arrived.',
    'Rivage Ferries dit quand vos choix sont arrivés.',
  ],
  'event-signed-by-named-key': [
    'The key of your browser signed these choices.',
    'La clé de votre navigateur a signé ces choix.',
  ],
  'controller-signed-withdrawal': [
    'Rivage Ferries signed that you withdrew.',
    'Rivage Ferries a signé que vous avez retiré votre permission.',
  ],
  'controller-signed-statement': ['Rivage Ferries signed this statement.', 'Rivage Ferries a signé cette déclaration.'],
  'wording-is-what-was-signed': [
    'The wording above is the wording that was signed.',
    'Le texte ci-dessus est celui qui a été signé.',
  ],
  'no-later-withdrawal': [
    'That nothing was withdrawn later: a newer receipt would show it.',
    'Que rien n’a été retiré depuis : un reçu plus récent le montrerait.',
  ],
  'no-later-decision': [
    'That you gave nothing again later: a newer receipt would show it.',
    'Que vous n’avez rien accordé de nouveau depuis : un reçu plus récent le montrerait.',
  ],
  'key-belongs-to-person': [
    'That the key is yours and nobody else’s.',
    'Que la clé est la vôtre et à personne d’autre.',
  ],
  'person-decided': [
    'That you decided this at the time: it is what we have noted of it.',
    'Que vous l’avez décidé alors : c’est ce que nous en avons noté.',
  ],
  'person-read-wording': ['That you read the wording.', 'Que vous avez lu le texte.'],
  'time-confirmed-by-others': ['The time, by anyone but us.', 'L’heure, par un autre que nous.'],
  'included-in-log': ['Your choices are in our log.', 'Vos choix sont dans notre journal.'],
  'inclusion-in-log': ['That your choices are in a log.', 'Que vos choix sont dans un journal.'],
  'witnesses-cosigned': ['Witnesses saw that log.', 'Des témoins ont vu ce journal.'],
  'same-log-shown-to-all': ['That everyone is shown the same log.', 'Que le même journal est montré à tous.'],
  'same-log-as-checkpoint': [
    'It is the log of the checkpoint given with it.',
    'C’est le journal du point de contrôle fourni.',
  ],
  'agreement-with-checkpoint': [
    'That it is the log of the checkpoint given with it.',
    'Que c’est le journal du point de contrôle fourni.',
  ],
  'changed-later': ['A later receipt says otherwise.', 'Un reçu plus récent dit autre chose.'],
  'unchanged-until': [
    'Nothing was changed until a later moment that was proved.',
    'Rien n’a changé jusqu’à un moment ultérieur qui a été prouvé.',
  ],
  'unchanged-after': ['That nothing was changed after that moment.', 'Que rien n’a changé après ce moment.'],
} satisfies Record<ProvedClaim | UnprovedClaim, readonly [string, string]>)

/** What the page shows. */
export interface ReceiptPage {
  readonly language: Language
  /** `chosen` is someone who has not answered yet. */
  readonly outcome: 'chosen' | 'thanks' | 'withdrawn'
  /** Null for someone who answered without choosing. */
  readonly receipt: VerifiedReceipt | null
  readonly wording: NoticeWording
  /** What a withdrawal just made ends; null for anything else. */
  readonly effects: WithdrawalEffects | null
  /** The person's own links; null where they have just been used. */
  readonly links: { readonly withdrawal: string | null; readonly rights: string } | null
}

/** Shows the outcome and the receipt. */
export function receiptPage({ language, outcome, receipt, wording, effects, links }: ReceiptPage): Html {
  const say = words(language)
  return page({
    area: 'respondent',
    language,
    title: say[outcome],
    body: html`${outcome === 'withdrawn' ? '' : stepList(language, 'receipt')}
      <h1>${say[outcome]}</h1>
      ${outcome === 'chosen' ? html`<p><a class="button" href="/respond/survey">${say.answer}</a></p>` : ''}
      ${outcome === 'withdrawn' ? html`<div class="message good"><p>${say.withdrawnText}</p></div>` : ''}
      ${receipt === null ? html`<p>${say.noReceipt}</p>` : receiptParts(language, receipt, wording)}
      ${effects === null ? '' : effectList(language, effects)}
      ${links === null ? '' : furtherLinks(language, links)}`,
  })
}

function receiptParts(language: Language, receipt: VerifiedReceipt, wording: NoticeWording): Html {
  const { event, notice, proved, notProved } = receipt
  // What was signed, in the language it was signed in; a withdrawal has no wording of its own.
  const { purposes } = notice?.wording ?? wording
  const say = words(language)
  const claim = claims(language)
  const title = event.kind === 'withdrawal' ? say.stopped : say.choices
  return html`<div class="table" role="region" aria-label="${title}" tabindex="0">
      <table>
        <caption>${title}</caption>
        <thead>
          <tr><th scope="col">${say.use}</th><th scope="col">${say.choice}</th></tr>
        </thead>
        <tbody>
          ${Object.entries(event.decisions).map(
            ([purpose, decision]) => html`<tr>
              <td>
                <strong>${purposes[purpose]?.title ?? purpose}</strong><br />
                <span class="small soft">${purposes[purpose]?.description}</span>
              </td>
              <td>${decisionPill(language, decision)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <div class="card">
      <h2>${say.receipt}</h2>
      <p>${event.kind === 'withdrawal' ? say.withdrawalReceiptText : say.receiptText}</p>
      <p class="small soft">${fill(say.received, { instant: writeInstant(event.receivedAt, language) })}</p>
      <div class="grid">
        <div>
          <h3>${say.proved}</h3>
          <ul>${proved.map((one) => html`<li>${claim[one]}</li>`)}</ul>
        </div>
        <div>
          <h3>${say.notProved}</h3>
          <ul>${notProved.map((one) => html`<li>${claim[one]}</li>`)}</ul>
        </div>
      </div>
      <div class="actions">
        <a class="button" href="/respond/receipt.txt" download="receipt.txt">${say.download}</a>
        <a class="button secondary" href="/respond/receipt.html" download="receipt.html">${say.page}</a>
        <button type="button" class="secondary" data-print hidden>${say.print}</button>
        <a class="button secondary" href="/keys.json">${say.keys}</a>
      </div>
    </div>`
}

/** A decision as a coloured word. */
export function decisionPill(language: Language, decision: RecordedEvent['decisions'][string]): Html {
  const [tone, word] = PILLS[decision]
  return html`<span class="pill ${tone}">${words(language)[word]}</span>`
}

const PILLS = {
  given: ['good', 'given'],
  renewed: ['good', 'renewed'],
  refused: ['quiet', 'refused'],
  deferred: ['quiet', 'deferred'],
  withdrawn: ['warn', 'withdrawnState'],
  revoked: ['warn', 'revoked'],
  invalidated: ['warn', 'invalidated'],
} as const satisfies Record<RecordedEvent['decisions'][string], readonly [tone: string, word: string]>

function effectList(language: Language, { practices, links }: WithdrawalEffects): Html {
  const say = words(language)
  return html`<div class="card">
    <h2>${say.ends}</h2>
    ${
      practices.length + links.length === 0
        ? html`<p>${say.endsNothing}</p>`
        : html`<ul>
          ${practices.map((id) => html`<li data-stops="${id}">${fill(say.endsPractice, { practice: practiceName(id, language) })}</li>`)}
          ${links.length === 0 ? '' : html`<li>${fill(say.endsLinks, { count: links.length })}</li>`}
        </ul>`
    }
  </div>`
}

function furtherLinks(language: Language, { withdrawal, rights }: NonNullable<ReceiptPage['links']>): Html {
  const say = words(language)
  return html`${withdrawal === null ? '' : changeMind(language, withdrawal)}
    <div class="card">
      <h2>${say.rights}</h2>
      <p>${say.rightsText}</p>
      <div class="actions"><a id="rights-link" class="button secondary" href="${rights}">${say.rightsLink}</a></div>
    </div>`
}

function changeMind(language: Language, link: string): Html {
  const say = words(language)
  return html`<div class="card">
    <h2>${say.mind}</h2>
    <p>${say.mindText}</p>
    <p class="token"><a id="withdrawal-link" href="${link}">${link}</a></p>
    <div class="actions">
      <a class="button secondary" href="${link}">${say.link}</a>
      <a class="button secondary" href="/withdraw">${say.handIn}</a>
    </div>
  </div>`
}
