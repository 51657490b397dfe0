/**
 * International bank account numbers.
 *
 * @module
 */

import { mod97 } from './lib/check-digits.js'
import { type Found, isCued, isWordChar, type Recognizer } from './recognizer.js'

/**
 * Total length by country.
 *
 * @see ISO 13616 registry, SWIFT release 99 (December 2024)
 */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18
  FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20
  LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24
  SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

const CUE = /\biban\b[^\n]{0,20}$/i

/** Country, length and check digits (ISO 13616, MOD 97-10), grouped by spaces or hyphens or not. */
export const iban: Recognizer = {
  trait: 'digit',
  find(text) {
    const found: Found[] = []
    for (const { index } of text.matchAll(/[a-z]{2}\d{2}(?=[ -]?[a-z0-9])/gi)) {
      if (isWordChar(text[index - 1])) continue
      const length = LENGTHS.get(text.slice(index, index + 2).toUpperCase())
      const read = length === undefined ? null : readGrouped(text, index, length)
      if (read === null || isWordChar(text[read.end])) continue
      const valid = mod97(read.characters.slice(4) + read.characters.slice(0, 4)) === 1
      if (valid || isCued(text, index, CUE)) found.push({ start: index, end: read.end, confidence: valid ? 0.98 : 0.7 })
    }
    return found
  },
}

/** Reads `length` letters and digits with at most one space or hyphen between any two. */
function readGrouped(text: string, from: number, length: number): { characters: string; end: number } | null {
  let characters = ''
  let at = from
  while (characters.length < length) {
    if ((text[at] === ' ' || text[at] === '-') && at > from) at++
    const char = text[at]
    if (char === undefined || !/[a-z0-9]/i.test(char)) return null
    characters += char
    at++
  }
  return { characters, end: at }
}
