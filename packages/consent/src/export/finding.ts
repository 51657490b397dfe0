/**
 * What can be wrong with a consent record that somebody sends.
 *
 * @module
 */

/**
 * Every code of a {@link RecordFinding}; append-only.
 *
 * | code | means |
 * | --- | --- |
 * | `too-long` | the document has more than 1,048,576 characters, or a text more than its member may |
 * | `not-json` | the text is not JSON |
 * | `duplicate-member` | an object names one member twice, in one spelling or in two that mean the same |
 * | `reserved-member` | an object has a member `__proto__` |
 * | `too-deep` | values lie more than 32 levels deep |
 * | `ill-formed-text` | a text holds a lone surrogate |
 * | `not-a-record` | the value is no object, or no single consent record or receipt is in its graph |
 * | `context-unusable` | `@context` is somewhere but at the top, or uses what is not read: imports, containers, reversals |
 * | `too-large` | references and inherited members unfold to more than 100,000 values |
 * | `missing-member` | a mandatory member is not there |
 * | `unknown-member` | a member is not in the profile; an import leaves it out and says so. A warning |
 * | `wrong-type` | a value is of another JSON type |
 * | `wrong-value` | a value is none of the allowed ones |
 * | `wrong-form` | a text does not have the form of its member: a term, an instant in UTC, a language |
 * | `too-few` | an array, object or text is emptier than it may be |
 * | `too-many` | an array is longer than it may be; for the whole document: a hundred errors, and it was not read further |
 * | `status-unknown` | a consent status that the vocabulary does not have |
 * | `status-ambiguous` | an event with no consent status, with two, or with two consent types |
 * | `consent-type-missing` | consent is given, and neither the event nor the legal basis says how it was expressed |
 * | `dangling-reference` | a party, notice or source is named that is not described |
 * | `duplicate-id` | two parties, notices or sources have one id |
 * | `time-impossible` | an instant, date or duration that no calendar has |
 * | `not-available` | a mandatory member says that it is not available. A warning |
 */
export type RecordFindingCode =
  | 'too-long'
  | 'not-json'
  | 'duplicate-member'
  | 'reserved-member'
  | 'too-deep'
  | 'ill-formed-text'
  | 'not-a-record'
  | 'context-unusable'
  | 'too-large'
  | 'missing-member'
  | 'unknown-member'
  | 'wrong-type'
  | 'wrong-value'
  | 'wrong-form'
  | 'too-few'
  | 'too-many'
  | 'status-unknown'
  | 'status-ambiguous'
  | 'consent-type-missing'
  | 'dangling-reference'
  | 'duplicate-id'
  | 'time-impossible'
  | 'not-available'

/** One thing that is wrong, without the value that is. */
export interface RecordFinding {
  readonly code: RecordFindingCode
  /** JSON Pointer (RFC 6901) into the strict form of the document; names that are in no format are `*`. */
  readonly path: string
  /** A record with errors is refused; warnings are for whoever wrote it. */
  readonly severity: 'error' | 'warning'
}
