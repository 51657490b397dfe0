/**
 * The way out of a step that cannot go on.
 *
 * @module
 */

import type { LinkProblem } from '../link-outcome.js'

/** Thrown inside the handlers and caught by them. */
export class Stopped extends Error {
  readonly outcome: LinkProblem
  readonly headers: Readonly<Record<string, string>>

  constructor(outcome: LinkProblem, headers: Readonly<Record<string, string>> = {}) {
    super(outcome)
    this.outcome = outcome
    this.headers = headers
  }
}
