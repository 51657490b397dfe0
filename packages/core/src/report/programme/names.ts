import type { Language } from '../../lib/text.js'
import { FACTORS, isFactorId } from '../../risk/factors.js'
import { isPracticeId, PRACTICES } from '../../risk/practices.js'
import type { Markup } from '../html.js'
import { html } from '../html.js'

/** @internal A practice of the list by its name, one of the host's by its id, whose language and direction are its own. */
export function practiceName(id: string, language: Language): Markup {
  return isPracticeId(id) ? html`${PRACTICES[id].name[language]}` : html`<bdi>${id}</bdi>`
}

/** @internal */
export function factorName(id: string, language: Language): string {
  return isFactorId(id) ? FACTORS[id].name[language] : id
}
