/**
 * Keeping count of what was read, so that what was not can be told.
 *
 * @module
 */

import { segment } from './json-schema.js'

/** Marks of what was taken over. */
export interface Reading {
  /** Marks a value and all that is in it. */
  mark(...path: readonly (string | number)[]): void
  /** Pointers to every value that was not marked: scalars and empty arrays and objects. */
  unread(): readonly string[]
}

/** Begins to read a value. */
export function startReading(root: unknown): Reading {
  const read = new Set<string>()
  return {
    mark: (...path) => read.add(path.map(segment).join('')),
    unread: () => [...unreadIn(root, '', read)],
  }
}

function* unreadIn(value: unknown, path: string, read: ReadonlySet<string>): Generator<string> {
  if (read.has(path) || value === undefined) return
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (members.length === 0) yield path
  for (const [name, member] of members) yield* unreadIn(member, path + segment(name), read)
}
