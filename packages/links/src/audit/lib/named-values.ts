/**
 * Values that are personal data because their parameter's name says so.
 *
 * @module
 */

import { recognize } from '@surveyseal/core/recognize'
import { decodeEverything } from './decoders.js'
import type { NamedKind } from './parameter-names.js'
import { SIGN, signsOf } from './signs.js'

const NO_NAMES: ReadonlySet<string> = new Set(
  'true false yes no null undefined none unknown anonymous anonyme guest test default all any other na n/a on off redacted removed hidden'.split(
    ' ',
  ),
)

/** What a value must look like under each kind of name; kinds that show by themselves need no name and have no row here. */
const LOOKS: Readonly<Partial<Record<NamedKind, (value: string) => boolean>>> = {
  phone: (value) => /^[+(]?\d[\d ()./-]{4,24}$/.test(value) && countDigits(value) >= 6,
  'birth-date': (value) =>
    /^(?:19|20)\d{2}$/.test(value) ||
    /^\d{8}$/.test(value) ||
    recognize(`born ${value}`, { kinds: ['birth-date'] }).length > 0,
  'postal-address': (value) =>
    /\p{L}{2}/u.test(value) && /[\d ]/.test(value) && value.length >= 5 && !/[@:]/.test(value),
  'postal-code': (value) => /^[A-Z\d][A-Z\d -]{2,9}$/i.test(value) && /\d/.test(value),
  'national-id': (value) => /^[A-Z\d][A-Z\d ./-]{4,24}$/i.test(value) && countDigits(value) >= 5,
  coordinates: (value) => /^[+-]?\d{1,3}\.\d{2,20}(?:\s{0,3}[,;]\s{0,3}[+-]?\d{1,3}\.\d{2,20})?$/.test(value),
  'customer-number': (value) => /^[A-Z\d][A-Z\d ._/#-]{0,18}$/i.test(value) && /\d/.test(value),
  'embedded-data': (value) => holdsJson(value),
  'hashed-identifier': (value) =>
    /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[A-Za-z0-9+/_-]{22}|[A-Za-z0-9+/_-]{27}|[A-Za-z0-9+/_-]{43})={0,2}$/i.test(
      value,
    ),
}

/**
 * Says whether a value is what its name announces.
 *
 * @param kind - What the name announces.
 * @param value - The value, decoded, white space trimmed.
 * @param isBareName - The parameter is called just "name", which things have too.
 */
export function isNamedValue(kind: NamedKind, value: string, isBareName: boolean): boolean {
  if (kind !== 'name') return LOOKS[kind]?.(value) ?? false
  if (!/^\p{L}[\p{L}\p{M} .,'\u2019_+-]{1,60}$/u.test(value) || NO_NAMES.has(value.toLowerCase())) return false
  return !isBareName || recognize(`with ${value.replaceAll('_', ' ')}`, { kinds: ['name'] }).length > 0
}

/** As it stands, or in base64. */
function holdsJson(value: string): boolean {
  return decodeEverything(value, signsOf(value)).some(
    ({ decoder, text }) => decoder === 'json' || decodeEverything(text, signsOf(text) & SIGN.json).length > 0,
  )
}

function countDigits(text: string): number {
  return text.replace(/\D/g, '').length
}
