import type { Language } from '../../lib/text.js'
import { CRITERIA } from '../../risk/criteria.js'
import type { DpiaGround, DpiaNeed, DpiaReason, ExaminedList, ListedType } from '../../risk/dpia.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'
import type { Shown } from '../shown.js'
import { factorName, practiceName } from './names.js'
import { citation } from './source-list.js'
import type { ProgrammeWords } from './words.js'

interface Say {
  readonly words: ProgrammeWords
  readonly show: Shown
  readonly language: Language
}

/** @internal Whether a DPIA is required, by which criterion or list, and what nobody looked at. */
export function dpiaPanel(dpia: DpiaNeed, say: Say): Markup {
  const { words } = say
  const reasons = dpia.because.map((reason) => html`<li>${REASONS[reason](dpia, say)}</li>`)
  return html`<section>
<h2>${words.dpiaTitle}</h2>
<div class="verdict ${dpia.required ? 'alarm' : 'calm'}">
${dpia.required ? html`<p><b>${words.dpiaYes}</b></p><ul>${reasons}</ul>` : html`<p>${words.dpiaNo}</p>`}
</div>
${criteria(dpia, say)}
<h3>${words.lists}</h3>
${dpia.listed.length === 0 ? html`<p>${words.noTypes}</p>` : types(dpia, say)}
<h3>${words.listsLooked}</h3>
<ul class="lists">${dpia.lists.map((list) => looked(list, dpia, say))}</ul>
</section>`
}

const REASONS: Readonly<Record<DpiaReason, (dpia: DpiaNeed, say: Say) => Markup>> = {
  criteria: ({ criteria, criteriaNeeded }, { words, show }) =>
    html`${show.count(criteria.length)} ${words.becauseCriteria} ${show.count(criteriaNeeded)}`,
  listed: ({ listed, lists }, { words, language }) => {
    const named = lists.flatMap(({ id, name }) => {
      const numbers = listed.filter(({ list }) => list === id).map(({ number }) => number)
      return numbers.length === 0 ? [] : [`${name[language]} ${numbers.join(', ')}`]
    })
    return html`${words.becauseListed} (${named.join(`${words.semicolon} `)})`
  },
  'very-high-tier': ({ veryHigh }, { words, language }) =>
    html`${words.becauseTier} (${joined(
      veryHigh.map((id) => practiceName(id, language)),
      words,
    )})`,
}

/** All nine, so that what is not met can be seen to be so. */
function criteria({ criteria }: DpiaNeed, { words, language }: Say): Markup {
  const rows = Object.entries(CRITERIA).map(([id, own]) => {
    const met = criteria.find((each) => each.id === id)
    const { number, name } = met ?? own
    const through =
      met === undefined ? html`<span class="soft">${words.notMet}</span>` : grounds(met.because, { words, language })
    return html`<tr${met === undefined ? null : html` class="is-met"`}><td class="ordinal">${number}</td><th scope="row">${name[language]}</th><td>${through}</td></tr>`
  })
  return html`<h3>${words.criteria} (${CRITERIA['large-scale'].source.version ?? ''})</h3>
<table class="criteria">
<thead><tr><th scope="col"><span class="unseen">N</span></th><th scope="col">${words.criterion}</th><th scope="col">${words.through}</th></tr></thead>
<tbody>${rows}</tbody>
</table>`
}

function types({ listed, lists }: DpiaNeed, { words, language }: Say): Markup {
  const row = ({ list, number, name, territory, because, combinedWith }: ListedType) => {
    const own = lists.find(({ id }) => id === list)?.name[language] ?? list
    const numbers = combinedWith.map((id) => CRITERIA[id].number).join(', ')
    const combined = numbers === '' ? null : html`<br><span class="soft">${words.combined} ${numbers}</span>`
    return html`<tr><td>${own}<br><span class="soft">${territory[language]}</span></td><th scope="row">${number}. ${name[language]}</th><td>${grounds(because, { words, language })}${combined}</td></tr>`
  }
  return html`<table class="types">
<thead><tr><th scope="col">${words.list}</th><th scope="col">${words.type}</th><th scope="col">${words.through}</th></tr></thead>
<tbody>${listed.map(row)}</tbody>
</table>`
}

function looked(
  { name, territory, effect, source, notExamined, id }: ExaminedList,
  { listed }: DpiaNeed,
  say: Say,
): Markup {
  const { words, show, language } = say
  const met = listed.filter(({ list }) => list === id).length
  const outcome = effect === 'exempts' ? words.exempts : `${words.listed}${words.colon} ${show.count(met)}`
  const left = notExamined.map((type) => `${type.number}. ${type.name[language]}`).join(`${words.semicolon} `)
  const note = left === '' || effect === 'exempts' ? null : html`<br>${words.look} ${left}.`
  return html`<li><b>${name[language]}</b>, ${territory[language]}${words.colon} ${outcome}.<br><span class="soft">${citation(source, say)}</span>${note}</li>`
}

/** Factors by the practices that have them. */
function grounds(because: readonly DpiaGround[], { words, language }: Pick<Say, 'words' | 'language'>): Markup {
  const practices = [...new Set(because.map(({ practice }) => practice))]
  return joined(
    practices.map((id) => {
      const factors = because
        .filter(({ practice }) => practice === id)
        .map(({ factor }) => factorName(factor, language))
      return html`${practiceName(id, language)} <span class="soft">(${factors.join(', ')})</span>`
    }),
    words,
  )
}

function joined(parts: readonly Markup[], { semicolon }: ProgrammeWords): Markup {
  return html`${parts.map((part, at) => html`${at === 0 ? '' : `${semicolon} `}${part}`)}`
}
