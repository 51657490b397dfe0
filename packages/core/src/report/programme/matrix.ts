import type { Language } from '../../lib/text.js'
import type { PracticeAssessment } from '../../risk/assess.js'
import type { Classification } from '../../risk/classify.js'
import { COUNTERMEASURES } from '../../risk/countermeasures.js'
import type { RiskTier } from '../../risk/tier.js'
import { RISK_TIERS } from '../../risk/tier.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'
import { practiceName } from './names.js'
import type { ProgrammeWords } from './words.js'

/** @internal Practices by tiers, and what each tier adds. */
export function matrix(practices: readonly PracticeAssessment[], words: ProgrammeWords, language: Language): Markup {
  const head = RISK_TIERS.map((tier) => html`<th scope="col" class="${tier}">${words.tiers[tier]}</th>`)
  const rows = practices.map(
    (practice) =>
      html`<tr><th scope="row">${practiceName(practice.id, language)}</th>${RISK_TIERS.map((tier) => cell(practice, tier, words))}</tr>`,
  )
  return html`<section>
<h2>${words.matrix}</h2>
<p class="hint">${words.matrixHint}</p>
<table class="matrix">
<thead><tr><th scope="col">${words.practice}</th>${head}</tr></thead>
<tbody>${rows}</tbody>
</table>
<h3>${words.adds}</h3>
<p class="hint">${words.addsHint}</p>
<dl class="adds">${RISK_TIERS.map((tier) => added(tier, words, language))}</dl>
</section>`
}

function cell(practice: Classification, tier: RiskTier, words: ProgrammeWords): Markup {
  if (practice.tier === tier) {
    return html`<td class="${tier}"><span class="mark ${practice.evidence}">${words[practice.evidence]}</span></td>`
  }
  const from = practice.reasons.find(({ raisedFrom }) => raisedFrom !== undefined)?.raisedFrom
  const note = from === tier ? html`<span class="mark before">${words.before}</span>` : null
  return html`<td>${note}</td>`
}

function added(tier: RiskTier, words: ProgrammeWords, language: Language): Markup {
  const names = Object.values(COUNTERMEASURES)
    .filter((countermeasure) => countermeasure.tier === tier)
    .map(({ name }) => html`<li>${name[language]}</li>`)
  return html`<div class="${tier}"><dt>${words.tiers[tier]}</dt><dd><ul>${names}</ul></dd></div>`
}
