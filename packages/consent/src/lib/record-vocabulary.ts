/**
 * The words of the 27560 profile that this package has words for.
 *
 * @module
 */

import type { ConsentStatus } from '../consent-status.js'
import type { ConsentRecord, ConsentType, RecordReceipt } from '../export/consent-record.js'

/** Every status of DPV 2.3 by what it is called here. `dpv:ConsentTerminated` of the guide's text is in no vocabulary. */
export const STATES: Readonly<Record<ConsentStatus, string>> = {
  requested: 'dpv:ConsentRequested',
  deferred: 'dpv:ConsentRequestDeferred',
  given: 'dpv:ConsentGiven',
  renewed: 'dpv:RenewedConsentGiven',
  refused: 'dpv:ConsentRefused',
  withdrawn: 'dpv:ConsentWithdrawn',
  revoked: 'dpv:ConsentRevoked',
  expired: 'dpv:ConsentExpired',
  invalidated: 'dpv:ConsentInvalidated',
  unknown: 'dpv:ConsentUnknown',
}

/** Every consent type of DPV 2.3 by what it is called here. */
export const CONSENT_TYPES: Readonly<Record<ConsentType, string>> = {
  explicit: 'dpv:ExplicitlyExpressedConsent',
  expressed: 'dpv:ExpressedConsent',
  implied: 'dpv:ImpliedConsent',
  informed: 'dpv:InformedConsent',
  uninformed: 'dpv:UninformedConsent',
}

const PROFILE = 'https://w3id.org/dpv/schema/dpv-27560#'

/** `dct:conformsTo` of records. */
export const PROFILES: Readonly<Record<ConsentRecord['profile'], string>> = {
  record: `${PROFILE}record`,
  'record-eu-gdpr': `${PROFILE}record-eu-gdpr`,
  'record-2': `${PROFILE}record-2`,
}

/** `dct:conformsTo` of receipts; the guide's section 2 calls the first one `receipt-record`. */
export const RECEIPT_PROFILES: Readonly<Record<RecordReceipt['profile'], string>> = {
  receipt: `${PROFILE}receipt`,
  'receipt-record': `${PROFILE}receipt-record`,
  'receipt-eu-gdpr': `${PROFILE}receipt-eu-gdpr`,
}
