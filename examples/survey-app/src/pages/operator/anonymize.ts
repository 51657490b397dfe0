/**
 * Anonymizing a person: find, look at every record, confirm each, type the identifier again, done for good.
 *
 * @module
 */
import type { TechniqueId } from '@surveyseal/core/anonymize'
import type { DisclosureRisk } from '@surveyseal/core/disclosure'
import type { ErasureCertificate, ErasureChange, ErasurePlan, PlannedRecord } from '@surveyseal/core/erase'
import { html } from 'hono/html'
import { fill, type Language, writeDay } from '../../i18n.js'
import { type Html, page } from '../layout.js'
import { words } from './anonymize-words.js'

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
