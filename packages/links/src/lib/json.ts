/**
 * JSON of which there is only one reading.
 *
 * @module
 */

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g

/** Parses untrusted text; `undefined` for what is not JSON, because the parser's own message quotes it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Tells whether an object in a JSON text names one member twice: `JSON.parse` keeps the last, another reader the first.
 *
 * A string before a colon is a member of the innermost object.
 */
export function repeatsMember(json: string): boolean {
  const open: Set<string>[] = []
  let string = ''
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (token !== ':') string = token
    else {
      const name: string = JSON.parse(string)
      const members = open.at(-1)
      if (members?.has(name)) return true
      members?.add(name)
    }
  }
  return false
}
