/**
 * Invitations: issuing a link of either kind, and revoking it.
 *
 * @module
 */
import { html } from 'hono/html'
import { type Customer, fullName } from '../../data/customers.js'
import { type Invitation, type LinkKind, stateOf } from '../../data/invitations.js'
import { type Language, phrases, writeDay } from '../../i18n.js'
import { type Html, page } from '../layout.js'

const words = phrases({
  title: ['Survey links', 'Liens d’enquête'],
  lead: [
    'A link carries no personal data. A sealed link holds an encrypted reference and is stored nowhere; an opaque link is a random number of which only a fingerprint is stored.',
    'Un lien ne porte aucune donnée personnelle. Un lien scellé contient une référence chiffrée et n’est stocké nulle part ; un lien opaque est un nombre aléatoire dont seule une empreinte est stockée.',
  ],
  issueTitle: ['Invite someone', 'Inviter quelqu’un'],
  customer: ['Customer', 'Client'],
  kind: ['Kind of link', 'Type de lien'],
  sealed: ['sealed', 'scellé'],
  opaque: ['opaque', 'opaque'],
  days: ['Open for', 'Ouvert pendant'],
  day7: ['one week', 'une semaine'],
  day30: ['30 days', '30 jours'],
  issue: ['Issue a link', 'Émettre un lien'],
  issued: ['A new link for {name}', 'Un nouveau lien pour {name}'],
  sealedAgain: [
    'It is made from the customer’s reference and the key, so it can be made again: see the list.',
    'Il est calculé à partir de la référence du client et de la clé : on peut le refaire, voir la liste.',
  ],
  opaqueOnce: [
    'Send it now: it is shown this once. We keep a fingerprint only and cannot show it again.',
    'Envoyez-le maintenant : il n’est montré qu’une fois. Nous n’en gardons qu’une empreinte et ne pouvons pas le remontrer.',
  ],
  uninvited: [
    '{name} said no to the survey or objected to it, so no link was made.',
    '{name} a refusé l’enquête ou s’y est opposé : aucun lien n’a été créé.',
  ],
  list: ['Invitations', 'Invitations'],
  state: ['State', 'État'],
  issuedOn: ['Issued', 'Émis'],
  until: ['Until', 'Jusqu’au'],
  link: ['Link', 'Lien'],
  action: ['Action', 'Action'],
  open: ['open', 'ouvert'],
  answered: ['answered', 'répondu'],
  revoked: ['revoked', 'révoqué'],
  expired: ['expired', 'expiré'],
  show: ['Show', 'Montrer'],
  gone: ['cannot be shown again', 'ne peut être remontré'],
  revoke: ['Revoke', 'Révoquer'],
  revokeFor: ['Revoke the link of {name}', 'Révoquer le lien de {name}'],
  showFor: ['Show the link of {name}', 'Montrer le lien de {name}'],
  copy: ['Copy', 'Copier'],
  copied: ['Copied', 'Copié'],
})

const tone = { open: '', answered: 'good', revoked: 'bad', expired: 'quiet' }

/** An invitation with what the list shows of it. */
interface InvitationRow {
  readonly invitation: Invitation
  readonly customer: Customer
  /** The link, for those that can be made again. */
  readonly url: string | null
}

/** What the page shows. */
export interface LinksPage {
  readonly language: Language
  readonly now: number
  readonly customers: readonly Customer[]
  readonly rows: readonly InvitationRow[]
  /** The link that was just issued. */
  readonly issued: { readonly customer: Customer; readonly kind: LinkKind; readonly url: string } | null
  /** Somebody the gate does not let us invite. */
  readonly uninvited: Customer | null
}

/** Lists the invitations and issues more. */
export function linksPage(view: LinksPage): Html {
  const { language, customers, rows, issued, uninvited } = view
  const say = words(language)
  return page({
    area: 'operator',
    tab: 'links',
    language,
    title: say.title,
    here: '/operator/links',
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      ${issued === null ? '' : issuedLink(language, issued)}
      ${
        uninvited === null
          ? ''
          : html`<div class="message bad" role="alert" tabindex="-1">
            <p>${say.uninvited.replace('{name}', fullName(uninvited))}</p>
          </div>`
      }
      <form method="post" action="/operator/links/issue" class="card">
        <h2>${say.issueTitle}</h2>
        <div class="grid">
          <div class="field">
            <label for="person">${say.customer}</label>
            <select id="person" name="person">
              ${customers.map((customer) => html`<option value="${customer.person}">${fullName(customer)}</option>`)}
            </select>
          </div>
          <div class="field">
            <label for="kind">${say.kind}</label>
            <select id="kind" name="kind">
              <option value="sealed">${say.sealed}</option>
              <option value="opaque">${say.opaque}</option>
            </select>
          </div>
          <div class="field">
            <label for="days">${say.days}</label>
            <select id="days" name="days">
              <option value="30">${say.day30}</option>
              <option value="7">${say.day7}</option>
            </select>
          </div>
        </div>
        <div class="actions"><button>${say.issue}</button></div>
      </form>
      <div class="table" role="region" aria-label="${say.list}" tabindex="0">
        <table class="wide">
          <caption>${say.list}</caption>
          <thead>
            <tr>
              <th scope="col">${say.customer}</th>
              <th scope="col">${say.kind}</th>
              <th scope="col">${say.state}</th>
              <th scope="col">${say.issuedOn}</th>
              <th scope="col">${say.until}</th>
              <th scope="col">${say.link}</th>
              <th scope="col">${say.action}</th>
            </tr>
          </thead>
          <tbody>${rows.map((row) => invitationRow(view, row))}</tbody>
        </table>
      </div>`,
  })
}

function issuedLink(language: Language, { customer, kind, url }: NonNullable<LinksPage['issued']>): Html {
  const say = words(language)
  return html`<div class="message good" role="alert" tabindex="-1">
    <h2>${say.issued.replace('{name}', fullName(customer))}</h2>
    <p class="token"><a id="issued-link" href="${url}">${url}</a></p>
    <p>${kind === 'opaque' ? say.opaqueOnce : say.sealedAgain}</p>
    <button type="button" class="secondary compact" data-copy="${url}" data-copied="${say.copied}" hidden>${say.copy}</button>
  </div>`
}

function invitationRow({ language, now }: LinksPage, { invitation, customer, url }: InvitationRow): Html {
  const say = words(language)
  const state = stateOf(invitation, now)
  const name = fullName(customer)
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${say[invitation.kind]}</td>
    <td><span class="pill ${tone[state]}">${say[state]}</span></td>
    <td>${writeDay(invitation.issuedAt, language)}</td>
    <td>${writeDay(invitation.expiresAt, language)}</td>
    <td>
      ${
        url === null
          ? html`<span class="small soft">${say.gone}</span>`
          : html`<details>
            <summary aria-label="${say.showFor.replace('{name}', name)}">${say.show}</summary>
            <a class="token" href="${url}">${url}</a>
          </details>`
      }
    </td>
    <td>
      ${
        state !== 'open'
          ? ''
          : html`<form method="post" action="/operator/links/revoke">
            <input type="hidden" name="invitation" value="${invitation.id}" />
            <button class="secondary compact" aria-label="${say.revokeFor.replace('{name}', name)}">${say.revoke}</button>
          </form>`
      }
    </td>
  </tr>`
}
