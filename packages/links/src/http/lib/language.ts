/**
 * Choosing the language of a page.
 *
 * @module
 */

/**
 * The first of `wanted` that is offered, or the first offered.
 *
 * @param offered - Language tags.
 * @param wanted - Tags or values of `Accept-Language`, the most wanted first; `null` for no wish.
 */
export function chooseLanguage(offered: readonly string[], wanted: readonly (string | null)[]): string {
  for (const wish of wanted) {
    for (const tag of tagsOf(wish ?? '')) {
      const found = offered.find((language) => language.toLowerCase() === tag) ?? primaryOf(offered, tag)
      if (found !== undefined) return found
    }
  }
  return offered[0] ?? 'en'
}

/** `fr-CA` is served by `fr`, and `pt` by `pt-BR`. */
function primaryOf(offered: readonly string[], tag: string): string | undefined {
  const [primary = ''] = tag.split('-')
  return offered.find((language) => language.toLowerCase().split('-')[0] === primary)
}

/** The tags of an `Accept-Language` (RFC 9110 §12.5.4) by falling weight; whatever is none is left out. */
function tagsOf(wish: string): string[] {
  return wish
    .slice(0, 200)
    .toLowerCase()
    .split(',')
    .map((range) => /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/.exec(range))
    .flatMap((match) => (match?.[1] === undefined ? [] : [{ tag: match[1], weight: Number(match[2] ?? 1) }]))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}
