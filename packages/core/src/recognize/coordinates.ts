/**
 * Geographic positions.
 *
 * @module
 */

import { matchesIn } from './lib/matches.js'
import type { Found, Recognizer } from './recognizer.js'

const DECIMAL = /(?<![\d.])[+-]?(\d{1,2}\.\d{3,15})\s{0,3}[,;/ ]\s{0,3}[+-]?(\d{1,3}\.\d{3,15})(?![\d.])/g
const SEXAGESIMAL =
  /(?<!\d)\d{1,2}\s?[\u00b0\u00ba]\s?\d{1,2}\s?['\u2032]\s?(?:\d{1,2}(?:\.\d{1,6})?\s?(?:["\u2033]|'')\s?)?[NS][,; ]{0,3}\d{1,3}\s?[\u00b0\u00ba]\s?\d{1,2}\s?['\u2032]\s?(?:\d{1,2}(?:\.\d{1,6})?\s?(?:["\u2033]|'')\s?)?[EWO]/g

/** Latitude and longitude: three decimals or more (about 100 m), or degrees, minutes and a hemisphere. */
export const coordinates: Recognizer = {
  reach: [12, 64],
  find(stretch) {
    const found: Found[] = []
    for (const { 0: match, 1: latitude, 2: longitude, index } of matchesIn(stretch, DECIMAL)) {
      if (Number(latitude) <= 90 && Number(longitude) <= 180) {
        found.push({ start: index, end: index + match.length, confidence: 0.8 })
      }
    }
    for (const { 0: match, index } of matchesIn(stretch, SEXAGESIMAL)) {
      found.push({ start: index, end: index + match.length, confidence: 0.95 })
    }
    return found
  },
}
