/**
 * All matches of a pattern.
 *
 * @module
 */

/** Where in a text something is looked for. */
export interface Stretch {
  readonly text: string
  readonly from: number
  readonly to: number
}

/**
 * Does what `String.prototype.matchAll` does without cloning the pattern, because engines compile a clone again and again
 * when it is used seldom.
 *
 * @param text - Where to look.
 * @param pattern - A global pattern.
 * @param from - Where the first match may begin.
 */
export function matchesOf(text: string, pattern: RegExp, from = 0): RegExpExecArray[] {
  const matches: RegExpExecArray[] = []
  pattern.lastIndex = from
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === '') pattern.lastIndex++
    else matches.push(match)
  }
  return matches
}

/** All matches of a pattern that lie within a stretch. */
export function matchesIn({ text, from, to }: Stretch, pattern: RegExp): RegExpExecArray[] {
  return matchesOf(to < text.length ? text.slice(0, to) : text, pattern, from)
}
