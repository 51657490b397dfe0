/**
 * The part of the link store that keeps partial answers.
 *
 * @module
 */

import type { LinkKey } from './link-store.js'

/** A partial answer, encrypted by the service: the store cannot read it. */
export interface Draft {
  readonly body: Uint8Array
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly savedAt: number
}

/** Storage of partial answers of one tenant. */
export interface DraftStore {
  /**
   * Keeps the draft of a link that has a use left and is not revoked, in place of an earlier one; tells whether it did. What
   * spends or revokes the link meanwhile waits for the transaction, or has come first: no draft outlives its link.
   */
  saveDraft(key: LinkKey, draft: Draft): Promise<boolean>
  /** Reads the draft of a link; changes nothing. */
  findDraft(key: LinkKey): Promise<Draft | null>
  /** Removes the draft of a link, if it has one. */
  dropDraft(key: LinkKey): Promise<void>
}
