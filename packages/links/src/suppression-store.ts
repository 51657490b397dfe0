/**
 * The part of the link store that remembers who must not get or use links.
 *
 * @module
 */

/**
 * What a suppression is about.
 *
 * - `erased`: a person, in every survey of the tenant.
 * - `respondent`, `cohort`: a person or a cohort in one survey and purpose.
 * - `survey`: all of one survey and purpose.
 */
export type SuppressionKind = 'erased' | 'respondent' | 'cohort' | 'survey'

/** One suppression under one pepper: a keyed digest, from which nobody without the pepper learns whom it is about. */
export interface Suppression {
  /** Keyed digest of whom or what it is about: 43 characters of base64url. */
  readonly digest: string
  readonly pepperId: string
  /** Random; the same for the rows that one suppression has under several peppers. */
  readonly entry: string
  readonly kind: SuppressionKind
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly addedAt: number
}

/** How many suppressions of a kind there are. */
export interface SuppressionCount {
  readonly kind: SuppressionKind
  readonly entries: number
  /** Those of them that have no row under any of the peppers asked about. */
  readonly unreachable: number
}

/** Which suppressions to remove: those with a row of these digests, or those of a kind that are old enough. */
export type SuppressionSelector =
  | { readonly digests: readonly string[] }
  | { readonly kind: SuppressionKind; readonly addedBefore: number }

/** Storage of the suppression list of one tenant. */
export interface SuppressionStore {
  /** Adds rows that are not there yet; a row whose digest is present is left as it is. */
  suppress(rows: readonly Suppression[]): Promise<void>
  /** Reads the rows with these digests, in any order; changes nothing. */
  suppressed(digests: readonly string[]): Promise<readonly Suppression[]>
  /**
   * Tells which of these digests have a row, and sees to it that of the others none gets one until the transaction ends that this
   * is part of: whoever adds one waits for its end, and this waits for whoever is adding one. Leaves nothing behind.
   */
  withhold(digests: readonly string[]): Promise<readonly string[]>
  /** Counts suppressions by kind, in any order, kinds without any left out. `pepperIds` has one id at least. */
  countSuppressions(pepperIds: readonly string[]): Promise<readonly SuppressionCount[]>
  /** Removes suppressions with all of their rows; returns how many suppressions. */
  unsuppress(selector: SuppressionSelector): Promise<number>
}
