import type { Language } from '../../lib/text.js'
import type { PracticeAssessment } from '../../risk/assess.js'
import type { CountermeasureId } from '../../risk/countermeasures.js'
import { COUNTERMEASURES } from '../../risk/countermeasures.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'
import type { Shown } from '../shown.js'
import { stateSign } from './gaps.js'
import { practiceName } from './names.js'
import type { ProgrammeWords } from './words.js'

interface Say {
  readonly words: ProgrammeWords
  readonly show: Shown
  readonly language: Language
}

/** @internal What is missing, by who has to act. */
export function actions(practices: readonly PracticeAssessment[], say: Say): Markup {
  const { words, language } = say
  const ids = [...new Set(practices.flatMap(({ missing }) => missing))]
  const actors = [...new Set(ids.map((id) => COUNTERMEASURES[id].actor[language]))]
  const one = (actor: string) => {
    const theirs = ids.filter((id) => COUNTERMEASURES[id].actor[language] === actor)
    return html`<h3>${actor}</h3><ul class="tasks">${theirs.map((id) => task(id, practices, say))}</ul>`
  }
  return html`<section>
<h2>${words.acts}</h2>
${ids.length === 0 ? html`<p>${words.nothing}</p>` : html`<p class="hint">${words.actsHint}</p>${actors.map(one)}`}
</section>`
}

function task(id: CountermeasureId, practices: readonly PracticeAssessment[], { words, show, language }: Say): Markup {
  const { name, evidence, scope } = COUNTERMEASURES[id]
  const theirs = practices.filter(({ missing }) => missing.includes(id))
  const lapsed = (practice: PracticeAssessment) => {
    const last = practice.expired.find(({ countermeasure }) => countermeasure === id)
    return last === undefined
      ? null
      : html` <span class="late">(${words.lapsedOn} ${show.day(new Date(last.until))}${words.colon} <bdi>${last.source}</bdi>)</span>`
  }
  const isLapsed = theirs.every(({ expired }) => expired.some(({ countermeasure }) => countermeasure === id))
  return html`<li>${stateSign(isLapsed ? 'gone' : 'lacking')}<div>
<p><b>${name[language]}</b></p>
<ul class="chips">${theirs.map((practice) => html`<li>${practiceName(practice.id, language)}${lapsed(practice)}</li>`)}</ul>
<p class="soft">${words.counts} ${evidence[language]}${scope === 'person' ? html` ${words.person}` : null}</p>
</div></li>`
}
