/**
 * The charts of the report on disclosure risk.
 *
 * @module
 */

import type { ClassSizes } from '@surveyseal/core/disclosure'
import type { Markup, Shown } from '@surveyseal/core/report'
import { html } from '@surveyseal/core/report'

const [CHART, HEIGHT] = [680, 200]
const ROW = 30

/** Persons by the size of their group: filled for one reading of suppressed values, outlined for the other where it differs. */
export function histogram(
  sizes: readonly ClassSizes[],
  others: readonly ClassSizes[],
  { label, show }: { readonly label: string; readonly show: Shown },
): Markup {
  const most = Math.max(1, ...[...sizes, ...others].map(({ persons }) => persons))
  const step = CHART / sizes.length
  const heightOf = (persons: number) => (persons === 0 ? 0 : Math.max(1, (persons / most) * HEIGHT))
  const columns = sizes.map(({ from, to, persons }, at) => {
    const other = others[at]?.persons ?? persons
    const counts = [persons, ...(other === persons ? [] : [other])].map((count) => show.count(count)).join(' | ')
    const [height, outline, x, middle] = [heightOf(persons), heightOf(other), at * step + 6, (at + 0.5) * step]
    const group = to === null ? `≥ ${show.count(from)}` : from === to ? String(from) : `${from}–${to}`
    return html`<rect class="${from === 1 ? 'exposed' : from < 5 ? 'thin' : 'safe'}" x="${x}" y="${HEIGHT - height + 20}" width="${step - 12}" height="${height}"><title>${group}: ${counts}</title></rect>
${other === persons ? null : html`<rect fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3" x="${x + 4}" y="${HEIGHT - outline + 20}" width="${step - 20}" height="${outline}"/>`}
<text x="${middle}" y="${HEIGHT - Math.max(height, outline) + 15}" text-anchor="middle">${counts}</text>
<text x="${middle}" y="${HEIGHT + 38}" text-anchor="middle">${group}</text>`
  })
  return html`<div class="wide"><svg viewBox="0 0 ${CHART} ${HEIGHT + 48}" role="img" aria-label="${label}">
<line x1="0" x2="${CHART}" y1="${HEIGHT + 20}" y2="${HEIGHT + 20}"/>
${columns}
</svg></div>`
}

/** One bar of a {@link barChart}. */
export interface Bar {
  readonly name: string
  /** 0 to 1. */
  readonly share: number
  readonly note: string
}

/** Shares of 1, one below the other. */
export function barChart(
  bars: readonly Bar[],
  { label, names, notes }: { readonly label: string; readonly names: number; readonly notes: number },
): Markup {
  const width = CHART - names - notes
  const rows = bars.map(({ name, share, note }, at) => {
    const y = at * ROW + 4
    return html`<text x="${names - 10}" y="${y + 16}" text-anchor="end">${shortened(name, names / 7)}<title>${name}</title></text>
<rect class="track" x="${names}" y="${y}" width="${width}" height="${ROW - 8}"/>
<rect class="bar" x="${names}" y="${y}" width="${Math.min(1, Math.max(0, share)) * width}" height="${ROW - 8}"/>
<text x="${names + width + 8}" y="${y + 16}">${note}</text>`
  })
  return html`<div class="wide"><svg viewBox="0 0 ${CHART} ${bars.length * ROW}" role="img" aria-label="${label}">
${rows}
</svg></div>`
}

function shortened(name: string, most: number): string {
  return name.length > most ? `${name.slice(0, most - 1)}…` : name
}
