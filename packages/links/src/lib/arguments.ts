/**
 * Checks of what callers hand to sealing and issuing.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { LinkError } from '../errors.js'
import { allowPersonalRespondent, type Respondent, type RespondentOptions } from '../respondent.js'
import { MAX_UINT32 } from './payload.js'
import { looksPersonal } from './personal-data.js'
import { type EncodedRespondent, encodeRespondent, MAX_RESPONDENT_BYTES, mayBePersonal } from './respondent-codec.js'

/** Encodes a respondent reference that is usable and, unless overridden, not personal. */
export function respondentArgument(respondent: Respondent, options: RespondentOptions): EncodedRespondent {
  if (typeof respondent !== 'string' && !(respondent instanceof Uint8Array)) {
    throw invalidArgumentType('respondent', 'string or Uint8Array', respondent)
  }
  const encoded = encodeRespondent(respondent)
  if (encoded === null) {
    throw invalidArgumentValue('respondent', `1 to ${MAX_RESPONDENT_BYTES} bytes, text without control characters`)
  }
  if (mayBePersonal(encoded) && options[allowPersonalRespondent] !== true && looksPersonal(respondent)) {
    throw new LinkError('ERR_LINK_RESPONDENT_PERSONAL_DATA', 'the respondent reference looks like personal data')
  }
  return encoded
}

/** Checks that a value is a valid instant and gives its milliseconds. */
export function instantArgument(value: Date, name: string): number {
  if (!(value instanceof Date)) throw invalidArgumentType(name, 'Date', value)
  const time = value.getTime()
  if (Number.isNaN(time)) throw invalidArgumentValue(name, 'a valid Date')
  return time
}

/** Checks a serial. */
export function serialArgument(serial: number): number {
  return integerArgument(serial, 'serial', 0, MAX_UINT32)
}

/** Checks that a value is an integer in a range. */
export function integerArgument(value: number, name: string, least: number, most: number): number {
  if (typeof value !== 'number') throw invalidArgumentType(name, 'number', value)
  if (!Number.isInteger(value) || value < least || value > most) {
    throw invalidArgumentValue(name, `an integer from ${least} to ${most}`)
  }
  return value === 0 ? 0 : value
}
