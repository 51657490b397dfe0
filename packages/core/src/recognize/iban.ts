/**
 * International bank account numbers.
 *
 * @module
 */

import { mod97 } from './lib/check-digits.js'
import { isDigit } from './lib/digits.js'
import { matchesOf } from './lib/matches.js'
import { type Found, isCued, isWordChar, type Recognizer } from './recognizer.js'

/** What is known of a country's numbers. */
interface Structure {
  /** How many letters and digits there are in all. */
  readonly length: number
  /** All of them, in capitals. */
  readonly pattern: RegExp
}

/**
 * What follows country and check digits: n digits, a letters, c either. By {@link countryAt}.
 *
 * @see ISO 13616 registry, SWIFT release 99 (December 2024)
 */
const STRUCTURES: ReadonlyMap<number, Structure> = new Map(
  `AD8n12c AE19n AL8n16c AT16n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BI23n BR23n1a1c BY4c4n16c CH5n12c CR18n CY8n16c CZ20n DE18n DJ23n
  DK14n DO4c20n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n GB4a14n GE2a16n GI4a15c GL14n GR7n16c GT20c HN4a20n HR17n HU24n IE4a14n
  IL19n IQ4a15n IS22n IT1a10n12c JO4a4n18c KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n LU3n13c LV4a13c LY21n MC10n11c2n MD20c ME18n
  MK3n10c2n MN16n MR23n MT4a5n18c MU4a19n3a NI4a20n NL4a10n NO11n OM3n16c PK4a16c PL24n PS4a21c PT21n QA4a21c RO4a16c RS18n RU14n15c
  SA2n18c SC4a20n3a SD14n SE20n SI15n SK20n SM1a10n12c SO19n ST21n SV4a20n TL19n TN20n TR6n16c UA6n19c VA18n VG4a16n XK16n YE4a4n18c`
    .split(/\s+/)
    .map((entry) => [countryAt(entry, 0), toStructure(entry.slice(2))]),
)

function toStructure(parts: string): Structure {
  const classes: Readonly<Record<string, string>> = { n: '\\d', a: '[A-Z]', c: '[A-Z\\d]' }
  let length = 4
  let source = '^[A-Z]{2}\\d{2}'
  for (const { 1: count, 2: type = 'c' } of matchesOf(parts, /(\d{1,2})([nac])/g)) {
    length += Number(count)
    source += `${classes[type]}{${count}}`
  }
  return { length, pattern: new RegExp(`${source}$`) }
}

/** Two letters, in any case, as one number. */
function countryAt(text: string, at: number): number {
  return ((text.charCodeAt(at) | 32) << 8) | (text.charCodeAt(at + 1) | 32)
}

const CUE = /\biban\b[^\n]{0,20}$/i

/** The country's structure and check digits (ISO 13616, MOD 97-10), grouped by spaces or hyphens or not, in one case throughout. */
export const iban: Recognizer = {
  reach: [0, 8],
  find({ text, from, to }) {
    const found: Found[] = []
    for (let index = from; index < to; index++) {
      if (!opensIban(text, index) || isWordChar(text[index - 1])) continue
      const structure = STRUCTURES.get(countryAt(text, index))
      const read = structure === undefined ? null : readGrouped(text, index, structure.length)
      if (structure === undefined || read === null || isWordChar(text[read.end])) continue
      const valid = isValid(read.characters, structure)
      if (valid || isCued(text, index, CUE)) found.push({ start: index, end: read.end, confidence: valid ? 0.98 : 0.7 })
    }
    return found
  },
}

function isValid(characters: string, { pattern }: Structure): boolean {
  const capitals = characters.toUpperCase()
  const isOneCase = characters === capitals || characters === characters.toLowerCase()
  return isOneCase && pattern.test(capitals) && mod97(capitals.slice(0, 4), mod97(capitals.slice(4))) === 1
}

/** Two letters and two digits. */
function opensIban(text: string, at: number): boolean {
  return (
    isDigit(text.charCodeAt(at + 2)) &&
    isDigit(text.charCodeAt(at + 3)) &&
    isLetter(text.charCodeAt(at)) &&
    isLetter(text.charCodeAt(at + 1))
  )
}

/** Reads `length` letters and digits with at most one space or hyphen between any two. */
function readGrouped(text: string, from: number, length: number): { characters: string; end: number } | null {
  let at = from
  let start = from
  let characters = ''
  for (let read = 0; read < length; read++, at++) {
    const code = text.charCodeAt(at)
    if (at > from && (code === 32 || code === 45)) {
      characters += text.slice(start, at)
      start = ++at
    }
    if (!isAlphanumeric(text.charCodeAt(at))) return null
  }
  return { characters: characters + text.slice(start, at), end: at }
}

function isAlphanumeric(code: number): boolean {
  return isDigit(code) || isLetter(code)
}

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122
}
