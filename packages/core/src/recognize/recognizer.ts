/**
 * What every recognizer is made of.
 *
 * @module
 */

import type { CountryCode } from 'libphonenumber-js'
import type { Stretch } from './lib/matches.js'
import type { NationalId } from './national-ids.js'
import type { Span } from './span.js'

/** What recognizers may depend on besides the text. */
export interface RecognizerContext {
  /** Countries whose national telephone formats count. */
  readonly regions: readonly CountryCode[]
  /** Spans below it are of no use, so a recognizer may spare itself the work. */
  readonly minimumConfidence: number
  /** The national identifiers to look for. */
  readonly nationalIds: readonly NationalId[]
}

/**
 * Finds one kind of personal data.
 *
 * `find` sees the text after {@link foldText}, which keeps every offset. What it finds in a stretch does not depend on what the
 * stretch leaves out beyond the reach, and it must do work proportional to its length: every
 * quantifier is bounded or runs over one class of characters that the next step cannot start with.
 */
export interface Recognizer {
  /** How many characters before its place (see `Places`) a match can begin, and how many after it one can end or depend on. */
  readonly reach: readonly [before: number, after: number]
  /** Finds spans that have a place within the stretch; they may overlap. */
  readonly find: (stretch: Stretch, context: RecognizerContext) => Omit<Span, 'kind'>[]
}

/** A span whose kind the registry adds. */
export type Found = Omit<Span, 'kind'>

/** Whether a character is a letter, a digit, or a mark on one. */
export function isWordChar(char: string | undefined): boolean {
  if (char === undefined || char === '') return false
  const code = char.charCodeAt(0)
  if (code >= 128) return /[\p{L}\p{N}\p{M}]/u.test(char)
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
}

/** Whether nothing that belongs to a longer word or number touches the stretch. */
export function standsAlone(text: string, start: number, end: number): boolean {
  return !isWordChar(text[start - 1]) && !isWordChar(text[end])
}

/** Whether the words just before `start`, on the same line or the line above, match. */
export function isCued(text: string, start: number, cue: RegExp): boolean {
  return cue.test(text.slice(Math.max(0, start - 40), start))
}
