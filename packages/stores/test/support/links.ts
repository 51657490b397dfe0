import type { LinkRecord } from '@surveyseal/links'

/** A link with one use and no limits, changed where a test says so. */
export function linkRecord(digest: string, changes: Partial<LinkRecord> = {}): LinkRecord {
  return {
    survey: 'nps',
    purpose: 'survey',
    digest,
    pepperId: 'pepper',
    respondent: `respondent of ${digest}`,
    serial: 0,
    cohort: null,
    batch: null,
    usesLeft: 1,
    validFrom: null,
    validUntil: null,
    revokedAt: null,
    ...changes,
  }
}
