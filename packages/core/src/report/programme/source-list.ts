import type { Assessment } from '../../risk/assess.js'
import { COUNTERMEASURES } from '../../risk/countermeasures.js'
import type { Source } from '../../risk/sources.js'
import { SOURCES } from '../../risk/sources.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'
import type { Shown } from '../shown.js'
import type { ProgrammeWords } from './words.js'

interface Say {
  readonly words: ProgrammeWords
  readonly show: Shown
}

/** @internal Every source an assessment rests on, each once. */
export function citedSources({ practices, dpia }: Assessment): readonly Source[] {
  const cited = [
    ...practices.flatMap(({ reasons }) => reasons.map(({ source }) => source)),
    ...practices.flatMap(({ required }) =>
      required.map((each) => SOURCES[COUNTERMEASURES[each.countermeasure].source]),
    ),
    ...[...dpia.criteria, ...dpia.listed, ...dpia.lists].map(({ source }) => source),
  ]
  return [...new Map(cited.map((source) => [source.url, source])).values()]
}

/** @internal The number a source has in the list at the end. */
export function sourceNumber({ url }: Source, sources: readonly Source[]): Markup {
  const number = sources.findIndex((source) => source.url === url) + 1
  return html`<a href="#source-${number}">${number}</a>`
}

/** @internal The sources, with their dates and the days they were read. */
export function sourceList(say: Say & { readonly sources: readonly Source[] }): Markup {
  const { words, sources } = say
  const item = (source: Source, at: number) =>
    html`<li id="source-${at + 1}">${titled(source)}${facts(source, say)}<br><span class="address">${source.url}</span></li>`
  return html`<section>
<h2>${words.sources}</h2>
<p class="hint">${words.sourcesHint}</p>
<ol class="sources">${sources.map(item)}</ol>
</section>`
}

/** @internal A source in a line of text. */
export function citation(source: Source, say: Say): Markup {
  return html`<cite>${source.title}</cite>${facts(source, say)}.`
}

function facts({ version, date, read }: Source, { words, show }: Say): Markup {
  const day = (text: string) => (Number.isNaN(Date.parse(text)) ? text : show.day(new Date(text)))
  const dated = date === undefined ? words.undated : `${words.of_} ${day(date)}`
  return html`${version === undefined ? null : `, ${version}`}, ${dated}, ${words.read} ${day(read)}`
}

/** Other schemes than https are not followed: a host's own rules are data. */
function titled({ title, url }: Source): Markup {
  return url.startsWith('https://') ? html`<a href="${url}" rel="noreferrer">${title}</a>` : html`${title}`
}
