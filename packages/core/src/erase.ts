/**
 * Erasing a person: found everywhere, shown, confirmed, done for good, resumed after a crash, and certified.
 *
 * @module
 */
export type { ErasureCertificate } from './erase/erasure-certificate.js'
export type { ErasureJournal } from './erase/erasure-journal.js'
export { memoryErasureJournal } from './erase/erasure-journal.js'
export type { ErasureMessage, ErasureOutbox } from './erase/erasure-outbox.js'
export type {
  ErasureChange,
  ErasureItem,
  ErasureNotice,
  ErasureRelation,
  ErasureSearch,
  ErasureStep,
  ErasureStepTools,
  ErasureTarget,
  Fingerprint,
  OtherPersonRecord,
} from './erase/erasure-target.js'
export type { ErasureErrorCode } from './erase/errors.js'
export { ErasureError } from './erase/errors.js'
export type { ErasureTools, ExecuteErasureOptions } from './erase/execute-erasure.js'
export { executeErasure } from './erase/execute-erasure.js'
export type { ErasurePlan, PlanErasureOptions, PlannedRecord, ResidualVerdict } from './erase/plan-erasure.js'
export { planErasure } from './erase/plan-erasure.js'
export type { RecordStore, RecordTargetOptions, StoredRecord } from './erase/record-target.js'
export { recordTarget } from './erase/record-target.js'
export { resumeErasure } from './erase/resume-erasure.js'
