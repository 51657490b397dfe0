/**
 * Consent records of ISO/IEC TS 27560 and Kantara receipts: written, checked and read, with every field that gets lost.
 *
 * @module
 */

export type { ConsentStatus } from './consent-status.js'
export type {
  ConsentRecord,
  ConsentType,
  LossReason,
  LostMember,
  RecordAddress,
  RecordCondition,
  RecordContact,
  RecordControl,
  RecordDataSource,
  RecordDuration,
  RecordEvent,
  RecordItem,
  RecordNotice,
  RecordParty,
  RecordPersonalData,
  RecordPrincipal,
  RecordProcess,
  RecordReceipt,
  RecordRight,
  RecordRule,
  RecordSource,
  Term,
} from './export/consent-record.js'
export {
  type DescribedConsent,
  type DescribeOptions,
  describeConsent,
  type RecordFacts,
} from './export/describe-consent.js'
export {
  exportKantara,
  type KantaraController,
  type KantaraPurpose,
  type KantaraReceipt,
} from './export/export-kantara.js'
export { type Exported, exportReceipt, exportRecord, type JsonLdDocument } from './export/export-record.js'
export type { RecordFinding, RecordFindingCode } from './export/finding.js'
export { type ImportedRecord, importConsentRecord, RecordRefusedError } from './export/import-record.js'
export {
  type NotRecordedReason,
  type RecordedImport,
  type RecordImportedOptions,
  recordImported,
} from './export/record-imported.js'
export { consentRecordSchema, type JsonSchema } from './export/record-schema.js'
export { type RecordValidation, validateConsentRecord } from './export/validate-record.js'
export type { WordlessReason } from './lib/imported-words.js'
