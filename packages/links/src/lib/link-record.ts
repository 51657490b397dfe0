/**
 * The rows of links.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { Invitation, ResolvedLink } from '../link-service.js'
import type { LinkRecord } from '../link-store.js'
import { instantArgument, integerArgument, serialArgument } from './arguments.js'
import type { PepperedKey } from './link-keys.js'
import { toReference } from './reference.js'
import { textArgument } from './text.js'

/** The most bytes the name of a cohort may have. */
export const MAX_COHORT_BYTES = 128

/** What every engine's 4-byte integers hold. */
const MAX_USES = 2 ** 31 - 1

/** Makes the row of a new opaque link; the respondent was checked before. */
export function opaqueRecord(key: PepperedKey, invitation: Invitation): LinkRecord {
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
    batch: null,
    usesLeft: integerArgument(uses, 'uses', 1, MAX_USES),
    validFrom,
    validUntil,
    revokedAt: null,
  }
}

/** Makes the row of a sealed link, which is good for one use. */
export function sealedRecord(
  key: PepperedKey,
  link: Pick<ResolvedLink, 'respondent' | 'serial' | 'notBefore' | 'expiresAt'>,
): LinkRecord {
  return {
    ...key,
    respondent: toReference(link.respondent),
    serial: link.serial,
    cohort: null,
    batch: null,
    usesLeft: 1,
    validFrom: link.notBefore?.getTime() ?? null,
    validUntil: link.expiresAt?.getTime() ?? null,
    revokedAt: null,
  }
}
