/**
 * Objects of which there are two readings.
 *
 * @module
 */

/** Whether an object in a text of JSON names a member twice: `JSON.parse`, which gave `value`, keeps the last and says nothing. */
export function namesMemberTwice(text: string, value: unknown): boolean {
  return namesIn(text) !== membersOf(value)
}

function namesIn(text: string): number {
  let count = 0
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)) if (colon !== undefined) count += 1
  return count
}

function membersOf(value: unknown): number {
  let count = 0
  const waiting = [value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const members: unknown[] = Object.values(next)
    if (!Array.isArray(next)) count += members.length
    for (const member of members) waiting.push(member)
  }
  return count
}
