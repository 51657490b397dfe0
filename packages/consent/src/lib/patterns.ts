/**
 * What names and digests look like.
 *
 * @module
 */

/** Names a purpose, survey, notice, version or practice: short, ASCII, and nothing a person could be found by. */
export const IDENTIFIER: RegExp = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/

/** A subset of BCP 47 wide enough for the language, script, region and variants of a notice. */
export const LANGUAGE: RegExp = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/

/** 32 bytes in canonical base64url: the last character carries four bits. */
export const DIGEST: RegExp = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/** A controller's or a key's identifier: printable ASCII without spaces. */
export const NAME: RegExp = /^[\x21-\x7e]{1,255}$/
