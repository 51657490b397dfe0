/**
 * The report on a redaction, as a page that holds no value.
 *
 * @module
 */

import { SPAN_KINDS } from '@surveyseal/core/recognize'
import type { Language, Markup, Shown } from '@surveyseal/core/report'
import { html, keyFigures, reportPage, shownIn } from '@surveyseal/core/report'
import type { KindTally, RedactionTally, TalliedLine } from './redaction-tally.js'
import { REDACTION_WORDS, type RedactionWords } from './redaction-words.js'
import { barChart } from './risk-charts.js'

const [LABEL, STRIP, ROW] = [90, 580, 24]

/** A page that asks nothing of the network, for screens and paper. */
export function redactionReport(tally: RedactionTally, language: Language): string {
  const words = REDACTION_WORDS[language]
  const show = shownIn(language)
  const found = [...tally.kinds.values()]
  return reportPage({
    language,
    kind: words.title,
    title: words.subtitle,
    lead: html`${words.lead}`,
    body: html`${keyFigures([
      { value: show.count(tally.lines), label: words.lines },
      { value: show.count(tally.touched), label: words.touched },
      { value: show.count(sum(found, 'count')), label: words.values },
      { value: show.count(sum(found, 'unsure')), label: words.unsure, alarming: sum(found, 'unsure') > 0 },
    ])}
${found.length === 0 ? html`<p class="note">${words.nothing}</p>` : pictures(tally, words, show)}`,
    closing: html`<p>${words.closing}</p>`,
  })
}

function pictures(tally: RedactionTally, words: RedactionWords, show: Shown): Markup {
  const hidden = tally.touched - tally.shown.length
  return html`<section>
<h2>${words.byKind}</h2>
<p class="hint">${words.byKindHint}</p>
${kindBars(tally, words, show)}
</section>
<section>
<h2>${words.where}</h2>
<p class="hint">${words.whereHint}</p>
${strips(tally.shown, words)}
${hidden === 0 ? null : html`<p>${words.more} ${show.count(hidden)}</p>`}
</section>`
}

function kindBars({ kinds }: RedactionTally, words: RedactionWords, show: Shown): Markup {
  const most = Math.max(...Array.from(kinds.values(), ({ count }) => count))
  const bars = (['subject', ...SPAN_KINDS] as const).flatMap((kind) => {
    const { count, unsure } = kinds.get(kind) ?? { count: 0, unsure: 0 }
    const note = unsure === 0 ? show.count(count) : `${show.count(count)} (${show.count(unsure)} < 70 %)`
    return count === 0 ? [] : [{ name: words.kinds[kind], share: count / most, note }]
  })
  return barChart(bars, words.byKind)
}

/** A line of the picture for each line of the text, with marks where values stood. */
function strips(lines: readonly TalliedLine[], words: RedactionWords): Markup {
  const rows = lines.map(({ number, length, spans }, at) => {
    const y = at * ROW + 4
    const marks = spans.map(({ start, end, kind }) => {
      const [from, to] = [start / length, end / length]
      return html`<rect class="bar" x="${LABEL + from * STRIP}" y="${y}" width="${Math.max(2, (to - from) * STRIP)}" height="${ROW - 10}"><title>${words.kinds[kind]}</title></rect>`
    })
    return html`<text x="${LABEL - 10}" y="${y + 12}" text-anchor="end" font-size="11" fill="currentColor">${words.line} ${number}</text>
<rect class="track" x="${LABEL}" y="${y}" width="${STRIP}" height="${ROW - 10}"/>
${marks}`
  })
  return html`<div class="wide"><svg viewBox="0 0 ${LABEL + STRIP + 10} ${lines.length * ROW}" role="img" aria-label="${words.where}">
${rows}
</svg></div>`
}

function sum(found: readonly KindTally[], of: keyof KindTally): number {
  return found.reduce((total, tally) => total + tally[of], 0)
}
