import type { SubjectAssessment } from '../../disclosure/assess-subject.js'
import type { SubjectFinding } from '../../disclosure/subject/finding.js'
import type { Language } from '../../lib/text.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'
import type { Shown } from '../shown.js'
import type { ErasureWords } from './words.js'

interface Say {
  readonly words: ErasureWords
  readonly show: Shown
  readonly language: Language
}

/** A verdict that may come from elsewhere than `assessSubject`, and then tells less. */
export interface ShownVerdict {
  readonly verdict: SubjectAssessment['verdict']
  /** Findings of `assessSubject`; others are not shown. */
  readonly because: readonly unknown[]
  readonly tested?: SubjectAssessment['tested']
  readonly notTested?: SubjectAssessment['notTested']
}

/** @internal Whether what is left still betrays the person, by what, and what nobody tested. */
export function residual(verdict: ShownVerdict | null, say: Say): Markup {
  const { words } = say
  const calm = verdict === null || verdict.verdict === 'not-singled-out'
  return html`<section>
<h2>${words.recognised}</h2>
<div class="verdict ${calm ? 'calm' : 'alarm'}">
<p><b>${verdict === null ? words.noVerdict : words.verdicts[verdict.verdict]}</b></p>
<p>${verdict === null ? words.noVerdictHint : words.verdictHint[verdict.verdict]}</p>
</div>
${verdict === null ? null : risks(verdict, say)}
</section>`
}

const RISKS = ['singling-out', 'linkability', 'inference'] as const

function risks(verdict: ShownVerdict, say: Say): Markup {
  const { words } = say
  return html`<h3>${words.recognisedHint}</h3>
<dl class="risks">${RISKS.map((risk) => riskOf(risk, verdict, say))}</dl>
${limits(verdict, say)}`
}

function riskOf(risk: (typeof RISKS)[number], { because, tested }: ShownVerdict, { words, language }: Say): Markup {
  const found = because.filter(isFinding).filter((finding) => finding.risk === risk)
  const untested = risk === 'inference' && (tested === undefined || tested.sensitive.length === 0)
  const state = found.length > 0 ? 'alarm' : 'calm'
  const texts = found.map(({ text }) => html`<li>${text[language]}</li>`)
  const body = found.length > 0 ? html`<ul>${texts}</ul>` : untested ? words.notAsked : words.noFinding
  return html`<div class="${state}"><dt>${words.risks[risk]}</dt><dd>${body}</dd></div>`
}

function isFinding(finding: unknown): finding is SubjectFinding {
  const { risk, text } = (finding ?? {}) as Partial<SubjectFinding>
  return typeof risk === 'string' && typeof text?.en === 'string' && typeof text.fr === 'string'
}

function limits({ tested, notTested = [] }: ShownVerdict, { words, show, language }: Say): Markup {
  const item = (text: string) => html`<li>${text}</li>`
  const combined = (test: NonNullable<typeof tested>) =>
    test.exhaustive ? words.complete : `${words.incomplete} ${show.count(test.combinedFields)}`
  const facts =
    tested === undefined
      ? []
      : [
          `${words.byFields} ${tested.fields.join(', ')}`,
          combined(tested),
          `${words.among}${words.colon} ${show.count(tested.persons)}; k = ${show.count(tested.k)}`,
        ]
  return html`<div class="columns">
${facts.length === 0 ? null : html`<div><h3>${words.tested}</h3><ul>${facts.map(item)}</ul></div>`}
${notTested.length === 0 ? null : html`<div><h3>${words.notTested}</h3><ul>${notTested.map((text) => item(text[language]))}</ul></div>`}
</div>`
}
