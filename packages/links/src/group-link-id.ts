/**
 * Opaque ids for paper.
 *
 * @module
 */

import { decodeCrockford, encodeCrockford } from './lib/crockford.js'
import { malformedLink } from './lib/token.js'

/**
 * Spells an opaque id of a service with `ids: 'crockford'` in groups, for letters and telephones.
 *
 * Reading forgives case, `O` for `0`, `I` and `L` for `1`, spaces and dashes; the last character tells every single wrong
 * character and every two neighbours that changed places. Nothing is looked up: a well-formed id need not exist.
 *
 * @example
 * From what somebody typed to what is printed.
 *
 * ```ts
 * import { groupLinkId } from '@surveyseal/links'
 *
 * groupLinkId('obkxn 3wmej 9j79t 2kzdw qkr6j nm') // '0BKX-N3WM-EJ9J-79T2-KZDW-QKR6-JNM'
 * ```
 *
 * @param id - The id in any spelling that reading forgives.
 * @returns 27 characters in groups of four, the last of three.
 * @throws {@link LinkError} `ERR_LINK_MALFORMED` when it is none, or mistyped.
 */
export function groupLinkId(id: string): string {
  const bytes = typeof id === 'string' ? decodeCrockford(id) : null
  const token = bytes && encodeCrockford(bytes)
  if (token === null) throw malformedLink()
  return token.replace(/.{4}(?=.)/g, '$&-')
}
