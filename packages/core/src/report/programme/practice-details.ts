import type { Language } from '../../lib/text.js'
import type { PracticeAssessment } from '../../risk/assess.js'
import type { Reason } from '../../risk/classify.js'
import type { CountermeasureId, RequiredCountermeasure } from '../../risk/countermeasures.js'
import { COUNTERMEASURES } from '../../risk/countermeasures.js'
import type { Source } from '../../risk/sources.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'
import type { Shown } from '../shown.js'
import type { CountermeasureState } from './gaps.js'
import { stateSign } from './gaps.js'
import { factorName, practiceName } from './names.js'
import { sourceNumber } from './source-list.js'
import { tierBadge } from './tier-badge.js'
import type { ProgrammeWords } from './words.js'

interface Say {
  readonly words: ProgrammeWords
  readonly show: Shown
  readonly language: Language
  readonly sources: readonly Source[]
}

/** @internal Each practice: why it has its tier, what it demands and what became of that. */
export function practiceDetails(practices: readonly PracticeAssessment[], say: Say): Markup {
  return html`<section>
<h2>${say.words.why}</h2>
${practices.map((practice) => details(practice, say))}
</section>`
}

function details(practice: PracticeAssessment, say: Say): Markup {
  const { words, language } = say
  return html`<article>
<h3>${practiceName(practice.id, language)} ${tierBadge(practice.tier, words)} <span class="standing">${words[practice.evidence]}</span></h3>
<table class="reasons">
<thead><tr><th scope="col">${words.factor}</th><th scope="col">${words.tier}</th><th scope="col">${words.reason}</th></tr></thead>
<tbody>${practice.reasons.map((reason) => reasonRow(reason, say))}</tbody>
</table>
<ul class="states">${practice.required.map((required) => stateItem(required, practice, say))}</ul>
</article>`
}

function reasonRow(
  { factor, tier, raisedFrom, evidence, why, source }: Reason,
  { words, language, sources }: Say,
): Markup {
  const raised =
    raisedFrom === undefined || raisedFrom === tier
      ? null
      : html`<br><span class="soft">${words.raised} ${words.tiers[raisedFrom].toLowerCase()}</span>`
  return html`<tr><th scope="row">${factorName(factor, language)}</th><td>${tierBadge(tier, words)}${raised}</td><td>${why[language]} <span class="soft">${capitalized(words[evidence])} ${words.in} ${sourceNumber(source, sources)}.</span></td></tr>`
}

function stateItem({ countermeasure }: RequiredCountermeasure, practice: PracticeAssessment, say: Say): Markup {
  const state = stateOf(countermeasure, practice)
  const { words, language } = say
  return html`<li>${stateSign(state)}<div><b>${COUNTERMEASURES[countermeasure].name[language]}</b> <span class="state ${state}">${words.states[state]}</span>${evidenceOf(countermeasure, practice, say)}</div></li>`
}

function stateOf(id: CountermeasureId, { met, expired }: PracticeAssessment): CountermeasureState {
  if (met.some(({ countermeasure }) => countermeasure === id)) return 'met'
  return expired.some(({ countermeasure }) => countermeasure === id) ? 'gone' : 'lacking'
}

function evidenceOf(id: CountermeasureId, { met, expired }: PracticeAssessment, { words, show }: Say): Markup | null {
  const found = met.find(({ countermeasure }) => countermeasure === id)
  if (found !== undefined) {
    const end = found.until === null ? words.noEnd : `${words.until} ${show.day(new Date(found.until))}`
    return html`<br><span class="soft"><bdi>${found.source}</bdi>, ${end}</span>`
  }
  const last = expired.find(({ countermeasure }) => countermeasure === id)
  if (last === undefined) return null
  return html`<br><span class="late"><bdi>${last.source}</bdi>, ${words.lapsedOn} ${show.day(new Date(last.until))}</span>`
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
