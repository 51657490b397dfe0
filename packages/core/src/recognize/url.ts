/**
 * Web addresses.
 *
 * @module
 */

import { matchesIn } from './lib/matches.js'
import type { Found, Recognizer } from './recognizer.js'

const SCHEME_BACKWARDS = /[a-z][a-z0-9+.-]{0,15}$/i
const SENTENCE_END = '.,;:!?)]}\'"'

/** Anything with a scheme, and `www.` names; the punctuation of the sentence around it is left out. */
export const url: Recognizer = {
  reach: [0, 4],
  find(stretch) {
    const { text } = stretch
    const found: Found[] = []
    let done = 0
    for (const { index } of matchesIn(stretch, /:\/\/|www\./gi)) {
      if (index < done) continue
      const scheme = text[index] === ':' ? SCHEME_BACKWARDS.exec(text.slice(Math.max(0, index - 17), index)) : null
      if (text[index] === ':' && scheme === null) continue
      const end = endOfUrl(text, index)
      if (end - index > 4) found.push({ start: index - (scheme?.[0].length ?? 0), end, confidence: 0.9 })
      done = end
    }
    return found
  },
}

function endOfUrl(text: string, from: number): number {
  const stop = /[\s<>"]/g
  stop.lastIndex = from
  let end = stop.exec(text)?.index ?? text.length
  while (end > from && SENTENCE_END.includes(text[end - 1] ?? '')) end--
  return end
}
