/**
 * JSON of which there is only one reading.
 *
 * @module
 */

import { ConsentError, type ConsentErrorCode } from '../errors.js'

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g

/**
 * Parses JSON text and refuses an object that names one member twice: `JSON.parse` keeps the last and says nothing, another
 * reader may keep the first. A member called `__proto__` is refused as well.
 *
 * @param text - Untrusted text.
 * @param malformed - The code for text that is not JSON.
 */
export function parseJson(text: string, malformed: ConsentErrorCode): unknown {
  const value = parse(text, malformed)
  assertUniqueMembers(text, malformed)
  return value
}

function parse(text: string, malformed: ConsentErrorCode): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ConsentError(malformed, 'the text is not JSON')
  }
}

/** Walks the tokens of text that is known to be JSON: a string before a colon is a member of the innermost object. */
function assertUniqueMembers(text: string, malformed: ConsentErrorCode): void {
  // Elements of arrays have no names; text of brackets alone would make a set for each.
  const open: (Set<string> | null)[] = []
  let string = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null)
    else if (token === '}' || token === ']') open.pop()
    else if (token !== ':') string = token
    else {
      const name: string = JSON.parse(string)
      const members = open.at(-1)
      if (members?.has(name)) throw new ConsentError('ERR_CONSENT_DUPLICATE_KEY', 'an object names one member twice')
      if (name === '__proto__') throw new ConsentError(malformed, 'an object has a member of a reserved name')
      members?.add(name)
    }
  }
}
