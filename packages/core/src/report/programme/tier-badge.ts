import type { RiskTier } from '../../risk/tier.js'
import { RISK_TIERS } from '../../risk/tier.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'
import type { ProgrammeWords } from './words.js'

/** @internal A tier in words, with as many bars as it is high: it reads without colour. */
export function tierBadge(tier: RiskTier, words: ProgrammeWords): Markup {
  return html`<span class="tier ${tier}">${meter(tier)}${words.tiers[tier]}</span>`
}

function meter(tier: RiskTier): Markup {
  const height = RISK_TIERS.indexOf(tier)
  const bars = Array.from(RISK_TIERS, (_, at) => {
    const y = 9 - 3 * at
    return html`<rect class="${at <= height ? 'on' : 'off'}" x="${at * 5}" y="${y}" width="3.4" height="${12 - y}"/>`
  })
  return html`<svg class="meter" viewBox="0 0 19 12" aria-hidden="true">${bars}</svg>`
}
