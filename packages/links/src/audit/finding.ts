/**
 * What an audit of URLs reports.
 *
 * @module
 */

import type { SpanKind } from '@surveyseal/core/recognize'

/**
 * What was found: a kind of `@surveyseal/core/recognize`, or
 *
 * - `customer-number`: a parameter that numbers a customer, member, patient or employee.
 * - `embedded-data`: a Qualtrics `Q_EED` blob, which is readable by anybody.
 * - `hashed-identifier`: a parameter that holds the hash of an e-mail address, a telephone number or a user.
 * - `known-subject`: a value of a known person, in clear or as MD5, SHA-1 or SHA-256.
 * - `userinfo`: a user name before the host.
 * - `insecure-transport`: `http:` to a host that is not loopback.
 * - `undecoded`: the value is nested deeper, or decodes to more, than the audit follows.
 *
 * @group Auditing
 */
export type FindingKind =
  | SpanKind
  | 'customer-number'
  | 'embedded-data'
  | 'hashed-identifier'
  | 'known-subject'
  | 'userinfo'
  | 'insecure-transport'
  | 'undecoded'

/**
 * A step that made a value readable.
 *
 * @group Auditing
 */
export type DecoderName =
  | 'percent'
  | 'base64'
  | 'hex'
  | 'jwt'
  | 'json'
  | 'url'
  | 'proofpoint'
  | 'merge-tag'
  | 'md5'
  | 'sha1'
  | 'sha256'

/**
 * One piece of personal data in a URL. Nothing in it repeats what was found.
 *
 * @group Auditing
 */
export interface Finding {
  /** What it is. */
  readonly kind: FindingKind
  /**
   * Where it is: `userinfo`, `path[2]`, `path[2];id`, `query.email`, `fragment`, and inside nested values `query.url > query.email`.
   * Parameters outside a fixed vocabulary are shown by position (`query[3]`), because a name can be personal data too.
   */
  readonly location: string
  /** What had to be decoded to read it, outermost first. */
  readonly decoded: readonly DecoderName[]
  /** Which of the known subjects it is, counted as in {@link indexSubjects}. */
  readonly row?: number
}
