/**
 * The charts of the report on disclosure risk: lists and tables whose cells are drawn, as wide as there is room.
 *
 * @module
 */

import type { ClassSizes } from '@surveyseal/core/disclosure'
import type { Markup, Shown } from '@surveyseal/core/report'
import { html, Markup as Raw } from '@surveyseal/core/report'

const HEIGHT = 200

/** Persons by the size of their group: filled for one reading of suppressed values, outlined for the other where it differs. */
export function histogram(
  sizes: readonly ClassSizes[],
  others: readonly ClassSizes[],
  { label, show }: { readonly label: string; readonly show: Shown },
): Markup {
  const most = Math.max(1, ...[...sizes, ...others].map(({ persons }) => persons))
  const heightOf = (persons: number) => (persons === 0 ? 0 : Math.max(2, Math.round((persons / most) * HEIGHT)))
  const columns = sizes.map((size, at) => {
    const { persons } = size
    const other = others[at]?.persons ?? persons
    const counts = [persons, ...(other === persons ? [] : [other])].map((count) => show.count(count)).join(' | ')
    const drawn = column(size, heightOf(persons), other === persons ? null : heightOf(other))
    return html`<li><span>${group(size, show)}<span class="unseen">: </span></span>${drawn}<b>${counts}</b></li>`
  })
  return html`<ul class="histogram" aria-label="${label}">${columns}</ul>`
}

/** A bar with the other reading around it. */
function column({ from }: ClassSizes, height: number, outline: number | null): Markup {
  const total = Math.max(height, outline ?? 0)
  const tone = from === 1 ? 'exposed' : from < 5 ? 'thin' : 'safe'
  const other =
    outline === null
      ? null
      : html`<rect class="outline" x="1" y="${total - outline}" width="98" height="${outline}" vector-effect="non-scaling-stroke"/>`
  return html`<svg viewBox="0 0 100 ${Math.max(1, total)}" height="${Math.max(1, total)}" preserveAspectRatio="none" aria-hidden="true"><rect class="${tone}" y="${total - height}" width="100" height="${height}" vector-effect="non-scaling-stroke"/>${other}</svg>`
}

/** The sizes of groups; a range may break after its dash. */
function group({ from, to }: ClassSizes, show: Shown): Markup {
  if (to === null) return html`≥ ${show.count(from)}`
  return from === to ? html`${show.count(from)}` : html`${show.count(from)}–${new Raw('<wbr>')}${show.count(to)}`
}

/** One bar of a {@link barChart}. */
export interface Bar {
  readonly name: string
  /** 0 to 1. */
  readonly share: number
  readonly note: string
}

/** Shares of 1, one below the other. */
export function barChart(bars: readonly Bar[], label: string): Markup {
  const rows = bars.map(({ name, share, note }) => {
    const width = Math.min(1, Math.max(0, share)) * 100
    return html`<tr><th scope="row"><bdi>${name}</bdi></th><td><svg viewBox="0 0 100 10" height="20" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="bar" width="${width}" height="10"/></svg></td><td>${note}</td></tr>`
  })
  return html`<table class="bars"><caption class="unseen">${label}</caption><tbody>${rows}</tbody></table>`
}
