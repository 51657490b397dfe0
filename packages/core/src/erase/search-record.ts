import { isPersonalName } from '../anonymize/apply.js'
import { escapeFieldName, type Path } from '../anonymize/path.js'
import { setProperty } from '../anonymize/plain-data.js'
import type { SubjectMatch } from '../recognize.js'

/** @internal Takes the place of an identifier. */
export const REPLACEMENT = '***'

/** @internal Whether the person's identifier stands anywhere in a JSON value, names of members included. */
export function mentions(value: unknown, subject: SubjectMatch): boolean {
  const waiting: unknown[] = [value]
  const seen = new Set<object>()
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (isContainer(next)) {
      if (seen.has(next)) continue
      seen.add(next)
      for (const name of Object.keys(next)) {
        if (!Array.isArray(next) && subject.find(name).length > 0) return true
        waiting.push(Object.getOwnPropertyDescriptor(next, name)?.value)
      }
    } else if (placesIn(next, subject) > 0) return true
  }
  return false
}

/** @internal A value without the person's identifier, and the fields where it stood. The value given is not changed. */
export function withoutIdentifier(
  value: unknown,
  subject: SubjectMatch,
): { readonly value: unknown; readonly fields: ReadonlyMap<string, number> } {
  const fields = new Map<string, number>()
  const note = (field: string, count: number): void => void fields.set(field, (fields.get(field) ?? 0) + count)
  const replaced = (part: unknown, field: string): unknown => {
    if (Array.isArray(part)) return part.map((element: unknown) => replaced(element, below(field, '*')))
    if (isContainer(part)) return members(part, field)
    const count = placesIn(part, subject)
    if (count === 0) return part
    note(field === '' ? '*' : field, count)
    return replacePlaces(String(part), subject)
  }
  const members = (part: object, field: string): object => {
    const copy = {}
    for (const name of Object.keys(part)) {
      const inName = subject.find(name).length
      const path = below(field, inName > 0 || isPersonalName(name) ? '*' : escapeFieldName(name))
      if (inName > 0) note(path, inName)
      const kept = inName > 0 ? freeName(replacePlaces(name, subject), part, copy) : name
      setProperty(copy, kept, replaced(Object.getOwnPropertyDescriptor(part, name)?.value, path))
    }
    return copy
  }
  return { value: replaced(value, ''), fields }
}

/** @internal The values a path leads to; `*` leads to all members that are there. */
export function valuesAt(record: unknown, path: Path): readonly unknown[] {
  return path.reduce<unknown[]>((values, name) => values.flatMap((value) => step(value, name)), [record])
}

function step(value: unknown, name: string | null): unknown[] {
  if (!isContainer(value)) return []
  if (name === null) return Object.keys(value).map((key) => Object.getOwnPropertyDescriptor(value, key)?.value)
  const descriptor = Object.getOwnPropertyDescriptor(value, name)
  return descriptor === undefined ? [] : [descriptor.value]
}

/** Numbers are looked through as they are written: a telephone number may be one. */
function placesIn(value: unknown, subject: SubjectMatch): number {
  if (typeof value === 'string') return subject.find(value).length
  return typeof value === 'number' && Math.abs(value) >= 1e5 ? subject.find(String(value)).length : 0
}

function replacePlaces(text: string, subject: SubjectMatch): string {
  let [replaced, at] = ['', 0]
  for (const { start, end } of subject.find(text)) {
    replaced += text.slice(at, start) + REPLACEMENT
    at = end
  }
  return replaced + text.slice(at)
}

/** Two names that held the same identifier stay two. */
function freeName(name: string, part: object, copy: object): string {
  let free = name
  for (let number = 2; Object.hasOwn(copy, free) || Object.hasOwn(part, free); number += 1) free = `${name}${number}`
  return free
}

function below(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
}
