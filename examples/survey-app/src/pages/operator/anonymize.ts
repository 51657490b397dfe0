/**
 * Anonymizing a person: find, look at every record, confirm each, type the identifier again, done for good.
 *
 * @module
 */
import type { Change, TechniqueId } from '@surveyseal/core/anonymize'
import type { DisclosureRisk } from '@surveyseal/core/disclosure'
import { html } from 'hono/html'
import { fill, type Language, phrases, writeDay } from '../../i18n.js'
import { type Html, page } from '../layout.js'

const words = phrases({
  title: ['Anonymize a customer', 'Anonymiser un client'],
  lead: [
    'For someone who asks to be forgotten. Their words and details are overwritten in every record and their links stop working. It cannot be undone.',
    'Pour quelqu’un qui demande l’oubli. Ses mots et ses coordonnées sont remplacés dans chaque fiche et ses liens cessent de fonctionner. C’est irréversible.',
  ],
  steps: ['Steps', 'Étapes'],
  step1: ['Find', 'Trouver'],
  step2: ['Check and confirm', 'Vérifier et confirmer'],
  step3: ['Done', 'Terminé'],
  identifier: ['E-mail address or telephone number', 'Adresse e-mail ou numéro de téléphone'],
  identifierHint: [
    'All records of the person are found with either.',
    'L’un ou l’autre trouve toutes les fiches de la personne.',
  ],
  find: ['Find records', 'Trouver les fiches'],
  none: ['No record has this address or number.', 'Aucune fiche n’a cette adresse ou ce numéro.'],
  found: ['{count} records found', '{count} fiches trouvées'],
  record: ['Record {number} of {count}: answer of {day}', 'Fiche {number} sur {count} : réponse du {day}'],
  field: ['Field', 'Champ'],
  before: ['Now (masked)', 'Maintenant (masqué)'],
  after: ['What happens', 'Ce qui se passe'],
  confirm: ['I have checked this record', 'J’ai vérifié cette fiche'],
  'random-email': [
    'a random address under .invalid, another in each record',
    'une adresse aléatoire en .invalid, différente dans chaque fiche',
  ],
  mask: ['replaced by stars', 'remplacé par des étoiles'],
  comment: ['replaced by a fixed sentence', 'remplacé par une phrase fixe'],
  blank: ['emptied', 'vidé'],
  remove: ['removed', 'supprimé'],
  round: ['rounded', 'arrondi'],
  'top-bottom-code': ['extreme values merged', 'valeurs extrêmes regroupées'],
  band: ['replaced by an interval', 'remplacé par un intervalle'],
  'coarsen-date': ['date made less precise', 'date rendue moins précise'],
  truncate: ['only the beginning kept', 'seul le début est conservé'],
  region: ['replaced by a group', 'remplacé par un groupe'],
  'suppress-record': ['record dropped', 'fiche supprimée'],
  retain: ['kept', 'conservé'],
  deny: ['removed: no rule names it', 'supprimé : aucune règle ne le nomme'],
  risk: ['What still points at one person', 'Ce qui désigne encore une personne'],
  riskText: [
    'Measured over all records, for someone who knows a customer’s {columns}. Persons are counted, not rows.',
    'Mesuré sur toutes les fiches, pour quelqu’un qui connaît {columns} d’un client. Les personnes sont comptées, pas les lignes.',
  ],
  columns: ['job title, company and region', 'la fonction, l’entreprise et la région'],
  figure: ['Figure', 'Mesure'],
  riskBefore: ['Before', 'Avant'],
  riskAfter: ['After', 'Après'],
  uniques: ['People nobody else is like', 'Personnes à nulle autre pareilles'],
  persons: ['People or loose records', 'Personnes ou fiches isolées'],
  k: ['Smallest group (k)', 'Plus petit groupe (k)'],
  averageRisk: ['Average risk', 'Risque moyen'],
  open: ['What stays open', 'Ce qui reste ouvert'],
  openText: [
    'Dates, route, scores and ticked reasons are kept, as the policy says. Who knows when someone travelled may still guess; linking to other data and inference are not ruled out. The permission they gave stays provable under a pseudonym that leads to no name here. Backups and copies elsewhere are not touched.',
    'Les dates, la ligne, les notes et les raisons cochées sont conservées, comme le dit la politique. Qui sait quand quelqu’un a voyagé peut encore deviner ; le croisement avec d’autres données et l’inférence ne sont pas exclus. La permission donnée reste prouvable sous un pseudonyme qui ne mène ici à aucun nom. Les sauvegardes et copies ailleurs ne sont pas touchées.',
  ],
  retype: ['Type the address or number again', 'Tapez de nouveau l’adresse ou le numéro'],
  button: ['Anonymize {count} records for good', 'Anonymiser définitivement {count} fiches'],
  mismatch: [
    'What you typed is not what you searched for. Nothing was changed.',
    'Ce que vous avez tapé n’est pas ce que vous avez cherché. Rien n’a été changé.',
  ],
  unconfirmed: [
    'Every record has to be confirmed, and the records have to be those shown here. Nothing was changed.',
    'Chaque fiche doit être confirmée, et les fiches doivent être celles montrées ici. Rien n’a été changé.',
  ],
  doneTitle: ['Done: this customer is no longer in the records', 'Terminé : ce client n’est plus dans les fiches'],
  doneRecords: ['Records anonymized', 'Fiches anonymisées'],
  doneLinks: ['Links stopped', 'Liens arrêtés'],
  doneText: [
    'Searching for the address or number finds nothing any more. The next backup is the first one without them.',
    'La recherche de l’adresse ou du numéro ne trouve plus rien. La prochaine sauvegarde est la première sans eux.',
  ],
  next: ['Another customer', 'Un autre client'],
})

/** One record before it is anonymized. */
interface RecordPreview {
  readonly id: string
  readonly completedAt: number
  readonly changes: readonly (Change & { readonly before: string })[]
}

/** What the operator sees before deciding. */
export interface Preview {
  readonly identifier: string
  readonly records: readonly RecordPreview[]
  /** Of all records, as they are and as they would be; null when there are none. */
  readonly before: DisclosureRisk | null
  readonly after: DisclosureRisk | null
  readonly warnings: readonly string[]
}

/** Asks whom to look for. */
export function findPage(language: Language, options: { readonly none: boolean }): Html {
  const say = words(language)
  return frame(
    language,
    1,
    html`<p class="lead">${say.lead}</p>
    ${options.none ? html`<div class="message" role="alert" tabindex="-1"><p>${say.none}</p></div>` : ''}
    <form method="post" action="/operator/anonymize/find" class="card">
      <div class="field">
        <label for="identifier">${say.identifier}</label>
        <input type="text" id="identifier" name="identifier" required autocomplete="off" aria-describedby="identifier-hint" />
        <small id="identifier-hint">${say.identifierHint}</small>
      </div>
      <div class="actions"><button>${say.find}</button></div>
    </form>`,
  )
}

/** Shows every record and asks for every confirmation. */
export function previewPage(language: Language, preview: Preview, problem: 'mismatch' | 'unconfirmed' | null): Html {
  const say = words(language)
  const { identifier, records, warnings } = preview
  const count = records.length
  return frame(
    language,
    2,
    html`${problem === null ? '' : html`<div class="message bad" role="alert" tabindex="-1"><p>${say[problem]}</p></div>`}
    <h2>${fill(say.found, { count })}</h2>
    ${riskTable(language, preview)}
    ${warnings.map((warning) => html`<div class="message warn"><p>${warning}</p></div>`)}
    <form method="post" action="/operator/anonymize/confirm" id="confirm">
      <input type="hidden" name="identifier" value="${identifier}" />
      <div class="pairs">
        ${records.map((record, index) => recordCard(language, record, { number: index + 1, count }))}
      </div>
      <div class="card">
        <div class="field">
          <label for="retyped">${say.retype}</label>
          <input type="text" id="retyped" name="retyped" required autocomplete="off" spellcheck="false" />
        </div>
        <div class="actions"><button class="danger">${fill(say.button, { count })}</button></div>
      </div>
    </form>`,
  )
}

/** Says what was done. It names nobody: that is the point. */
export function donePage(language: Language, done: { readonly records: number; readonly links: number }): Html {
  const say = words(language)
  return frame(
    language,
    3,
    html`<div class="message good" role="alert" tabindex="-1"><h2>${say.doneTitle}</h2><p>${say.doneText}</p></div>
    <div class="grid">
      <div class="card"><span class="figure" id="done-records">${done.records}</span>${say.doneRecords}</div>
      <div class="card"><span class="figure">${done.links}</span>${say.doneLinks}</div>
    </div>
    <div class="card"><h2>${say.open}</h2><p>${say.openText}</p></div>
    <p><a class="button secondary" href="/operator/anonymize">${say.next}</a></p>`,
  )
}

function frame(language: Language, step: 1 | 2 | 3, body: Html): Html {
  const say = words(language)
  const steps = [say.step1, say.step2, say.step3]
  return page({
    area: 'operator',
    tab: 'anonymize',
    language,
    title: say.title,
    here: '/operator/anonymize',
    body: html`<h1>${say.title}</h1>
      <ol class="steps" aria-label="${say.steps}">
        ${steps.map((name, index) => html`<li${index + 1 === step ? html` aria-current="step"` : ''}>${name}</li>`)}
      </ol>
      ${body}`,
  })
}

function riskTable(language: Language, { before, after }: Preview): Html | '' {
  if (before === null || after === null) return ''
  const say = words(language)
  const number = (value: number): string => new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value)
  const row = (name: string, one: number, other: number): Html => html`<tr>
    <th scope="row">${name}</th>
    <td class="number">${number(one)}</td>
    <td class="number">${number(other)}</td>
  </tr>`
  return html`<div class="card">
    <h2>${say.risk}</h2>
    <p>${fill(say.riskText, { columns: say.columns })}</p>
    <div class="table" role="region" aria-label="${say.risk}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${say.figure}</th>
            <th scope="col" class="number">${say.riskBefore}</th>
            <th scope="col" class="number">${say.riskAfter}</th>
          </tr>
        </thead>
        <tbody>
          ${row(say.persons, before.persons, after.persons)} ${row(say.uniques, before.uniques, after.uniques)}
          ${row(say.k, before.k, after.k)} ${row(say.averageRisk, before.averageRisk, after.averageRisk)}
        </tbody>
      </table>
    </div>
    <p class="small soft"><strong>${say.open}.</strong> ${say.openText}</p>
  </div>`
}

function recordCard(language: Language, record: RecordPreview, place: { number: number; count: number }): Html {
  const say = words(language)
  const title = fill(say.record, { ...place, day: writeDay(record.completedAt, language) })
  return html`<fieldset>
    <legend>${title}</legend>
    <div class="table" role="region" aria-label="${title}" tabindex="0">
      <table class="compact">
        <thead>
          <tr><th scope="col">${say.field}</th><th scope="col">${say.before}</th><th scope="col">${say.after}</th></tr>
        </thead>
        <tbody>
          ${record.changes.map(
            ({ field, before, technique, because }) => html`<tr>
              <th scope="row"><code>${field}</code></th>
              <td><del>${before}</del></td>
              <td class="small">${because === 'default-deny' ? say.deny : say[technique satisfies TechniqueId]}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <label class="choice">
      <input type="checkbox" name="record" value="${record.id}" aria-label="${say.confirm}: ${title}" />
      ${say.confirm}
    </label>
  </fieldset>`
}
