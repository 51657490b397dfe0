/**
 * Anonymizing a person: find, look at every record, confirm each, type the identifier again, done for good.
 *
 * @module
 */
import type { TechniqueId } from '@surveyseal/core/anonymize'
import type { DisclosureRisk } from '@surveyseal/core/disclosure'
import type { ErasureCertificate, ErasureChange, ErasurePlan, PlannedRecord } from '@surveyseal/core/erase'
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
    'All records of the person are found with either, in whatever spelling, and so are answers of others that name them.',
    'L’un ou l’autre trouve toutes les fiches de la personne, quelle que soit l’écriture, et les réponses d’autres qui la nomment.',
  ],
  find: ['Find records', 'Trouver les fiches'],
  none: ['No record has this address or number.', 'Aucune fiche n’a cette adresse ou ce numéro.'],
  interrupted: ['An anonymization was interrupted', 'Une anonymisation a été interrompue'],
  interruptedText: [
    'Part of it may be done. Type the address or number it was about to finish it.',
    'Une partie est peut-être faite. Tapez l’adresse ou le numéro concerné pour la terminer.',
  ],
  finish: ['Finish it', 'La terminer'],
  found: ['{count} records found', '{count} fiches trouvées'],
  record: ['Record {number} of {count}: answer of {day}', 'Fiche {number} sur {count} : réponse du {day}'],
  mention: [
    'Record {number} of {count}: answer of {day} by somebody else, which names the person',
    'Fiche {number} sur {count} : réponse du {day} de quelqu’un d’autre, qui nomme la personne',
  ],
  customer: [
    'Record {number} of {count}: entry in the list of customers',
    'Fiche {number} sur {count} : entrée dans la liste des clients',
  ],
  decision: ['What to do with it', 'Qu’en faire'],
  erase: ['Anonymize', 'Anonymiser'],
  keep: ['Keep as it is: it is not theirs', 'Garder telle quelle : elle n’est pas à cette personne'],
  identified: [
    'only the address or number is replaced by stars',
    'seul l’adresse ou le numéro est remplacé par des étoiles',
  ],
  dependents: ['Also erased with these records', 'Effacés aussi avec ces fiches'],
  invitations: ['invitations', 'les invitations'],
  effects: ['what was stopped when they withdrew', 'ce qui a été arrêté à leur retrait'],
  links: ['links, with answers begun', 'les liens, avec les réponses commencées'],
  consent: [
    'the history of consent, of which signed summaries without name stay',
    'l’historique des consentements, dont restent des résumés signés sans nom',
  ],
  rights: ['a request, which stays without name', 'une demande, qui reste sans nom'],
  residual: ['What is left of the person among all others', 'Ce qui reste de la personne parmi toutes les autres'],
  'singled-out': ['Still singled out, by:', 'Toujours isolable, par :'],
  linkable: ['What is left can be told to belong together:', 'Ce qui reste peut être relié :'],
  'not-singled-out': ['Nothing that was tested singles them out.', 'Rien de ce qui a été testé ne l’isole.'],
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
    'Dates, route, scores and ticked reasons are kept, as the policy says. Who knows when someone travelled may still guess; linking to other data and inference are not ruled out. That somebody gave permission stays provable by signed summaries without name. Backups and copies elsewhere are not touched.',
    'Les dates, la ligne, les notes et les raisons cochées sont conservées, comme le dit la politique. Qui sait quand quelqu’un a voyagé peut encore deviner ; le croisement avec d’autres données et l’inférence ne sont pas exclus. Que quelqu’un a donné sa permission reste prouvable par des résumés signés sans nom. Les sauvegardes et copies ailleurs ne sont pas touchées.',
  ],
  retype: ['Type the address or number again', 'Tapez de nouveau l’adresse ou le numéro'],
  button: ['Anonymize for good', 'Anonymiser définitivement'],
  mismatch: [
    'What you typed is not what you searched for. Nothing was changed.',
    'Ce que vous avez tapé n’est pas ce que vous avez cherché. Rien n’a été changé.',
  ],
  unconfirmed: [
    'Every record has to be confirmed or kept, and the records have to be those shown here. Nothing was changed.',
    'Chaque fiche doit être confirmée ou gardée, et les fiches doivent être celles montrées ici. Rien n’a été changé.',
  ],
  expired: ['This preview is too old. Look again.', 'Cet aperçu est trop ancien. Cherchez de nouveau.'],
  changed: [
    'Records were changed or added since the preview. Look again: whatever is left is shown.',
    'Des fiches ont changé ou été ajoutées depuis l’aperçu. Cherchez de nouveau : ce qui reste est montré.',
  ],
  doneTitle: ['Done: this customer is no longer in the records', 'Terminé : ce client n’est plus dans les fiches'],
  doneRecords: ['Records anonymized', 'Fiches anonymisées'],
  doneMentions: ['Answers of others without the name', 'Réponses d’autres sans le nom'],
  doneDependents: ['Links, consents and requests', 'Liens, consentements et demandes'],
  doneKept: ['Kept as they are', 'Gardées telles quelles'],
  certificate: ['Certificate', 'Attestation'],
  policies: ['Policies, by their digest', 'Politiques, par leur empreinte'],
  limits: ['Out of reach', 'Hors de portée'],
  doneText: [
    'Searching for the address or number finds nothing any more. The next backup is the first one without them.',
    'La recherche de l’adresse ou du numéro ne trouve plus rien. La prochaine sauvegarde est la première sans eux.',
  ],
  next: ['Another customer', 'Un autre client'],
})

/** What the operator sees before deciding. */
export interface Preview {
  readonly plan: ErasurePlan
  /** When answers came, by the id of their record. */
  readonly completed: ReadonlyMap<string, number>
  /** Of all records, as they are and as they would be; null when there are none. */
  readonly before: DisclosureRisk | null
  readonly after: DisclosureRisk | null
}

/** Why nothing was done. */
export type Problem = 'mismatch' | 'unconfirmed' | 'expired' | 'changed'

/** Asks whom to look for; and to finish what was interrupted. */
export function findPage(
  language: Language,
  { message, interrupted }: { readonly message: 'none' | Problem | null; readonly interrupted: boolean },
): Html {
  const say = words(language)
  return frame(
    language,
    1,
    html`<p class="lead">${say.lead}</p>
    ${message === null ? '' : html`<div class="message" role="alert" tabindex="-1"><p>${say[message]}</p></div>`}
    ${interrupted ? unfinished(language) : ''}
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

function unfinished(language: Language): Html {
  const say = words(language)
  return html`<form method="post" action="/operator/anonymize/finish" class="card">
    <h2>${say.interrupted}</h2>
    <p>${say.interruptedText}</p>
    <div class="field">
      <label for="unfinished">${say.identifier}</label>
      <input type="text" id="unfinished" name="retyped" required autocomplete="off" />
    </div>
    <div class="actions"><button class="danger">${say.finish}</button></div>
  </form>`
}

/** Shows every record and asks for every confirmation. */
export function previewPage(language: Language, preview: Preview, problem: 'mismatch' | 'unconfirmed' | null): Html {
  const say = words(language)
  const { plan, completed } = preview
  const records = plan.records.filter(({ relation }) => relation !== 'dependent')
  const count = records.length
  const titleOf = (record: PlannedRecord, index: number): string => {
    const phrase =
      record.relation === 'mention' ? say.mention : record.target === 'customers' ? say.customer : say.record
    return fill(phrase, { number: index + 1, count, day: writeDay(completed.get(record.id) ?? 0, language) })
  }
  return frame(
    language,
    2,
    html`${problem === null ? '' : html`<div class="message bad" role="alert" tabindex="-1"><p>${say[problem]}</p></div>`}
    <h2>${fill(say.found, { count })}</h2>
    ${riskTable(language, preview)} ${residualCard(language, plan)}
    ${plan.warnings.map((warning) => html`<div class="message warn"><p>${warning}</p></div>`)}
    <form method="post" action="/operator/anonymize/confirm" id="confirm">
      <input type="hidden" name="plan" value="${plan.id}" />
      <div class="pairs">${records.map((record, index) => recordCard(language, record, titleOf(record, index)))}</div>
      ${dependentsCard(language, plan)}
      <div class="card">
        <div class="field">
          <label for="retyped">${say.retype}</label>
          <input type="text" id="retyped" name="retyped" required autocomplete="off" spellcheck="false" />
        </div>
        <div class="actions"><button class="danger">${say.button}</button></div>
      </div>
    </form>`,
  )
}

/** Says what was done. It names nobody: that is the point. */
export function donePage(language: Language, certificate: ErasureCertificate): Html {
  const say = words(language)
  const figures = [
    ['done-records', certificate.records, say.doneRecords],
    ['done-mentions', certificate.mentions, say.doneMentions],
    ['done-dependents', certificate.dependents, say.doneDependents],
    ['done-kept', certificate.kept, say.doneKept],
  ] as const
  return frame(
    language,
    3,
    html`<div class="message good" role="alert" tabindex="-1"><h2>${say.doneTitle}</h2><p>${say.doneText}</p></div>
    <div class="grid">
      ${figures.map(([id, count, name]) => html`<div class="card"><span class="figure" id="${id}">${count}</span>${name}</div>`)}
    </div>
    <div class="card" id="certificate">
      <h2>${say.certificate}</h2>
      <h3>${say.policies}</h3>
      <ul>${certificate.policies.map((digest) => html`<li><code>${digest}</code></li>`)}</ul>
      <h3>${say.limits}</h3>
      <ul>${certificate.limits.map((limit) => html`<li>${limit[language]}</li>`)}</ul>
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

/** What betrays the person after all, in words. */
function residualCard(language: Language, { residual }: ErasurePlan): Html | '' {
  if (residual === null) return ''
  const say = words(language)
  const because = residual.because as readonly { readonly text: Readonly<Record<Language, string>> }[]
  return html`<div class="card" id="residual">
    <h2>${say.residual}</h2>
    <p>${say[residual.verdict]}</p>
    <ul>${because.map(({ text }) => html`<li>${text[language]}</li>`)}</ul>
  </div>`
}

/** What has no fields to look at, and goes with the records. */
function dependentsCard(language: Language, { records }: ErasurePlan): Html | '' {
  const say = words(language)
  const places = new Set(records.filter(({ relation }) => relation === 'dependent').map(({ target }) => target))
  if (places.size === 0) return ''
  const names = [...places].map((place) => say[place as 'invitations' | 'effects' | 'links' | 'consent' | 'rights'])
  return html`<div class="card" id="dependents">
    <h2>${say.dependents}</h2>
    <ul>${names.map((name) => html`<li>${name}</li>`)}</ul>
  </div>`
}

function recordCard(language: Language, record: PlannedRecord, title: string): Html {
  const say = words(language)
  const { key, changes } = record
  return html`<fieldset>
    <legend>${title}</legend>
    <div class="table" role="region" aria-label="${title}" tabindex="0">
      <table class="compact">
        <thead>
          <tr><th scope="col">${say.field}</th><th scope="col">${say.before}</th><th scope="col">${say.after}</th></tr>
        </thead>
        <tbody>
          ${changes.map(
            (change) => html`<tr>
              <th scope="row"><code>${change.field}</code></th>
              <td><del>${change.before.join(', ')}</del></td>
              <td class="small">${whatHappens(language, change)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <label class="choice">
      <input type="checkbox" name="record" value="${key}" aria-label="${say.confirm}: ${title}" />
      ${say.confirm}
    </label>
    <label class="field">
      ${say.decision}
      <select name="kept" aria-label="${say.decision}: ${title}">
        <option value="">${say.erase}</option>
        <option value="${key}">${say.keep}</option>
      </select>
    </label>
  </fieldset>`
}

function whatHappens(language: Language, { because, technique }: ErasureChange): string {
  const say = words(language)
  if (because === 'identifier') return say.identified
  return because === 'default-deny' ? say.deny : say[technique satisfies TechniqueId]
}
