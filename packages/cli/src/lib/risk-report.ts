/**
 * The report on disclosure risk, as a page.
 *
 * @module
 */

import type { ColumnContribution, DisclosureFigures, DisclosureRisk, Suggestion } from '@surveyseal/core/disclosure'
import type { Language, Markup, Shown } from '@surveyseal/core/report'
import { html, keyFigures, reportPage, shownIn } from '@surveyseal/core/report'
import { barChart, histogram } from './risk-charts.js'
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
    lead: html`${standing(worse(measured), measured.persons, { words, show })} <b>${show.count(measured.persons)}</b> ${words.persons} · <b>${show.count(measured.rows)}</b> ${words.rows} · <b>${show.count(contributions.length)}</b> ${words.columns}. ${report.person === undefined ? words.unit : words.unitPerson}`,
    body: html`${cards(measured, words, show)}
<section>
<h2>${words.groups}</h2>
<p class="hint">${words.groupsHint}${sameSizes(measured) ? null : html` ${words.groupsBoth}`}</p>
${histogram(worst(measured, 'class').sizes, worst(measured, 'wildcard').sizes, { label: words.groups, show })}
</section>
<section>
<h2>${words.attackers}</h2>
<p class="hint">${words.attackersHint}</p>
${attackers(worse(measured), words, show)}
</section>
<section>
<h2>${words.contribution}</h2>
<p class="hint">${words.contributionHint}</p>
${columnBars(contributions, worst(measured, 'class'), { words, show })}
</section>
${told(report, words, show)}
${report.suggestion === null ? null : suggested(report.suggestion, words, show)}
<section>
<h2>${words.figures}</h2>
${figures(report, words, show)}
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

/** The finding in one sentence. */
function standing(
  { k, uniques }: DisclosureFigures,
  persons: number,
  { words, show }: { readonly words: RiskWords; readonly show: Shown },
): Markup {
  if (uniques === 0) return html`${words.nobodyAlone} <b>${show.count(k - 1)}</b>.`
  return html`<b>${show.count(uniques)}</b> ${uniques === 1 ? words.oneAlone : words.manyAlone} (${show.percent(uniques / persons)}).`
}

function sameSizes({ sizes, other }: DisclosureRisk): boolean {
  return sizes.every(({ persons }, at) => persons === other.sizes[at]?.persons)
}

function attackers(
  { prosecutorRisk, journalistRisk, marketerRisk }: DisclosureFigures,
  words: RiskWords,
  show: Shown,
): Markup {
  const bar = (name: string, share: number) => ({ name, share, note: show.percent(share) })
  return barChart(
    [bar(words.oneKnown, prosecutorRisk), bar(words.anybody, journalistRisk), bar(words.everybody, marketerRisk)],
    words.attackers,
  )
}

function columnBars(
  contributions: readonly ColumnContribution[],
  { uniques }: DisclosureFigures,
  { words, show }: { readonly words: RiskWords; readonly show: Shown },
): Markup {
  const ordered = [...contributions].sort((one, other) => other.separation - one.separation)
  const bars = ordered.map(({ column, separation, uniquesWithout, suppressed }) => {
    const fewer = `${show.count(Math.max(0, uniques - uniquesWithout))} ${words.without}`
    const gone = suppressed > 0 ? ` · ${show.percent(suppressed)} ${words.suppressedShare}` : ''
    return { name: column, share: separation, note: `${show.percent(separation)} · ${fewer}${gone}` }
  })
  return barChart(bars, words.contribution)
}

/** What whoever knows somebody's group knows of the sensitive columns: the worse of the two readings for each figure. */
function told({ measured, sensitive }: RiskReport, words: RiskWords, show: Shown): Markup | null {
  const { l, t, other } = measured
  if (sensitive.length === 0) return null
  const distinct = Math.min(l?.distinct ?? 1, other.l?.distinct ?? l?.distinct ?? 1)
  const farthest = Math.max(t ?? 0, other.t ?? 0)
  return html`<section>
<h2>${words.told} ${sensitive.join(', ')}</h2>
<p>${distinct === 1 ? words.oneValue : html`${words.severalValues} <b>${show.count(distinct)}</b>.`}</p>
<p>${words.farthest} <b>${show.percent(farthest)}</b>.</p>
</section>`
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

function figures({ measured, sensitive }: RiskReport, words: RiskWords, show: Shown): Markup {
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
${measured.kMap === null ? null : [row(words.kMap, ({ kMap }) => kMap?.k), row(words.unmatched, ({ kMap }) => kMap?.unmatched)]}
${sensitive.length === 0 ? null : [row(words.distinct, ({ l }) => l?.distinct), row(words.entropy, ({ l }) => l?.entropy), row(`${words.recursive} ${measured.l?.recursive.c ?? words.none}`, ({ l }) => l?.recursive.l), row(words.t, ({ t }) => t)]}
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
