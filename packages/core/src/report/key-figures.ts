import type { HtmlPart, Markup } from './html.js'
import { html } from './html.js'

/** One figure a reader should see first. */
export interface KeyFigure {
  readonly value: HtmlPart
  readonly label: string
  /** Whether it calls for action; it is drawn so, and its label must say it too. */
  readonly alarming?: boolean
}

/**
 * Shows a few figures side by side.
 *
 * @param figures - In the order of their importance.
 * @returns A list.
 */
export function keyFigures(figures: readonly KeyFigure[]): Markup {
  const figure = ({ value, label, alarming = false }: KeyFigure) =>
    html`<li class="${alarming ? 'alarm' : 'calm'}"><b>${value}</b><span>${label}</span></li>`
  return html`<ul class="figures">${figures.map(figure)}</ul>`
}
