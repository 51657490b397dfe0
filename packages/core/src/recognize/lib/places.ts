/**
 * Where each kind of personal data can stand in a text.
 *
 * @module
 */

/** What can have a place, in the order of the recognizers: kinds, and other spellings that are looked for by themselves. */
export const PLACE = {
  email: 0,
  spelledEmail: 1,
  url: 2,
  iban: 3,
  card: 4,
  'national-id': 5,
  ip: 6,
  ipv6: 7,
  coordinates: 8,
  'birth-date': 9,
  phone: 10,
  'postal-address': 11,
  'postal-code': 12,
  name: 13,
} as const

/** For each of them the first and the last place where something tells that it can be there. */
export interface Places {
  /** Bits by {@link PLACE}: what is looked for. */
  readonly wanted: number
  /** Bits by {@link PLACE}: what has a place at all. */
  kinds: number
  readonly first: number[]
  readonly last: number[]
}

/** No places yet. */
export function createPlaces(wanted: number): Places {
  // Grown one by one, they would cost more than all the looking.
  return {
    wanted,
    kinds: 0,
    first: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    last: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  }
}

/** Notes that a kind can stand from `from` to `to`, which come in any order. */
export function mark(places: Places, kind: number, from: number, to: number): void {
  const bit = 1 << kind
  if ((places.wanted & bit) === 0) return
  if ((places.kinds & bit) === 0) {
    places.kinds |= bit
    places.first[kind] = from
    places.last[kind] = to
    return
  }
  if (from < (places.first[kind] ?? 0)) places.first[kind] = from
  if (to > (places.last[kind] ?? 0)) places.last[kind] = to
}
