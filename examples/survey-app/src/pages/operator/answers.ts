/**
 * What came back: totals for everyone, words and names only where the gate allows them.
 *
 * @module
 */
import type { Permission } from '@surveyseal/consent'
import { html } from 'hono/html'
import type { AnswerRecord } from '../../data/records.js'
import { fill, type Language, phrases, writeDay } from '../../i18n.js'
import { type Driver, questionWords } from '../../questions.js'
import { type Html, page } from '../layout.js'
import { reasons } from './consents.js'

const words = phrases({
  title: ['Answers', 'Réponses'],
  lead: [
    'Totals count everyone. Words and telephone numbers appear only where the person allows that use today; the gate is asked each time this page is opened.',
    'Les totaux comptent tout le monde. Les mots et les numéros n’apparaissent que si la personne permet cet usage aujourd’hui ; le contrôle est interrogé à chaque ouverture de cette page.',
  ],
  answers: ['Answers', 'Réponses'],
  nps: ['Net promoter score', 'Net promoter score'],
  csat: ['Mean satisfaction, of 5', 'Satisfaction moyenne, sur 5'],
  callTitle: ['To call back', 'À rappeler'],
  callNone: ['Nobody is waiting for a call.', 'Personne n’attend d’appel.'],
  name: ['Name', 'Nom'],
  telephone: ['Telephone', 'Téléphone'],
  details: ['What they said', 'Ce qu’ils ont dit'],
  gate: ['Gate', 'Contrôle'],
  allow: ['allow', 'autorisé'],
  deny: ['do not call', 'ne pas appeler'],
  hidden: ['withheld: {reason}', 'masqué : {reason}'],
  day: ['Day', 'Jour'],
  score: ['Score', 'Note'],
  satisfaction: ['Satisfaction', 'Satisfaction'],
  drivers: ['What counted', 'Ce qui a compté'],
  comment: ['Comment', 'Commentaire'],
  unmatched: ['kept without a name: nobody can be asked', 'gardé sans nom : personne à qui demander'],
})

/** A record with what the gate says about its person; both null when it has none. */
export interface AnswerRow {
  readonly record: AnswerRecord
  readonly share: Permission | null
  readonly call: Permission | null
}

/** Shows totals, the call list and the answers. */
export function answersPage(language: Language, rows: readonly AnswerRow[]): Html {
  const say = words(language)
  const waiting = rows.filter(({ record, call }) => record.fields.followUpRequested && call !== null)
  return page({
    area: 'operator',
    tab: 'answers',
    language,
    title: say.title,
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      <div class="grid">
        <div class="card"><span class="figure">${rows.length}</span>${say.answers}</div>
        <div class="card"><span class="figure">${netPromoterScore(rows)}</span>${say.nps}</div>
        <div class="card"><span class="figure">${meanSatisfaction(rows, language)}</span>${say.csat}</div>
      </div>
      ${waiting.length === 0 ? html`<p>${say.callNone}</p>` : callList(language, waiting)}
      <div class="table" role="region" aria-label="${say.answers}" tabindex="0">
        <table class="wide">
          <caption>${say.answers}</caption>
          <thead>
            <tr>
              <th scope="col">${say.day}</th>
              <th scope="col" class="number">${say.score}</th>
              <th scope="col" class="number">${say.satisfaction}</th>
              <th scope="col">${say.drivers}</th>
              <th scope="col">${say.comment}</th>
            </tr>
          </thead>
          <tbody>${rows.map((row) => answerRow(language, row))}</tbody>
        </table>
      </div>`,
  })
}

function callList(language: Language, rows: readonly AnswerRow[]): Html {
  const say = words(language)
  return html`<div class="table" role="region" aria-label="${say.callTitle}" tabindex="0">
    <table>
      <caption>${say.callTitle}</caption>
      <thead>
        <tr>
          <th scope="col">${say.gate}</th>
          <th scope="col">${say.name}</th>
          <th scope="col">${say.telephone}</th>
          <th scope="col">${say.details}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(({ record: { fields }, call }) =>
          call?.outcome === 'allow'
            ? html`<tr>
              <td><span class="pill good">${say.allow}</span></td>
              <th scope="row">${fields.firstName} ${fields.lastName}</th>
              <td>${fields.phone}</td>
              <td>${fields.followUpDetails}</td>
            </tr>`
            : html`<tr>
              <td><span class="pill bad">${say.deny}</span></td>
              <td colspan="3" class="soft">${fill(say.hidden, { reason: because(language, call) })}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function answerRow(language: Language, { record, share }: AnswerRow): Html {
  const { fields, completedAt } = record
  const question = questionWords(language)
  return html`<tr>
    <td>${writeDay(completedAt, language)}</td>
    <td class="number">${fields.npsScore}</td>
    <td class="number">${fields.csat ?? '–'}</td>
    <td class="small">${fields.drivers?.map((driver) => question[driver as Driver] ?? driver).join(', ')}</td>
    <td>${comment(language, record, share)}</td>
  </tr>`
}

function comment(language: Language, { fields }: AnswerRecord, share: Permission | null): Html | string {
  const say = words(language)
  if (share === null) return html`<span class="small soft">${say.unmatched}</span>`
  if (share.outcome === 'allow') return fields.npsComment ?? ''
  return html`<span class="small soft">${fill(say.hidden, { reason: because(language, share) })}</span>`
}

function because(language: Language, permission: Permission | null): string {
  return permission?.outcome === 'deny' ? reasons(language)[permission.reason] : ''
}

/** Promoters (9 and 10) less detractors (0 to 6), in per cent of all answers. */
function netPromoterScore(rows: readonly AnswerRow[]): string {
  if (rows.length === 0) return '–'
  const share = (test: (score: number) => boolean): number =>
    rows.filter(({ record }) => test(record.fields.npsScore)).length / rows.length
  return String(Math.round(100 * (share((score) => score >= 9) - share((score) => score <= 6))))
}

function meanSatisfaction(rows: readonly AnswerRow[], language: Language): string {
  const given = rows.flatMap(({ record }) => (record.fields.csat === undefined ? [] : [record.fields.csat]))
  if (given.length === 0) return '–'
  const mean = given.reduce((sum, value) => sum + value, 0) / given.length
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(mean)
}
