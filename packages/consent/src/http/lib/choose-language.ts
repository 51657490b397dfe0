/**
 * Choosing the language of a notice.
 *
 * @module
 */

/**
 * The first of the wishes that is offered, or the first offered.
 *
 * @param offered - Language tags.
 * @param wishes - Tags or values of `Accept-Language`, the most wanted first; null for no wish.
 */
export function chooseLanguage(offered: readonly string[], wishes: readonly (string | null)[]): string {
  for (const tag of wishes.flatMap((wish) => tagsOf(wish ?? ''))) {
    const exact = offered.find((language) => language.toLowerCase() === tag)
    const found = exact ?? offered.find((language) => primaryOf(language) === primaryOf(tag))
    if (found !== undefined) return found
  }
  return offered[0] ?? ''
}

function primaryOf(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0]
}

/** The tags of an `Accept-Language` (RFC 9110 section 12.5.4) by falling weight; whatever is none is left out. */
function tagsOf(wish: string): string[] {
  return wish
    .slice(0, 200)
    .toLowerCase()
    .split(',')
    .map((range) => /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?$/.exec(range))
    .flatMap((match) => (match?.[1] === undefined ? [] : [{ tag: match[1], weight: Number(match[2] ?? 1) }]))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}
