/**
 * Which practices the programme runs, how risky each is, and what it still lacks.
 *
 * @module
 */
import {
  type Assessment,
  COUNTERMEASURES,
  type CountermeasureId,
  PRACTICES,
  type PracticeAssessment,
  type PracticeId,
  type RiskTier,
} from '@surveyseal/core/risk'
import { html } from 'hono/html'
import { type Language, phrases } from '../../i18n.js'
import { type Html, page } from '../layout.js'

const words = phrases({
  title: ['What we run, and what it takes', 'Ce que nous faisons, et ce que cela exige'],
  lead: [
    'Every feedback practice has a risk tier, and every tier demands countermeasures. A practice without them does not run for anyone.',
    'Chaque pratique a un niveau de risque, et chaque niveau exige des contre-mesures. Une pratique qui ne les a pas n’est appliquée à personne.',
  ],
  tier: ['Highest tier', 'Niveau le plus haut'],
  missing: ['Countermeasures missing', 'Contre-mesures manquantes'],
  dpia: ['Impact assessment (DPIA)', 'Analyse d’impact (AIPD)'],
  required: ['required', 'requise'],
  notRequired: ['not required', 'non requise'],
  low: ['low', 'faible'],
  medium: ['medium', 'moyen'],
  high: ['high', 'élevé'],
  'very-high': ['very high', 'très élevé'],
  practices: ['Practices', 'Pratiques'],
  practice: ['Practice', 'Pratique'],
  tierColumn: ['Tier', 'Niveau'],
  why: ['Why', 'Pourquoi'],
  inPlace: ['In place', 'En place'],
  lacking: ['Missing', 'Manque'],
  nothing: ['nothing', 'rien'],
  inferred: ['inferred by this project from', 'déduit par ce projet de'],
  stated: ['stated by', 'énoncé par'],
  toDo: ['Who has to act', 'Qui doit agir'],
  countermeasure: ['Countermeasure', 'Contre-mesure'],
  actor: ['Who', 'Qui'],
  evidence: ['What counts as evidence', 'Ce qui vaut preuve'],
  report: ['Full report, for reading and printing', 'Rapport complet, à lire et à imprimer'],
  advice: ['A working aid, not legal advice.', 'Une aide au travail, pas un conseil juridique.'],
})

const tone: Record<RiskTier, string> = { low: 'good', medium: '', high: 'warn', 'very-high': 'bad' }

/** Shows the assessment of the programme. */
export function programmePage(language: Language, assessment: Assessment): Html {
  const say = words(language)
  return page({
    area: 'operator',
    tab: 'programme',
    language,
    title: say.title,
    body: html`<h1>${say.title}</h1>
      <p class="lead">${say.lead}</p>
      <div class="grid">
        <div class="card"><span class="figure">${say[assessment.tier]}</span>${say.tier}</div>
        <div class="card"><span class="figure">${assessment.missing.length}</span>${say.missing}</div>
        <div class="card">
          <span class="figure">${assessment.dpia.required ? say.required : say.notRequired}</span>${say.dpia}
        </div>
      </div>
      <div class="table" role="region" aria-label="${say.practices}" tabindex="0">
        <table class="wide">
          <caption>${say.practices}</caption>
          <thead>
            <tr>
              <th scope="col">${say.practice}</th>
              <th scope="col">${say.tierColumn}</th>
              <th scope="col">${say.why}</th>
              <th scope="col">${say.inPlace}</th>
              <th scope="col">${say.lacking}</th>
            </tr>
          </thead>
          <tbody>${assessment.practices.map((practice) => practiceRow(language, practice))}</tbody>
        </table>
      </div>
      ${assessment.missing.length === 0 ? '' : missingTable(language, assessment)}
      <p><a class="button secondary" href="/operator/programme/report">${say.report}</a></p>
      <p class="small soft">${say.advice}</p>`,
  })
}

/** A practice's name. */
export function practiceName(id: string, language: Language): string {
  return PRACTICES[id as PracticeId]?.name[language] ?? id
}

/** A countermeasure's name. */
export function countermeasureName(id: CountermeasureId, language: Language): string {
  return COUNTERMEASURES[id].name[language]
}

function practiceRow(language: Language, practice: PracticeAssessment): Html {
  const say = words(language)
  const [reason] = practice.reasons
  return html`<tr>
    <th scope="row">${practiceName(practice.id, language)}</th>
    <td><span class="pill ${tone[practice.tier]}">${say[practice.tier]}</span></td>
    <td class="small">
      ${reason?.why[language]}
      <span class="soft">(${say[practice.evidence]} ${reason?.source.title})</span>
    </td>
    <td class="small">
      ${
        practice.met.length === 0
          ? html`<span class="soft">${say.nothing}</span>`
          : html`<ul>
            ${practice.met.map(
              ({ countermeasure, source }) =>
                html`<li>${countermeasureName(countermeasure, language)} <span class="soft">(${source})</span></li>`,
            )}
          </ul>`
      }
    </td>
    <td class="small">
      ${
        practice.missing.length === 0
          ? html`<span class="soft">${say.nothing}</span>`
          : html`<ul>${practice.missing.map((id) => html`<li>${countermeasureName(id, language)}</li>`)}</ul>`
      }
    </td>
  </tr>`
}

function missingTable(language: Language, { missing }: Assessment): Html {
  const say = words(language)
  return html`<div class="table" role="region" aria-label="${say.toDo}" tabindex="0">
    <table class="wide">
      <caption>${say.toDo}</caption>
      <thead>
        <tr>
          <th scope="col">${say.practice}</th>
          <th scope="col">${say.countermeasure}</th>
          <th scope="col">${say.actor}</th>
          <th scope="col">${say.evidence}</th>
        </tr>
      </thead>
      <tbody>
        ${missing.map(
          ({ practice, countermeasure, actor }) => html`<tr>
            <td>${practiceName(practice, language)}</td>
            <th scope="row">${countermeasureName(countermeasure, language)}</th>
            <td>${actor[language]}</td>
            <td class="small">${COUNTERMEASURES[countermeasure].evidence[language]}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
