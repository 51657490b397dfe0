/**
 * What `JSON.parse` does not tell of a text: members that come twice, and how deep it goes.
 *
 * @module
 */

/** The first thing of its kind, or null. */
export interface JsonScan {
  /** The names and indices that lead to a member that comes twice in its object. */
  readonly duplicate: readonly (string | number)[] | null
  /** Whether a member is called `__proto__`. */
  readonly reserved: boolean
  readonly depth: number
}

interface Level {
  readonly names: Set<string>
  at: string | number
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]/g

/** Walks the tokens of text that is known to be JSON: a string before a colon is a member of the innermost object. */
export function scanJson(text: string): JsonScan {
  const levels: Level[] = []
  const found = { duplicate: null as JsonScan['duplicate'], reserved: false, depth: 0 }
  let string = ''
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1)
    if (token === '{' || token === '[') {
      levels.push({ names: new Set(), at: token === '[' ? 0 : '' })
      found.depth = Math.max(found.depth, levels.length)
    } else if (token === '}' || token === ']') levels.pop()
    else if (token === ',') {
      if (typeof level?.at === 'number') level.at++
    } else if (token !== ':') string = token
    else if (level !== undefined) {
      const name: string = JSON.parse(string)
      level.at = name
      if (name === '__proto__') found.reserved = true
      if (level.names.has(name)) found.duplicate ??= levels.map(({ at }) => at)
      level.names.add(name)
    }
  }
  return found
}
