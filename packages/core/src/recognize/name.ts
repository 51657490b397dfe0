/**
 * Names of people, and proper names that look the same.
 *
 * @module
 */

import type { CapitalWords } from './lib/capital-words.js'
import { type Capital, groupCapitals, groupNotable } from './lib/capitals.js'
import type { CodedText } from './lib/codes.js'
import { canBeFrench, isFrenchWord } from './lib/french-words.js'
import { matchesOf } from './lib/matches.js'
import { isFirstName, isNeverName, isOrdinaryWord } from './lib/name-words.js'
import type { Found, Recognizer } from './recognizer.js'

const TITLE_BEFORE = /(?:^|[^\p{L}])(?:mr|mrs|ms|miss|mx|dr|prof|m|mme|mlle|monsieur|madame)\.?\s$/iu
const CUE_BEFORE =
  /(?:\bname(?: is|'s| was)|\bnames? ?[:=]|\bcalled|\bnamed|\bcall me|\bcalls me|\bregards,?|\bsigned|\bm'appelle|\bme nomme|\bnom(?: est)?|\bprenom|\bcordialement,?) {0,8}:?\s{0,8}$/i
const LOWER_CASE_CUE = /(?:\b(?:name is|name's|call me|nom est|me nomme)|m'appelle) /gi
const LOWER_CASE_NAME = /(\p{L}[\p{L}'-]{1,30})(?: (\p{L}[\p{L}'-]{1,30}))?/uy
const GREETING_BEFORE = /\b(?:hi|hello|hey|dear|thanks|thank you|bonjour|bonsoir|salut|chere?|merci)[ ,]{1,2}$/i
/** What follows the subject of a sentence, rather than a misspelt word at its start. */
const SUBJECT_FOLLOWS =
  /^(?:'s|[,;:)"\n]|\.?\s{0,3}$|\.? ?\n| (?:is|are|was|were|has|had|will|would|can|could|should|may|might|did|does|said|says|told|gave|given|spent|began|took|went|came|got|made|kept|left|met|ran|sent|spoke|wrote|knew|thought|and|or|from|of|at|who|whose|in|on|never|always|also|just|[a-z]{2,20}ed|[a-z]{3,20}s)\b)/
const JOINED_BEFORE = /(?<![\p{L}\p{M}'-])(\p{Lu}\p{Ll}[\p{Ll}\p{M}'-]{1,25})(,| and| &| et) $/u
/** After a comma only in a list: "Julia, Will do" is another sentence. */
const JOINED_AFTER =
  /^(?: and| &| et|,(?= [^ ]{3,27}(?:,| and | & | et |[.!?)]|\s{0,3}$))) (\p{Lu}\p{Ll}[\p{Ll}\p{M}'-]{1,25})(?![\p{L}\p{M}'-]| \p{Lu})/u
const WORDLIKE_ENDING = /(?:ly|ing|ed|tion|ment|ness|able|ible|ous|ful|less|ive)$/
const ENGLISH =
  /\b(?:the|and|is|was|to|of|my|you|it|for|with|this|that|have|has|had|not|are|what|your|he|she|his|her|they|we|in|on|at|from|by|an)\b/i
const FRENCH = /\b(?:le|la|les|des|est|une|je|et|pas|vous|dans|pour|que|avec|du|mon|ma|tres|etait|nous)\b/i

/**
 * Capitalized words that are a first name, follow a form of address or words like "my name is", or are no word of English or
 * French. In capitals throughout, or at the start of a sentence, a word needs more to count. Lower case counts after "my name
 * is" and its French counterparts, and for first names in a text that has no capital at all. A name found once is found
 * wherever the text repeats one of its words.
 */
export const name: Recognizer = {
  reach: [0, 0],
  find: ({ text }) => findNamesAnywhere(text),
}

function findNamesAnywhere(text: string): Found[] {
  const groups = groupCapitals(text)
  const found = namesInAll(text, groups)
  for (const each of lowerCaseNames(text)) found.push(each)
  if (groups.length === 0) for (const each of uncapitalizedNames(text)) found.push(each)
  return completed(text, groups.flat(), found)
}

/**
 * Does what {@link name} does with the capitalized words that are known already.
 *
 * @param coded - The text.
 * @param words - Its capitalized words.
 */
export function findNames(coded: CodedText, words: CapitalWords): Found[] {
  const { text } = coded
  if (words.isForeign) return findNamesAnywhere(text)
  const found = words.anyNotable ? namesInAll(text, groupNotable(coded, words.list)) : []
  if (words.hasCue) for (const each of lowerCaseNames(text)) found.push(each)
  if (words.list.length === 0) for (const each of uncapitalizedNames(text)) found.push(each)
  return completed(text, words.list, found)
}

type Word = Pick<Capital, 'start' | 'end'>

/** With what the names found tell of other words. */
function completed(text: string, capitals: readonly Word[], found: readonly Found[]): Found[] {
  if (found.length === 0) return []
  const judged: Judged = { text }
  const all = [...found, ...found.flatMap((each) => coordinated(judged, each))]
  return [...all, ...repeated(text, capitals, all)]
}

/** "Grace and Priya", "Evan and April": a word is a name where it is joined to one. */
function coordinated(judged: Judged, found: Found): Found[] {
  const [before, after] = [joinedBefore(judged, found), joinedAfter(judged.text, found)]
  return [...(before === null ? [] : [before]), ...(after === null ? [] : [after])]
}

/** At the start of a sentence, where it has not been found by its capital. */
function joinedBefore(judged: Judged, { start, confidence }: Found): Found | null {
  const { text } = judged
  const { 0: match = '', 1: word = '', 2: by } = JOINED_BEFORE.exec(text.slice(Math.max(0, start - 40), start)) ?? []
  const from = start - match.length
  if (word === '' || !startsSentence(text, from)) return null
  const lower = word.toLowerCase()
  const isUnknown = () => by !== ',' && !isOrdinaryWord(lower) && isInEnglish(judged)
  if (isNeverName(lower) || !(isFirstName(lower) || isUnknown())) return null
  return { start: from, end: from + word.length, confidence: Math.min(confidence, 0.6) }
}

/** A first name, though it be a month. */
function joinedAfter(text: string, { end, confidence }: Found): Found | null {
  const { 0: match = '', 1: word = '' } = JOINED_AFTER.exec(text.slice(end, end + 40)) ?? []
  if (word === '' || !isFirstName(word.toLowerCase())) return null
  return { start: end + match.length - word.length, end: end + match.length, confidence: Math.min(confidence, 0.6) }
}

/** Single capitalized words that are part of a name found elsewhere in the text. */
function repeated(text: string, capitals: readonly Word[], found: readonly Found[]): Found[] {
  const known = new Map<string, number>()
  for (const { start, end, confidence } of found) {
    for (const word of text.slice(start, end).match(/\p{L}[\p{L}\p{M}'-]{2,40}/gu) ?? []) known.set(word, confidence)
  }
  const lengths = new Set(Array.from(known.keys(), (word) => word.length))
  return capitals.flatMap(({ start, end }) => {
    const confidence = lengths.has(end - start) ? known.get(text.slice(start, end)) : undefined
    return confidence === undefined ? [] : [{ start, end, confidence }]
  })
}

/** What is judged: a text whose language is found out once, and only when it matters. */
interface Judged {
  readonly text: string
  isEnglish?: boolean
  canBeFrench?: boolean
}

function namesInAll(text: string, groups: readonly Capital[][]): Found[] {
  const judged: Judged = { text }
  return groups.flatMap((group) => namesIn(judged, group))
}

function namesIn(judged: Judged, given: readonly Capital[]): Found[] {
  const { text } = judged
  const group = given.map((capital) => inFrench(judged, capital))
  const [first] = group
  if (first === undefined || group.every(({ role }) => role === 'word' || role === 'never')) {
    return first === undefined ? [] : announced(text, group)
  }
  const announcedNames = announced(text, group)
  if (announcedNames.length > 0) return announcedNames
  const initial = startsSentence(text, first.start)
  return segments(group).flatMap((segment) =>
    judge(judged, segment, { initial: initial && segment[0] === first, group }),
  )
}

/** A word of French is no name where the text may be French. */
function inFrench(judged: Judged, capital: Capital): Capital {
  const { role, start, end } = capital
  if (role !== 'unknown' || !isFrenchWord(judged.text.slice(start, end).toLowerCase())) return capital
  judged.canBeFrench ??= canBeFrench(judged.text)
  return judged.canBeFrench ? { ...capital, role: 'word' } : capital
}

/** Names that the words before them announce may be any words: "Mr. Brown", "my name is Rose". */
function announced(text: string, group: readonly Capital[]): Found[] {
  const titleAt = group.findIndex(({ role }) => role === 'title')
  const after = group.slice(titleAt + 1)
  const [first] = after
  if (first === undefined) return []
  if ((titleAt < 0 && !isAnnounced(text, first)) || first.role === 'never') return []
  const known = after.findIndex(({ role }) => role === 'never')
  return [spanOf(after.slice(0, known === -1 ? 4 : Math.min(known, 4)), 0.9)]
}

function isAnnounced(text: string, { start, isPlain }: Capital): boolean {
  if (isPlain) return false
  const before = text.slice(Math.max(0, start - 30), start)
  return TITLE_BEFORE.test(before) || CUE_BEFORE.test(before)
}

/** Stretches of a group that can be one name: an ordinary word belongs to it only right after a first name or an initial. */
function segments(group: readonly Capital[]): Capital[][] {
  const result: Capital[][] = [[]]
  for (const [index, capital] of group.entries()) {
    const last = group[index - 1]
    const isSurname = last?.role === 'first' || (last?.role === 'initial' && index > 1)
    const breaks = capital.role === 'never' || capital.role === 'title' || (capital.role === 'word' && !isSurname)
    if (breaks) result.push([])
    else result.at(-1)?.push(capital)
  }
  return result.filter((segment) => segment.some(({ role }) => role !== 'initial'))
}

function judge(
  judged: Judged,
  segment: readonly Capital[],
  { initial, group }: { initial: boolean; group: readonly Capital[] },
): Found[] {
  const { text } = judged
  const has = (role: Capital['role']): boolean => segment.some((capital) => capital.role === role)
  if (segment.every(({ shouted, end, start }) => shouted && end - start < 4)) return []
  if (has('first')) return [spanOf(segment, segment.length > 1 ? 0.8 : 0.7)]
  if (segment.some(({ shouted }) => shouted)) return []
  if (has('ambiguous') && has('unknown')) return [spanOf(segment, 0.7)]
  const greeted = GREETING_BEFORE.test(text.slice(Math.max(0, startOf(segment) - 12), startOf(segment)))
  if (!has('unknown')) return greeted || (!initial && segment.length === group.length) ? [spanOf(segment, 0.6)] : []
  if (!initial || segment.length > 1) return [spanOf(segment, 0.5)]
  const end = segment.at(-1)?.end ?? 0
  if (WORDLIKE_ENDING.test(text.slice(startOf(segment), end))) return []
  return isInEnglish(judged) && SUBJECT_FOLLOWS.test(text.slice(end, end + 24)) ? [spanOf(segment, 0.5)] : []
}

/** First names, and what may be a surname after one, in a text without capitals. */
function uncapitalizedNames(text: string): Found[] {
  const found: Found[] = []
  for (const { 0: word, index: start } of matchesOf(text, /\p{Ll}[\p{L}\p{M}'-]{2,40}/gu)) {
    const end = start + word.replace(/'s$/, '').length
    const last = found.at(-1)
    const lower = text.slice(start, end)
    if (isNeverName(lower) || isOrdinaryWord(lower)) continue
    // In its place: a name of a thousand words would otherwise be a thousand names, each looked through.
    if (last !== undefined && /^ (?:[a-z]\.? )?$/.test(text.slice(last.end, start)))
      found[found.length - 1] = { start: last.start, end, confidence: 0.6 }
    else if (isFirstName(lower)) found.push({ start, end, confidence: 0.6 })
  }
  return found
}

function lowerCaseNames(text: string): Found[] {
  const found: Found[] = []
  for (const { 0: cue, index } of matchesOf(text, LOWER_CASE_CUE)) {
    const start = index + cue.length
    LOWER_CASE_NAME.lastIndex = start
    const { 0: match = '', 1: first = '', 2: second } = LOWER_CASE_NAME.exec(text) ?? []
    if (first === '' || !canBeName(first)) continue
    const end = start + (second !== undefined && canBeName(second) ? match : first).length
    found.push({ start, end, confidence: 0.8 })
  }
  return found
}

function canBeName(word: string): boolean {
  const lower = word.toLowerCase()
  return !isNeverName(lower) && (isFirstName(lower) || !isOrdinaryWord(lower))
}

function startsSentence(text: string, start: number): boolean {
  return /(?:^|[.!?:\n>\u2022*])[\s"'([\u00ab-]{0,8}$/.test(text.slice(Math.max(0, start - 9), start)) || start === 0
}

function isInEnglish(judged: Judged): boolean {
  judged.isEnglish ??= ENGLISH.test(judged.text) && !FRENCH.test(judged.text)
  return judged.isEnglish
}

function spanOf(segment: readonly Capital[], confidence: number): Found {
  return { start: startOf(segment), end: segment.at(-1)?.end ?? 0, confidence }
}

function startOf(segment: readonly Capital[]): number {
  return segment[0]?.start ?? 0
}
