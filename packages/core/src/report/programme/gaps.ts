import type { Language } from '../../lib/text.js'
import type { PracticeAssessment } from '../../risk/assess.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'
import type { Shown } from '../shown.js'
import { practiceName } from './names.js'
import type { ProgrammeWords } from './words.js'

/** @internal What became of one countermeasure of a practice. */
export type CountermeasureState = 'met' | 'gone' | 'lacking'

/** @internal The countermeasures of practices, counted by what became of them. */
export interface StateCounts extends Readonly<Record<CountermeasureState, number>> {
  readonly demanded: number
}

/** @internal Adds up what practices demand and have; what lapsed is missing too, and counted once. */
export function countStates(practices: readonly PracticeAssessment[]): StateCounts {
  const sum = (of: (practice: PracticeAssessment) => number) => practices.reduce((total, each) => total + of(each), 0)
  const gone = sum(({ expired }) => expired.length)
  return {
    demanded: sum(({ required }) => required.length),
    met: sum(({ met }) => met.length),
    gone,
    lacking: sum(({ missing }) => missing.length) - gone,
  }
}

/** @internal A box for each countermeasure, practice by practice, and the same in numbers. */
export function gaps(
  practices: readonly PracticeAssessment[],
  { words, show, language }: { readonly words: ProgrammeWords; readonly show: Shown; readonly language: Language },
): Markup {
  const row = (name: Markup | string, counts: StateCounts, withBoxes: boolean) =>
    html`<tr><th scope="row"><div><span>${name}</span>${withBoxes ? boxes(counts, words) : null}</div></th>${STATES.map((state) => number(counts[state], state))}${number(counts.demanded, 'demanded')}</tr>`
  const head = (['met', 'gone', 'lacking', 'demanded'] as const).map(
    (state) => html`<th scope="col" class="number">${words[state]}</th>`,
  )
  function number(value: number, state: string): Markup {
    return html`<td class="number ${value === 0 ? 'none' : state}">${show.count(value)}</td>`
  }
  return html`<section>
<h2>${words.gaps}</h2>
<p class="hint">${words.gapsHint}</p>
<ul class="legend">${STATES.map((state) => html`<li>${stateSign(state)} ${words[state]}</li>`)}</ul>
<table class="gaps">
<thead><tr><th scope="col">${words.practice}</th>${head}</tr></thead>
<tbody>${practices.map((practice) => row(practiceName(practice.id, language), countStates([practice]), true))}</tbody>
<tfoot>${row(words.all, countStates(practices), false)}</tfoot>
</table>
</section>`
}

const STATES: readonly CountermeasureState[] = ['met', 'gone', 'lacking']

const SIGNS: Readonly<Record<CountermeasureState, Markup>> = {
  met: html`<rect class="met" x="1" y="1" width="16" height="16" rx="3"/><path class="sign" d="M5 9.2l2.8 2.8L13 6.6"/>`,
  gone: html`<rect class="gone" x="1" y="1" width="16" height="16" rx="3"/><circle class="sign" cx="9" cy="9" r="4.6"/><path class="sign" d="M9 6.4V9l1.9 1.3"/>`,
  lacking: html`<rect class="lacking" x="1" y="1" width="16" height="16" rx="3"/>`,
}

/** @internal The sign of a state; what it means stands next to it in words. */
export function stateSign(state: CountermeasureState): Markup {
  return html`<svg class="box" viewBox="0 0 18 18" aria-hidden="true">${SIGNS[state]}</svg>`
}

/** One box a countermeasure; the label says in words what the row says in numbers. */
function boxes(counts: StateCounts, words: ProgrammeWords): Markup {
  const all = STATES.flatMap((state) => Array.from({ length: counts[state] }, () => SIGNS[state]))
  const label = STATES.map((state) => `${words[state]} ${counts[state]}`).join(', ')
  const drawn = all.map((sign, at) => html`<g transform="translate(${at * 22} 0)">${sign}</g>`)
  return html`<svg class="boxes" viewBox="0 0 ${BOXES * 22} 18" role="img" aria-label="${label}"><title>${label}</title>${drawn}</svg>`
}

/** As wide as the most a practice can demand, so that boxes have one size. */
const BOXES = 8
