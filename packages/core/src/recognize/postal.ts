/**
 * Postal codes and street addresses.
 *
 * @module
 */

import { matchesIn } from './lib/matches.js'
import { isNeverName, isOrdinaryWord } from './lib/name-words.js'
import { type Found, isCued, type Recognizer, standsAlone } from './recognizer.js'

const CODE_CUE = /\b(?:zip|zip code|postal code|postcode|post code|code postal|cp|plz)\b[^\n\d]{0,12}$/i
/** Letters and a digit among them; a second part begins with a digit or is two capitals. */
const CUED_CODE =
  /(?<![A-Za-z0-9])(?=[A-Za-z]{0,4}\d)(?:[A-Za-z]{1,2}\d[A-Za-z0-9]?\d[A-Za-z]{2}(?![A-Za-z0-9])|[A-Za-z0-9]{2,5})(?:[ -](?:\d[A-Za-z0-9]{1,3}|[A-Z]{2})(?![A-Za-z0-9]))?/g
const US_STATE =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]|A[AEP]'

/** What opens a sentence or a greeting after a number of an order. */
const NO_PLACE =
  'The|This|That|These|There|It|Is|Was|And|But|Please|Never|Still|Not|My|We|You|They|He|She|Thanks|Les|Il|Elle|Nous|Vous|Mais|Ce|Mon|Ma|Merci|Bonjour|Cordialement|Je|Pas|Pourquoi|Why|What|When|How|Very|Just|Now'

/** How each country writes its codes when nothing else says that it is one. */
const CODES: readonly { readonly pattern: RegExp; readonly confidence: number }[] = [
  { pattern: /[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}/g, confidence: 0.8 }, // United Kingdom
  { pattern: /[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}/g, confidence: 0.5 }, // without its space
  { pattern: /[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d/g, confidence: 0.8 }, // Canada
  { pattern: new RegExp(String.raw`(?:${US_STATE}),? \d{5}(?:-\d{4})?`, 'g'), confidence: 0.8 },
  { pattern: /\d{5}-\d{3,4}/g, confidence: 0.6 }, // United States, Brazil
  { pattern: /(?:F|FR|B|CH|L|D|DE|A|AT)-\d{4,5}(?: [A-Z][a-z]{2,30})?/g, confidence: 0.7 }, // with the country's letters, as in Europe
  { pattern: new RegExp(String.raw`\d{5} (?!(?:${NO_PLACE})(?![a-z]))[A-Z][a-z]{2,30}`, 'g'), confidence: 0.5 }, // before a place, as in Europe
  { pattern: /\d{2}-\d{3}(?= [A-Z])/g, confidence: 0.5 }, // Poland
]

/** Four or five digits, or three and two, after "in" and capitalized words; a year is none. */
const AFTER_PLACE =
  /(?=\d{3})(?<=(?<![\p{L}\p{M}])(?:[Ii]n|[Nn]ear|[Aa]) (?:\p{Lu}[\p{L}\p{M}'-]{0,30} ){0,3}(\p{Lu}[\p{L}\p{M}'-]{0,30}) )(?!(?:19|20)\d\d(?!\d))(?:\d{4,5}|\d{3} \d{2})(?![\p{L}\p{N}]|[.,:/-]\d)/gu

/** A town in capitals, as the post wants it, after five digits. */
const TOWN = String.raw`(?:(?:LA|LE|LES|ST|STE|SAINT|SAINTE)[ -])?\p{Lu}{2,30}(?:[-']\p{Lu}{1,30}){0,4}(?: CEDEX(?: \d{1,2})?)?`
const BEFORE_TOWN = new RegExp(String.raw`\d{5} (?=\p{Lu}{2,30}[ -]\p{Lu}{4}|\p{Lu}{4})(${TOWN})(?![\p{L}\p{N}])`, 'gu')

/** Codes by the shape of their country, those after a place, or anything with a digit after "postcode", "zip", "code postal". */
export const postalCode: Recognizer = {
  reach: [14, 44],
  find(stretch) {
    const { text } = stretch
    const found: Found[] = []
    for (const { pattern, confidence } of CODES) {
      for (const { 0: match, index } of matchesIn(stretch, pattern)) {
        const end = index + match.length
        if (standsAlone(text, index, end) && !/[-.,/#]/.test(text[index - 1] ?? ''))
          found.push({ start: index, end, confidence })
      }
    }
    for (const { 0: match, 1: place = '', index } of matchesIn(stretch, AFTER_PLACE)) {
      const word = place.toLowerCase()
      if (!isOrdinaryWord(word) && !isNeverName(word))
        found.push({ start: index, end: index + match.length, confidence: 0.5 })
    }
    for (const { 0: match, 1: town = '', index } of matchesIn(stretch, BEFORE_TOWN)) {
      const end = index + match.length
      const isWord = isOrdinaryWord(town.toLowerCase()) || /[-.,/#$\u20ac\u00a3]/.test(text[index - 1] ?? '')
      if (!isWord && standsAlone(text, index, end)) found.push({ start: index, end, confidence: 0.5 })
    }
    for (const { 0: match, index } of matchesIn(stretch, CUED_CODE)) {
      const end = index + match.length
      if (/\d/.test(match) && standsAlone(text, index, end) && isCued(text, index, CODE_CUE)) {
        found.push({ start: index, end, confidence: 0.85 })
      }
    }
    return found
  },
}

const HOUSE = String.raw`\d{1,5}(?:-\d{1,5})?[a-zA-Z]?`
const CAPITALIZED = String.raw`(?:\p{Lu}[\p{L}\p{M}'.-]{0,30}|\d{1,3}(?:st|nd|rd|th))`
const PARTICLE = "(?:de|du|des|d'|la|le|les|l'|et|della|del|dos|da|do)"
const ENGLISH_TYPE = anyCase(
  'street st road rd avenue ave lane ln drive dr court ct place pl square sq boulevard blvd terrace way close crescent gardens grove highway hwy parkway pkwy mews hill row',
)
const ROMANCE_TYPE = anyCase(
  'rue avenue av boulevard bd place chemin allee impasse quai route cours square passage faubourg sentier rua via viale calle plaza piazza',
)
const GERMANIC_ENDING = anyCase(
  'strasse straße str. gasse weg platz allee laan straat gracht plein gatan vagen gata vegen veien vej gade tie katu kuja',
)
const UNIT = anyCase('apt apartment suite ste unit flat appt appartement bp box postbox')

const MEASURE =
  '(?:the|an?|am|pm|of|my|our|your|his|her|their|this|that|each|every|other|more|stars?|people|persons?|minutes?|mins?|hours?|days?|weeks?|months?|years?|miles?|km|kilometers?|kilometres?|metres?|meters?|yards?|blocks?|lanes?|ways?)(?![\\p{L}])'

/** Street lines, number first or last, and the units and boxes that go with them. */
const LINES: readonly RegExp[] = [
  new RegExp(String.raw`${HOUSE},? (?:${CAPITALIZED} ){1,4}${ENGLISH_TYPE}(?![\p{L}\p{N}])`, 'gu'),
  new RegExp(
    String.raw`${HOUSE}(?: (?:bis|ter))?,? ${ROMANCE_TYPE}\.?(?: ${PARTICLE}){0,3} ?${CAPITALIZED}(?: (?:${PARTICLE} ?)?${CAPITALIZED}){0,4}`,
    'gu',
  ),
  new RegExp(`${ROMANCE_TYPE}(?: (?:${PARTICLE} ?)?${CAPITALIZED}){1,4},? ${HOUSE}`, 'gu'),
  // Written without capitals, only after words that put somebody somewhere, or by words that are nothing but streets.
  new RegExp(
    String.raw`(?=\d)(?<=\b(?:at|live|address|from|to|flat|house|is)[: ] ?)${HOUSE},? (?:(?!${MEASURE})\p{Ll}[\p{Ll}'-]{1,30} ){1,2}(?:street|road|avenue|lane|crescent|boulevard|close|gardens)(?=\s{0,3}(?:[,.;:!?)\n]|$)| (?:and|but|or|since|is|was|has|in|near|so|because|with|still|for|when|where|if)(?!\p{L}))`,
    'gu',
  ),
  new RegExp(
    String.raw`${HOUSE}(?: (?:bis|ter))?,? (?:rue|avenue|boulevard|bd|chemin|allee|impasse|quai|faubourg|sentier) (?:(?:de la|de|du|des|la|le|les) |(?:de )?[dl]')?(?!(?:plus|trop|tres|a|et|ou|de|du|des)(?![\p{L}]))\p{Ll}[\p{L}-]{2,30}`,
    'gu',
  ),
  new RegExp(String.raw`\p{Lu}[\p{L}-]{1,30}${GERMANIC_ENDING} ${HOUSE}`, 'gu'),
  new RegExp(String.raw`${UNIT}\.? ?#?\d{1,6}[a-zA-Z]?`, 'gu'),
]

/** A house number with a street word in English, French or a few neighbouring languages. */
export const postalAddress: Recognizer = {
  reach: [260, 280],
  find(stretch) {
    const { text } = stretch
    const found: Found[] = []
    for (const line of LINES) {
      for (const { 0: match, index } of matchesIn(stretch, line)) {
        const end = index + match.length
        if (standsAlone(text, index, end)) found.push({ start: index, end: endOfBlock(text, end), confidence: 0.8 })
      }
    }
    return found
  },
}

/** The lines under a street: a unit, then lines of capitalized places, then a code of digits or nothing more. */
const BREAK = String.raw`[,.]?[ \t]{0,8}(?:\n[ \t>|*?-]{0,12}){1,2}`
const PLACE_WORD = String.raw`\p{Lu}[\p{L}\p{M}'.-]{1,30}`
const PLACE = String.raw`${PLACE_WORD}(?:[ -](?:\p{Lu}[\p{L}\p{M}'.-]{0,30}|\p{Ll}{1,3}(?= ))){0,4}`
const CODE = String.raw`\d{3,6}(?:[ -]\d{2,4})?(?![\p{L}\p{N}])`
const BLOCK = new RegExp(
  String.raw`(?:(?:${BREAK}|,? )${UNIT}\.? ?#?\d{1,6})?(?: \d{1,5}(?: ${PLACE_WORD}){1,3} \d{1,4})?(?:(?:${BREAK}|, )${PLACE}){0,3}(?:(?:${BREAK}|,? )${CODE}(?: ${TOWN}(?![\p{L}\p{N}]))?|(?<=\n[^\n]{1,160})(?=\s{0,8}(?:\n|$)))`,
  'yu',
)

/** Where an address ends that goes on in the lines below. */
function endOfBlock(text: string, end: number): number {
  BLOCK.lastIndex = end
  return end + (BLOCK.exec(text)?.[0].length ?? 0)
}

/** Words as a pattern that takes them in lower case, capitalized, or in capitals. */
function anyCase(words: string): string {
  const forms = words
    .split(' ')
    .flatMap((word) => [word, `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`, word.toUpperCase()])
  return `(?:${forms.join('|').replaceAll('.', '\\.')})`
}
