/**
 * What a request about a link came to.
 *
 * @module
 */

/**
 * Every answer of the handlers says one of these, in the member `outcome` of its JSON; append-only.
 *
 * - `usable` (200): the link can be answered; a claim also gives the idempotency key.
 * - `kept` (200): the answer is kept, by this request or by an earlier one with the same key.
 * - `unknown` (404): malformed, forged, foreign, sealed under a revoked key or never issued, all alike.
 * - `used`, `expired`, `revoked` (410): the link was good once.
 * - `not-yet-valid` (403): it will be good later.
 * - `answer-refused` (422): the host did not accept the answer; the link and the key are as good as before.
 * - `cross-site` (403): another site made the browser send this.
 * - `no-gesture` (403): the host's check says that no person asked for this.
 * - `malformed` (400): the body cannot be read, or lacks something.
 * - `key-invalid` (400): a submission without a usable idempotency key, or with two.
 * - `method-not-allowed` (405), `too-large` (413), `unsupported-type` (415): as in HTTP.
 * - `rate-limited` (429): the host's limit; `Retry-After` says for how long.
 * - `unavailable` (503): something failed; nothing was kept in part, and the same request may be sent again.
 */
export type LinkOutcome =
  | 'usable'
  | 'kept'
  | 'unknown'
  | 'used'
  | 'expired'
  | 'revoked'
  | 'not-yet-valid'
  | 'answer-refused'
  | 'cross-site'
  | 'no-gesture'
  | 'malformed'
  | 'key-invalid'
  | 'method-not-allowed'
  | 'too-large'
  | 'unsupported-type'
  | 'rate-limited'
  | 'unavailable'

/** Outcomes that are not what was asked for. */
export type LinkProblem = Exclude<LinkOutcome, 'usable' | 'kept'>
