/**
 * What a store keeps instead of an invitee: docs/formats/unlinkable-token.md, "Stored digests".
 *
 * @module
 */

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { respondentArgument } from '../../lib/arguments.js'
import { encodeBase64url } from '../../lib/base64url.js'
import { lengthPrefixed } from '../../lib/derive.js'
import { allowPersonalRespondent, type Respondent } from '../../respondent.js'
import type { WaveScope } from '../wave.js'
import { waveContext } from './token.js'

const PERSON_LABEL = 'SurveySeal unlinkable invitee'
const CHECK_LABEL = 'SurveySeal wave pepper check'
const MIN_PEPPER_BYTES = 32

/** Digests of one wave; the pepper stays inside. */
export class PersonDigests {
  readonly #pepper: Uint8Array
  readonly #context: Uint8Array

  constructor(scope: WaveScope, pepper: Uint8Array) {
    if (!(pepper instanceof Uint8Array)) throw invalidArgumentType('pepper', 'Uint8Array', pepper)
    if (pepper.length < MIN_PEPPER_BYTES) throw invalidArgumentValue('pepper', 'at least 32 bytes')
    this.#pepper = Uint8Array.from(pepper)
    this.#context = waveContext(scope)
  }

  /** Of a person, whatever link they come with. */
  of(respondent: Respondent): string {
    const { type, bytes } = respondentArgument(respondent, { [allowPersonalRespondent]: true })
    return this.#digest(PERSON_LABEL, [Uint8Array.of(type), bytes])
  }

  /** Tells whether another process has the same pepper, and nothing else about it. */
  check(): string {
    return this.#digest(CHECK_LABEL, [])
  }

  #digest(label: string, parts: readonly Uint8Array[]): string {
    const message = lengthPrefixed([new TextEncoder().encode(label), this.#context, ...parts])
    return encodeBase64url(hmac(sha256, this.#pepper, message))
  }
}
