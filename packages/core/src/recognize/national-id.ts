/**
 * National identifiers.
 *
 * @module
 */

import { matchesOf } from './lib/matches.js'
import { NATIONAL_IDS, type NationalId } from './national-ids.js'
import { type Found, type Recognizer, standsAlone } from './recognizer.js'

/** Where some row of the built-in table could match: two looks instead of one per row. */
const SHAPES = union(NATIONAL_IDS.filter(({ cue }) => cue === undefined).map(({ pattern }) => pattern))
const CUES = union(NATIONAL_IDS.flatMap(({ cue }) => cue ?? []))

/** Every identifier of the table whose check digits hold and whose cue, where the table demands one, stands before it. */
export const nationalId: Recognizer = {
  trait: 'digit',
  find(text, { nationalIds }) {
    if (nationalIds === NATIONAL_IDS && !SHAPES.test(text) && !CUES.test(text)) return []
    return nationalIds.flatMap((id) => findOne(text, id))
  },
}

function findOne(text: string, { pattern, isValid, cue }: NationalId): Found[] {
  const found: Found[] = []
  for (const { 0: match, index } of matchesOf(text, pattern)) {
    const end = index + match.length
    if (!standsAlone(text, index, end) || !(cue?.test(text.slice(Math.max(0, index - 30), index)) ?? true)) continue
    const characters = match.toUpperCase().replace(/[^A-Z0-9]/g, '')
    if (isValid(characters)) found.push({ start: index, end, confidence: 0.9 })
  }
  return found
}

function union(patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), 'i')
}
