/**
 * Where each kind of personal data can stand in a text.
 *
 * @module
 */

import type { SpanKind } from '../span.js'

/** Every kind has its place in arrays. */
export const KIND: Readonly<Record<SpanKind, number>> = {
  email: 0,
  url: 1,
  iban: 2,
  card: 3,
  'national-id': 4,
  ip: 5,
  coordinates: 6,
  'birth-date': 7,
  phone: 8,
  'postal-address': 9,
  'postal-code': 10,
  name: 11,
}

/** For each kind the first and the last place where something tells that it can be there. */
export interface Places {
  /** Bits by {@link KIND}: what has a place at all. */
  kinds: number
  readonly first: Int32Array
  readonly last: Int32Array
}

/** Places of no kind. */
export function createPlaces(): Places {
  return { kinds: 0, first: new Int32Array(12), last: new Int32Array(12) }
}

/** Notes that a kind can stand from `from` to `to`, which come in any order. */
export function mark(places: Places, kind: number, from: number, to: number): void {
  const bit = 1 << kind
  if ((places.kinds & bit) === 0) {
    places.kinds |= bit
    places.first[kind] = from
    places.last[kind] = to
    return
  }
  if (from < (places.first[kind] ?? 0)) places.first[kind] = from
  if (to > (places.last[kind] ?? 0)) places.last[kind] = to
}
