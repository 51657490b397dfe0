import type { Change, TechniqueId } from '../anonymize.js'
import type { Text } from '../lib/text.js'
import type { SubjectMatch } from '../recognize.js'

/**
 * How a found thing relates to the person.
 *
 * - `subject`: a record of the person.
 * - `mention`: somebody else's record that names them; only the name of the person goes.
 * - `dependent`: not a record, but something that hangs on the person's reference: links, consent. It goes with a record.
 */
export type ErasureRelation = 'subject' | 'mention' | 'dependent'

/** What would be done to one field. Values are masked; names that only the records know do not appear. */
export interface ErasureChange {
  readonly field: string
  readonly technique: TechniqueId
  /** A rule of the policy, no rule at all, or the identifier that stood in a value the policy keeps. */
  readonly because: Change['because'] | 'identifier'
  readonly count: number
  readonly warning?: string
  /** Enough of the values to recognise them, not to copy them; none where no rule names the field. */
  readonly before: readonly string[]
  /** What takes their place; `null` for values that are left out. */
  readonly after: string | null
}

/** Something outside of the target that shows a part of a record and has to be told. */
export type ErasureNotice = 'review' | 'reply'

/** What a target does to one record. A journal may keep it until everything is done. */
export interface ErasureStep {
  /** Names the record within its target. Not personal data. */
  readonly id: string
  /** The fingerprint of the record that was seen. */
  readonly before: string
  /** JSON that the target needs for the step, such as what is left of the record. */
  readonly after: unknown
}

/** A record that was found, and what would be done to it. */
export interface ErasureItem extends ErasureStep {
  readonly relation: ErasureRelation
  readonly changes: readonly ErasureChange[]
  readonly warnings: readonly string[]
  /** What other targets know the person by, such as a respondent's reference. */
  readonly references: readonly string[]
  readonly notices: readonly ErasureNotice[]
}

/** Gives a salted digest of a JSON value; the order of an object's members does not matter. */
export type Fingerprint = (value: unknown) => Promise<string>

/** Somebody else's record as the policy would leave it. */
export interface OtherPersonRecord {
  readonly person: string
  readonly record: Readonly<Record<string, unknown>>
}

/** What a target may use while it does a step. */
export interface ErasureStepTools {
  readonly fingerprint: Fingerprint
  /**
   * Keeps what others have to be told of the step within the target's transaction, the handle of which it is given. A target
   * that has none, or does not call it, is told about after the step. Call it again when the transaction is tried again.
   */
  tell(tx: unknown): Promise<void>
}

/** Whom to look for. */
export interface ErasureSearch {
  readonly subject: SubjectMatch
  /** The references that the targets before this one found. */
  readonly references: readonly string[]
  readonly fingerprint: Fingerprint
  /** Wanted for the residual verdict, and absent otherwise. */
  readonly onOther?: (other: OtherPersonRecord) => void
}

/**
 * Where something about a person is kept: a table, a file, links, consent, another system.
 *
 * A host implements it for its own data; {@link recordTarget} makes one of anything that reads and replaces records.
 */
export interface ErasureTarget {
  /** Names the target in plans and journals; stable, and no other target's. */
  readonly name: string
  /** The digest of the policy that decides what is left, for the certificate. */
  policyDigest?(): Promise<string>
  /**
   * Looks everywhere and changes nothing. What was erased is not found again, also not under references that are known still:
   * it is asked once more when everything is done.
   */
  find(search: ErasureSearch): Promise<readonly ErasureItem[]>
  /**
   * Does one step, wholly or not at all, durably when the promise is fulfilled. Doing it again changes nothing.
   *
   * @throws {@link ErasureError} `ERR_ERASURE_DATA_CHANGED` when the record is neither what was seen nor what is to be left.
   */
  erase(step: ErasureStep, tools: ErasureStepTools): Promise<void>
  /**
   * Makes what was erased unreadable on the medium, as far as it can.
   *
   * @returns What it cannot: backups, replicas, pages that a database reuses later.
   */
  finish?(): Promise<readonly Text[]>
}
