/**
 * The values a subject is known by, wherever a text repeats them.
 *
 * @module
 */

import { foldText } from './lib/fold.js'
import { matchesOf } from './lib/matches.js'
import { isOrdinaryWord } from './lib/name-words.js'
import { isWordChar } from './recognizer.js'
import type { Span } from './span.js'

/** A text as it is searched, and where each of its characters stands in the text given. */
interface Searchable {
  readonly text: string
  readonly positions: readonly number[]
}

/**
 * Finds known values whatever their case, accents and spacing; each word of a name by itself too; and telephone numbers by
 * their last eight digits, however they are grouped or prefixed.
 *
 * @param folded - A folded text.
 * @param values - What is known of the subject.
 * @returns Spans, which may overlap.
 */
export function findSubject(folded: string, values: readonly string[]): Span<'subject'>[] {
  const plain = simplify(folded)
  const digits = select(folded, /\d/g)
  return values.flatMap((value) => {
    const known = foldText(value.normalize('NFC')).trim()
    if (isTelephone(known)) return findTelephone(folded, digits, known.replace(/\D/g, ''))
    return formsOf(known).flatMap(({ form, needsCapital }) => findForm(folded, plain, form, needsCapital))
  })
}

function isTelephone(known: string): boolean {
  return /^[+\d\s()./-]{7,40}$/.test(known) && known.replace(/\D/g, '').length >= 7
}

/** The whole value, and each word of a name; a word that is ordinary too ("Will", "Young") counts only with its capital. */
function formsOf(known: string): { form: string; needsCapital: boolean }[] {
  const whole = simplify(known).text
  if (whole.length < 2) return []
  const isName = whole.includes(' ') && /^[\p{L} '.-]{2,200}$/u.test(whole)
  const words = isName ? whole.split(' ').filter((word) => word.length > 2) : []
  return [{ form: whole, needsCapital: false }, ...words.map((form) => ({ form, needsCapital: isOrdinaryWord(form) }))]
}

function findForm(
  folded: string,
  { text, positions }: Searchable,
  form: string,
  needsCapital: boolean,
): Span<'subject'>[] {
  const found: Span<'subject'>[] = []
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
    const start = positions[at] ?? 0
    const end = endOf(folded, positions[at + form.length - 1] ?? 0)
    const isWhole = !isWordChar(text[at - 1]) && !isWordChar(text[at + form.length])
    if (isWhole && (!needsCapital || folded[start] !== text[at]))
      found.push({ start, end, kind: 'subject', confidence: 1 })
  }
  return found
}

/** The last eight digits, and up to seven of country and area before them. */
function findTelephone(folded: string, { text, positions }: Searchable, digits: string): Span<'subject'>[] {
  const found: Span<'subject'>[] = []
  const tail = digits.slice(-8)
  const isJoined = (index: number): boolean =>
    /^[ ()./-]{0,3}$/.test(folded.slice((positions[index - 1] ?? 0) + 1, positions[index]))
  for (let at = text.indexOf(tail); at !== -1; at = text.indexOf(tail, at + 1)) {
    const last = at + tail.length - 1
    let first = last
    while (first > 0 && last - first < 14 && isJoined(first)) first--
    if (first > at || positions[last + 1] === (positions[last] ?? 0) + 1) continue
    const start = positions[first] ?? 0
    found.push({
      start: folded[start - 1] === '+' ? start - 1 : start,
      end: (positions[last] ?? 0) + 1,
      kind: 'subject',
      confidence: 1,
    })
  }
  return found
}

/** In lower case, without combining marks, with single spaces. */
function simplify(text: string): Searchable {
  const lower = text.toLowerCase()
  const simple = select(lower, /\s{1,64}|\P{M}/gu)
  return { text: simple.text.replace(/\s/g, ' '), positions: simple.positions }
}

/** The first UTF-16 unit of every match, and the second of a surrogate pair. */
function select(text: string, pattern: RegExp): Searchable {
  let selected = ''
  const positions: number[] = []
  for (const { 0: match, index } of matchesOf(text, pattern)) {
    const kept = /^\s/.test(match) ? ' ' : match
    for (let unit = 0; unit < kept.length; unit++) positions.push(index + unit)
    selected += kept
  }
  return { text: selected, positions }
}

/** Marks after the last character belong to it. */
function endOf(text: string, last: number): number {
  let end = last + 1
  while (end < text.length && /\p{M}/u.test(text[end] ?? '')) end++
  return end
}
