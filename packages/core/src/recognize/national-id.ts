/**
 * National identifiers.
 *
 * @module
 */

import { NATIONAL_IDS, type NationalId } from './national-ids.js'
import { type Found, isCued, type Recognizer, standsAlone } from './recognizer.js'

/** Where some row of the built-in table could match: one look instead of one per row. */
const ANY = new RegExp(`(?<![a-z\\d])(?:${NATIONAL_IDS.map(({ pattern }) => `(?:${pattern.source})`).join('|')})`, 'i')

/** Every identifier of the table whose check digits hold and whose cue, where the table demands one, stands before it. */
export const nationalId: Recognizer = {
  trait: 'digit',
  find(text, { nationalIds }) {
    if (nationalIds === NATIONAL_IDS && !ANY.test(text)) return []
    return nationalIds.flatMap((id) => findOne(text, id))
  },
}

function findOne(text: string, { pattern, isValid, cue }: NationalId): Found[] {
  const found: Found[] = []
  for (const { 0: match, index } of text.matchAll(pattern)) {
    const end = index + match.length
    if (!standsAlone(text, index, end) || (cue !== undefined && !isCued(text, index, cue))) continue
    const characters = match.toUpperCase().replace(/[^A-Z0-9]/g, '')
    if (isValid(characters)) found.push({ start: index, end, confidence: 0.9 })
  }
  return found
}
