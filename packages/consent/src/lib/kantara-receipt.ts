/**
 * What a Kantara Consent Receipt 1.1 holds.
 *
 * @module
 */

import type { ConsentType, RecordAddress } from '../export/consent-record.js'

/** What a receipt says where there is nothing to say, as the specification's example does. */
export const NOT_STATED = 'N/A'

/** A Kantara Consent Receipt 1.1. */
export interface KantaraReceipt {
  readonly version: string
  readonly jurisdiction: string
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly consentTimestamp: number
  readonly collectionMethod: string
  readonly consentReceiptID: string
  readonly publicKey?: string
  readonly language?: string
  readonly piiPrincipalId: string
  readonly piiControllers: readonly KantaraController[]
  readonly policyUrl: string
  readonly services: readonly { readonly service: string; readonly purposes: readonly KantaraPurpose[] }[]
  readonly sensitive: boolean
  readonly spiCat: readonly string[]
}

/** Who decides on the processing. */
export interface KantaraController {
  readonly piiController: string
  readonly onBehalf?: boolean
  readonly contact: string
  readonly address: Readonly<Record<string, unknown>>
  readonly email: string
  readonly phone: string
  readonly piiControllerUrl?: string
}

/** One purpose that was consented to. */
export interface KantaraPurpose {
  readonly purpose?: string
  readonly purposeCategory: readonly string[]
  readonly consentType: string
  readonly piiCategory: readonly string[]
  readonly primaryPurpose?: boolean
  readonly termination: string
  readonly thirdPartyDisclosure: boolean
  readonly thirdPartyName?: string
}

/** Types of personal data that make a receipt sensitive. */
export const SENSITIVE: readonly string[] = ['dpv:SensitivePersonalData', 'dpv:SpecialCategoryPersonalData']
/** Members of an address. */
export const ADDRESS: Readonly<Record<keyof RecordAddress, string>> = {
  text: 'description',
  street: 'streetAddress',
  postalCode: 'postalCode',
  locality: 'addressLocality',
  region: 'addressRegion',
  country: 'addressCountry',
}
/** Consent types there are. */
export const TYPES: Readonly<Record<string, ConsentType>> = { EXPLICIT: 'explicit', IMPLICIT: 'implied' }
