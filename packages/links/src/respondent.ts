/**
 * The host's own reference to an invitee.
 *
 * @module
 */

/**
 * An opaque reference to an invitee, given back exactly as it came.
 *
 * Text is 1 to 64 bytes of UTF-8 without control characters and lone surrogates; a canonical UUID or an unsigned
 * decimal number below 2^64 makes the shortest links. Bytes are 1 to 64 of them. It must identify nobody outside the
 * host's own systems: what looks like an e-mail address or a telephone number is refused.
 */
export type Respondent = string | Uint8Array

/**
 * Option key that lets a respondent reference look like an e-mail address or a telephone number.
 *
 * Sealed links encrypt the reference and opaque links leave it out, yet it also reaches storage, exports and logs.
 *
 * @deprecated To make it stand out as something you shouldn't use.
 */
export const allowPersonalRespondent: unique symbol = Symbol('allowPersonalRespondent')

/** What every call that takes a respondent reference accepts. */
export interface RespondentOptions {
  /** @deprecated To make it stand out as something you shouldn't use. See {@link allowPersonalRespondent}. */
  readonly [allowPersonalRespondent]?: true
}
