/**
 * National identifiers.
 *
 * @module
 */

import { matchesIn, type Stretch } from './lib/matches.js'
import type { NationalId } from './national-ids.js'
import { type Found, type Recognizer, standsAlone } from './recognizer.js'

/** Every identifier of the table whose check digits hold and whose cue, where the table demands one, stands before it. */
export const nationalId: Recognizer = {
  reach: [24, 32],
  find: (stretch, { nationalIds }) => nationalIds.flatMap((id) => findOne(stretch, id)),
}

function findOne(stretch: Stretch, { pattern, isValid, cue }: NationalId): Found[] {
  const { text } = stretch
  const found: Found[] = []
  for (const { 0: match, index } of matchesIn(stretch, pattern)) {
    const end = index + match.length
    if (!standsAlone(text, index, end) || !(cue?.test(text.slice(Math.max(0, index - 30), index)) ?? true)) continue
    const characters = match.toUpperCase().replace(/[^A-Z0-9]/g, '')
    if (isValid(characters)) found.push({ start: index, end, confidence: 0.9 })
  }
  return found
}
