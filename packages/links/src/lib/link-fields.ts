/**
 * From the content of a link, checked, to a token that waits for its seal.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { LinkFields } from '../link-context.js'
import type { RespondentOptions } from '../respondent.js'
import { instantArgument, respondentArgument, serialArgument } from './arguments.js'
import {
  decodePayload,
  isLanguageTag,
  isPlainUuid,
  MAX_EXPIRY,
  MAX_UINT32,
  type Payload,
  writePayload,
} from './payload.js'
import type { EncodedRespondent } from './respondent-codec.js'
import { TOKEN_TEXT, writeTokenHeader } from './token.js'

/** The content of a link, every value in range. */
export interface LinkContent extends Omit<Payload, 'respondent'> {
  readonly respondent: EncodedRespondent
}

/** Checks what a link is to carry. */
export function contentArgument(fields: LinkFields, options: RespondentOptions): LinkContent {
  const respondent = respondentArgument(fields.respondent, options)
  const expiresAt = Math.floor(instantArgument(fields.expiresAt, 'expiresAt') / 1000)
  if (expiresAt < 0 || expiresAt > MAX_EXPIRY) throw invalidArgumentValue('expiresAt', 'an instant from 1970 to 2514')
  const notBefore = notBeforeArgument(fields.notBefore, expiresAt)
  const serial = serialArgument(fields.serial ?? 0)
  const language = languageArgument(fields.language)
  return { respondent, expiresAt, notBefore, serial, language }
}

/** Writes header and plaintext, with room for the synthetic IV between them, and gives the end. */
export function writeDraft(
  target: Uint8Array,
  start: number,
  keyId: number,
  fields: LinkFields,
  options: RespondentOptions,
): number {
  const content = contentArgument(fields, options)
  writeTokenHeader(target, start, keyId)
  return writePayload(target, start + TOKEN_TEXT, content, content.respondent)
}

/** Does the same for a plaintext that the caller packed. */
export function writePackedDraft(
  target: Uint8Array,
  keyId: number,
  payload: Uint8Array,
  options: RespondentOptions,
): number {
  if (!(payload instanceof Uint8Array)) throw invalidArgumentType('payload', 'Uint8Array', payload)
  if (!isPlainUuid(payload, 0, payload.length)) {
    const content = decodePayload(payload, 0, payload.length)
    if (content === null) throw invalidArgumentValue('payload', 'a plaintext of the sealed link')
    respondentArgument(content.respondent, options)
  }
  writeTokenHeader(target, 0, keyId)
  target.set(payload, TOKEN_TEXT)
  return TOKEN_TEXT + payload.length
}

function notBeforeArgument(notBefore: Date | undefined, expiresAt: number): number | null {
  if (notBefore === undefined) return null
  const seconds = Math.ceil(instantArgument(notBefore, 'notBefore') / 1000)
  if (seconds < 0 || seconds >= expiresAt || expiresAt - seconds > MAX_UINT32) {
    throw invalidArgumentValue('notBefore', 'an instant before "expiresAt", by at most 2^32 - 1 seconds')
  }
  return seconds
}

function languageArgument(language: string | undefined): string | null {
  if (language === undefined) return null
  if (typeof language !== 'string') throw invalidArgumentType('language', 'string', language)
  if (!isLanguageTag(language)) throw invalidArgumentValue('language', 'a BCP 47 tag of at most 35 characters')
  return language
}
