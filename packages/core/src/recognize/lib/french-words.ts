/**
 * Ordinary words of French, which are asked about in texts that are not English.
 *
 * @module
 */

import { FRENCH_VOCABULARY } from '../data/french-words.js'
import { openWordFilter, type WordFilter } from './word-filter.js'
import { hashWord } from './word-hash.js'

const isInVocabulary: WordFilter = /* @__PURE__ */ openWordFilter(FRENCH_VOCABULARY)

const ENGLISH =
  /\b(?:the|and|is|was|to|of|my|you|it|for|with|this|that|have|had|not|are|what|your|he|she|his|her|they|we|at|from|by)\b/gi
const FRENCH =
  /\b(?:le|la|les|des|est|une|un|je|et|pas|vous|dans|pour|que|qui|avec|du|au|aux|en|ne|se|ce|sur|mon|ma|mes|tres|etait|nous|il|elle|ou|mais|plus)\b|\b(?:[cdjlmnst]|qu)'/gi

/** Whether a folded text has no more words of English grammar than of French. */
export function canBeFrench(text: string): boolean {
  return (text.match(ENGLISH)?.length ?? 0) <= (text.match(FRENCH)?.length ?? 0)
}

/** Whether a folded lower-case word is in the vocabulary, or its singular is. */
export function isFrenchWord(word: string): boolean {
  return isInVocabulary(hashWord(word)) || (/[^s]s$/.test(word) && isInVocabulary(hashWord(word.slice(0, -1))))
}
