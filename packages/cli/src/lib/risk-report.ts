/**
 * The report on disclosure risk, as a page.
 *
 * @module
 */

import type { ColumnContribution, DisclosureFigures, DisclosureRisk, Suggestion } from '@surveyseal/core/disclosure'
import type { Language, Markup, Shown } from '@surveyseal/core/report'
import { html, keyFigures, reportPage, shownIn } from '@surveyseal/core/report'
import type { RiskWords } from './risk-words.js'
import { RISK_WORDS } from './risk-words.js'

/** What the page tells. */
export interface RiskReport {
  readonly measured: DisclosureRisk
  readonly contributions: readonly ColumnContribution[]
  readonly sensitive: readonly string[]
  readonly person: string | undefined
  readonly hasReference: boolean
  readonly suggestion: Suggestion | null
}

/** A page that asks nothing of the network, for screens and paper. */
export function riskReport(report: RiskReport, language: Language): string {
  const words = RISK_WORDS[language]
  const show = shownIn(language)
  const { measured, contributions } = report
  return reportPage({
    language,
    kind: words.title,
    title: words.subtitle,
    lead: html`<b>${show.count(measured.persons)}</b> ${words.persons} · <b>${show.count(measured.rows)}</b> ${words.rows} · <b>${show.count(contributions.length)}</b> ${words.columns}. ${report.person === undefined ? words.unit : words.unitPerson}`,
    body: html`${cards(measured, words, show)}
<section>
<h2>${words.groups}</h2>
<p class="hint">${words.groupsHint}</p>
${histogram(worse(measured), words, show)}
</section>
<section>
<h2>${words.contribution}</h2>
<p class="hint">${words.contributionHint}</p>
${bars(contributions, worst(measured, 'class'), { words, show })}
</section>
${report.suggestion === null ? null : suggested(report.suggestion, words, show)}
<section>
<h2>${words.figures}</h2>
${figures(measured, words, show)}
</section>
${limits(report, words)}`,
    closing: html`<p>${words.closing}</p>`,
  })
}

/** The reading in which more persons stand out. */
function worse(measured: DisclosureRisk): DisclosureFigures {
  return measured.averageRisk >= measured.other.averageRisk ? measured : measured.other
}

/** The figures of one reading. */
function worst(measured: DisclosureRisk, suppressed: DisclosureFigures['suppressed']): DisclosureFigures {
  return measured.suppressed === suppressed ? measured : measured.other
}

function cards(measured: DisclosureRisk, words: RiskWords, show: Shown): Markup {
  const { k, uniques, averageRisk, highestRisk } = worse(measured)
  return html`${keyFigures([
    { value: show.count(k), label: words.k, alarming: k === 1 },
    { value: show.count(uniques), label: words.uniques, alarming: uniques > 0 },
    { value: show.percent(averageRisk), label: words.average },
    { value: show.percent(highestRisk), label: words.highest, alarming: highestRisk === 1 },
  ])}
<p class="note">${words.worst}</p>`
}

const [CHART, HEIGHT] = [680, 200]

function histogram({ sizes }: DisclosureFigures, words: RiskWords, show: Shown): Markup {
  const most = Math.max(1, ...sizes.map(({ persons }) => persons))
  const step = CHART / sizes.length
  const columns = sizes.map(({ from, to, persons }, at) => {
    const height = persons === 0 ? 0 : Math.max(1, (persons / most) * HEIGHT)
    const [x, y, middle] = [at * step + 6, HEIGHT - height + 20, (at + 0.5) * step]
    const label = to === null ? `≥ ${show.count(from)}` : from === to ? String(from) : `${from}–${to}`
    return html`<rect class="${from === 1 ? 'exposed' : from < 5 ? 'thin' : 'safe'}" x="${x}" y="${y}" width="${step - 12}" height="${height}"><title>${label}: ${show.count(persons)}</title></rect>
<text x="${middle}" y="${y - 5}" text-anchor="middle">${show.count(persons)}</text>
<text x="${middle}" y="${HEIGHT + 38}" text-anchor="middle">${label}</text>`
  })
  return html`<svg viewBox="0 0 ${CHART} ${HEIGHT + 48}" role="img" aria-label="${words.groups}">
<line x1="0" x2="${CHART}" y1="${HEIGHT + 20}" y2="${HEIGHT + 20}"/>
${columns}
</svg>`
}

const ROW = 30
const LABEL = 190

function bars(
  contributions: readonly ColumnContribution[],
  { uniques }: DisclosureFigures,
  { words, show }: { readonly words: RiskWords; readonly show: Shown },
): Markup {
  const ordered = [...contributions].sort((one, other) => other.separation - one.separation)
  const width = CHART - LABEL - 250
  const rows = ordered.map(({ column, separation, uniquesWithout, suppressed }, at) => {
    const y = at * ROW + 4
    const fewer = `${show.count(Math.max(0, uniques - uniquesWithout))} ${words.without}`
    const gone = suppressed > 0 ? ` · ${show.percent(suppressed)} ${words.suppressedShare}` : ''
    return html`<text x="${LABEL - 10}" y="${y + 16}" text-anchor="end">${shortened(column)}<title>${column}</title></text>
<rect class="track" x="${LABEL}" y="${y}" width="${width}" height="${ROW - 8}"/>
<rect class="bar" x="${LABEL}" y="${y}" width="${Math.max(0, separation) * width}" height="${ROW - 8}"/>
<text x="${LABEL + width + 8}" y="${y + 16}">${show.percent(separation)} · ${fewer}${gone}</text>`
  })
  return html`<svg viewBox="0 0 ${CHART} ${contributions.length * ROW}" role="img" aria-label="${words.contribution}">
${rows}
</svg>`
}

function shortened(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name
}

function suggested({ reached, k, personsBelow, loss, rules }: Suggestion, words: RiskWords, show: Shown): Markup {
  if (rules.length === 0 && reached)
    return html`<section><h2>${words.suggestion}</h2><p>${words.suggestionNothing}</p></section>`
  const rows = rules.map(
    ({ column, rule, loss: lost }) =>
      html`<tr><td>${column}</td><td><code>${JSON.stringify(rule)}</code></td><td class="number">${show.percent(lost)}</td></tr>`,
  )
  return html`<section>
<h2>${words.suggestion}</h2>
<p>${reached ? `${words.suggestionReached} ` : `${words.suggestionMissed} `}<b>${show.count(reached ? k : personsBelow)}</b>. ${words.lost} ${show.percent(loss)}.</p>
<table><thead><tr><th>${words.column}</th><th>${words.rule}</th><th class="number">${words.loss}</th></tr></thead><tbody>${rows}</tbody></table>
</section>`
}

function figures(measured: DisclosureRisk, words: RiskWords, show: Shown): Markup {
  const both = [worst(measured, 'class'), worst(measured, 'wildcard')]
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? words.none : show.number(value)
  const row = (label: string, of: (figures: DisclosureFigures) => number | null | undefined) =>
    html`<tr><th scope="row">${label}</th>${both.map((each) => html`<td class="number">${number(of(each))}</td>`)}</tr>`
  return html`<table>
<thead><tr><th>${words.figure}</th><th class="number">${words.class}</th><th class="number">${words.wildcard}</th></tr></thead>
<tbody>
${row(words.k, ({ k }) => k)}
${row(words.classes, ({ classes }) => classes)}
${row(words.uniques, ({ uniques }) => uniques)}
${row(words.average, ({ averageRisk }) => averageRisk)}
${row(words.highest, ({ highestRisk }) => highestRisk)}
${row(words.lowest, ({ lowestRisk }) => lowestRisk)}
${row(words.prosecutor, ({ prosecutorRisk }) => prosecutorRisk)}
${row(words.journalist, ({ journalistRisk }) => journalistRisk)}
${row(words.marketer, ({ marketerRisk }) => marketerRisk)}
${row(words.distinction, ({ distinction }) => distinction)}
${row(words.separationFigure, ({ separation }) => separation)}
${row(words.kMap, ({ kMap }) => kMap?.k)}
${row(words.unmatched, ({ kMap }) => kMap?.unmatched)}
${row(words.distinct, ({ l }) => l?.distinct)}
${row(words.entropy, ({ l }) => l?.entropy)}
${row(`${words.recursive} ${measured.l?.recursive.c ?? words.none}`, ({ l }) => l?.recursive.l)}
${row(words.t, ({ t }) => t)}
</tbody>
</table>`
}

function limits({ contributions, sensitive, hasReference }: RiskReport, words: RiskWords): Markup {
  const item = (text: string) => html`<li>${text}</li>`
  const tested = [
    `${words.testedColumns} ${contributions.map(({ column }) => column).join(', ')}`,
    ...(sensitive.length === 0 ? [] : [`${words.testedSensitive} ${sensitive.join(', ')}`]),
    ...(hasReference ? [words.testedReference] : []),
  ]
  const not = [
    words.notColumns,
    ...(sensitive.length === 0 ? [words.notSensitive] : []),
    ...(hasReference ? [] : [words.notReference]),
    words.notLink,
  ]
  return html`<section class="columns">
<div><h2>${words.tested}</h2><ul>${tested.map(item)}</ul></div>
<div><h2>${words.notTested}</h2><ul>${not.map(item)}</ul></div>
</section>`
}
