/**
 * Cutting invitations into what one call of the store takes.
 *
 * @module
 */

import type { Invitation } from '../link-service/invitation.js'
import type { RespondentOptions } from '../respondent.js'
import { respondentArgument } from './arguments.js'
import { toReference } from './reference.js'

/** Rows written by one call of the store. */
const BATCH = 500

/** Checks respondents, and never gives one respondent and serial twice in a batch: the second must find the first stored. */
export async function* invitationBatches<T extends Invitation>(
  invitations: Iterable<T> | AsyncIterable<T>,
  respondents: RespondentOptions,
): AsyncGenerator<readonly T[]> {
  const batch = new Map<string, T>()
  for await (const invitation of invitations) {
    respondentArgument(invitation.respondent, respondents)
    const identity = `${invitation.serial ?? 0} ${toReference(invitation.respondent)}`
    if (batch.size === BATCH || batch.has(identity)) {
      yield [...batch.values()]
      batch.clear()
    }
    batch.set(identity, invitation)
  }
  if (batch.size > 0) yield [...batch.values()]
}
