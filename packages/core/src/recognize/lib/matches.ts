/**
 * All matches of a pattern.
 *
 * @module
 */

/**
 * Does what `String.prototype.matchAll` does without cloning the pattern, because engines compile a clone again and again
 * when it is used seldom.
 *
 * @param text - Where to look.
 * @param pattern - A global pattern.
 */
export function matchesOf(text: string, pattern: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === '') pattern.lastIndex++
    else matches.push(match)
  }
  return matches
}
