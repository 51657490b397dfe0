/**
 * What a link is good for.
 *
 * @module
 */

/**
 * The tenant, survey and purpose a link belongs to. A link made for one scope does not open in any other.
 *
 * Each part is 1 to 128 bytes of UTF-8 without control characters and is compared byte for byte: no case folding, no
 * Unicode normalization. None has a default.
 */
export interface Scope {
  /** Whose respondents these are: one customer of the host. */
  readonly tenant: string
  /** The survey, or the wave of it. */
  readonly survey: string
  /** What opening the link permits, for instance `survey` or `withdraw`. */
  readonly purpose: string
}
