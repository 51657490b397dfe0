/**
 * The way out of a step that cannot go on.
 *
 * @module
 */

import type { ConsentOutcome } from '../consent-handlers.js'

/** Thrown inside the handlers and caught by them. */
export class Stopped extends Error {
  readonly outcome: ConsentOutcome
  readonly headers: Readonly<Record<string, string>>

  constructor(outcome: ConsentOutcome, headers: Readonly<Record<string, string>> = {}) {
    super(outcome)
    this.outcome = outcome
    this.headers = headers
  }
}
