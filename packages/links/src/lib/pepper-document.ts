/**
 * The rules of a pepper file.
 *
 * @module
 */

import { LinkError } from '../errors.js'
import type { Pepper, PepperRing } from '../link-service/pepper-ring.js'
import { decodeBase64url } from './base64url.js'
import { pepperArgument } from './digest.js'
import { parseJson, repeatsMember } from './json.js'
import { isObject } from './keyring-document.js'

/** Checks the whole text of a pepper file. */
export function readPeppers(text: string): PepperRing {
  const document = parseJson(text)
  if (!isObject(document)) throw invalidPeppers('it is not a JSON object')
  if (repeatsMember(text)) throw invalidPeppers('an object names one member twice')
  const { version, current, others = [] } = document
  if (version !== 1) throw invalidPeppers('version is not 1')
  if (!Array.isArray(others)) throw invalidPeppers('others is not a list')
  const ring = { current: readPepper(current), others: others.map(readPepper) }
  return checked(ring)
}

function readPepper(pepper: unknown): Pepper {
  const { id, secret } = isObject(pepper) ? pepper : {}
  const bytes = typeof secret === 'string' ? decodeBase64url(secret) : null
  if (typeof id !== 'string' || bytes === null) throw invalidPeppers('a pepper is not an id and a base64url secret')
  return { id, secret: bytes }
}

/** The rules of a ring are told as those of its file. */
function checked(ring: PepperRing): PepperRing {
  try {
    pepperArgument(ring)
    return ring
  } catch {
    throw invalidPeppers('ids are 1 to 64 printable ASCII characters, secrets have at least 32 bytes, and both differ')
  }
}

/** The refusal of a pepper file; the rule never quotes a value. */
export function invalidPeppers(rule: string): LinkError {
  return new LinkError('ERR_LINK_PEPPER_FILE_INVALID', `the pepper file is refused: ${rule}`)
}
