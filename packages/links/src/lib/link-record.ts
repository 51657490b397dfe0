/**
 * The rows of links.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { Invitation } from '../link-service/invitation.js'
import type { ResolvedLink } from '../link-service/link-state.js'
import type { LinkRecord } from '../link-store.js'
import { instantArgument, integerArgument, serialArgument } from './arguments.js'
import type { PepperedKey } from './link-keys.js'
import { toReference } from './reference.js'
import { textArgument } from './text.js'

/** The most bytes the name of a cohort or batch may have. */
export const MAX_COHORT_BYTES = 128

/** What every engine's 4-byte integers hold. */
const MAX_USES = 2 ** 31 - 1

/** Makes the row of a new link; respondent and batch were checked before. */
export function invitationRecord(key: PepperedKey, invitation: Invitation, batch: string | null): LinkRecord {
  const { respondent, serial = 0, cohort = null, uses = 1, notBefore, expiresAt } = invitation
  if (cohort !== null) textArgument(cohort, 'cohort', MAX_COHORT_BYTES)
  const validFrom = notBefore === undefined ? null : instantArgument(notBefore, 'notBefore')
  const validUntil = expiresAt === undefined ? null : instantArgument(expiresAt, 'expiresAt')
  if (validFrom !== null && validUntil !== null && validFrom >= validUntil) {
    throw invalidArgumentValue('notBefore', 'an instant before "expiresAt"')
  }
  return {
    ...key,
    respondent: toReference(respondent),
    serial: serialArgument(serial),
    cohort,
    batch,
    usesLeft: integerArgument(uses, 'uses', 1, MAX_USES),
    validFrom,
    validUntil,
    revokedAt: null,
  }
}

/**
 * Makes the row of a link that says itself how long it is valid, and is good for one use. The row's own end is for purging:
 * whether such a link is valid is read from the link.
 */
export function selfContainedRecord(
  key: PepperedKey,
  { respondent, serial, cohort, expiresAt }: Pick<ResolvedLink, 'respondent' | 'serial' | 'cohort' | 'expiresAt'>,
): LinkRecord {
  return {
    ...key,
    respondent: toReference(respondent),
    serial,
    cohort,
    batch: null,
    usesLeft: 1,
    validFrom: null,
    validUntil: expiresAt?.getTime() ?? null,
    revokedAt: null,
  }
}
