/**
 * The values a subject is known by, wherever a text repeats them.
 *
 * @module
 */

import { foldText } from './lib/fold.js'
import { isOrdinaryWord } from './lib/name-words.js'
import type { Span } from './span.js'

const NOT_INSIDE_WORD = String.raw`(?<![\p{L}\p{N}])`
const NOT_BEFORE_WORD = String.raw`(?![\p{L}\p{N}\p{M}])`

/**
 * Finds known values whatever their case, accents and spacing; each word of a name by itself too; and telephone numbers by
 * their last eight digits, however they are grouped or prefixed.
 *
 * @param folded - A folded text.
 * @param values - What is known of the subject.
 * @returns Spans, which may overlap.
 */
export function findSubject(folded: string, values: readonly string[]): Span<'subject'>[] {
  return values.flatMap((value) => patternsOf(value).flatMap((pattern) => findAll(folded, pattern)))
}

function findAll(text: string, pattern: RegExp): Span<'subject'>[] {
  return Array.from(text.matchAll(pattern), ({ 0: match, index }) => ({
    start: index,
    end: index + match.length,
    kind: 'subject',
    confidence: 1,
  }))
}

function patternsOf(value: string): RegExp[] {
  const words = foldText(value.normalize('NFC'))
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
  const whole = words.join(' ')
  if (whole.length < 2) return []
  const digits = whole.replace(/\D/g, '')
  if (/^[+\d\s()./-]+$/.test(whole) && digits.length >= 7) return [telephonePattern(digits)]
  const parts = words.length > 1 && /^[\p{L}\p{M}\s'.-]+$/u.test(whole) ? words.filter((word) => word.length > 2) : []
  return [wordPattern(words.map(escapeLetters).join(String.raw`\s{1,5}`), 'giu'), ...parts.map(partPattern)]
}

/** A part of a name that is also a word ("Will", "Young") counts only with its capital. */
function partPattern(part: string): RegExp {
  const lower = part.toLowerCase()
  if (!isOrdinaryWord(lower)) return wordPattern(escapeLetters(part), 'giu')
  const capitalized = `${lower.slice(0, 1).toUpperCase()}${lower.slice(1)}`
  return wordPattern(`(?:${escapeLetters(capitalized)}|${escapeLetters(lower.toUpperCase())})`, 'gu')
}

function wordPattern(source: string, flags: string): RegExp {
  return new RegExp(NOT_INSIDE_WORD + source + NOT_BEFORE_WORD, flags)
}

/** Letters may carry marks of their own where a text is decomposed (NFD). */
function escapeLetters(word: string): string {
  return Array.from(word, (char) => (/[\p{L}\p{N}]/u.test(char) ? `${char}\\p{M}{0,3}` : escapeCharacter(char))).join(
    '',
  )
}

function escapeCharacter(char: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char
}

/** Up to five digits of country and trunk prefix may stand before the last eight. */
function telephonePattern(digits: string): RegExp {
  const separator = String.raw`[ ().\/-]{0,3}`
  const tail = Array.from(digits.slice(-8)).join(separator)
  return new RegExp(String.raw`(?<!\d)(?:\+ ?)?(?:\(?\d(?:${separator}\d){0,6}${separator})?${tail}(?!\d)`, 'gu')
}
