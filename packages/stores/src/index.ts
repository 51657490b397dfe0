/**
 * The stores of SurveySeal on SQLite and PostgreSQL.
 *
 * @module
 */

export type { AnswerBufferOptions } from './answer-buffer.js'
export { answerBuffer } from './answer-buffer.js'
export type { ConsentLedgerOptions } from './consent-ledger.js'
export { consentLedger, consentOpenings } from './consent-ledger.js'
export { consentStore } from './consent-store.js'
export type { DatabaseDump } from './dump-for-linkage.js'
export { dumpForLinkage } from './dump-for-linkage.js'
export { erasureJournal } from './erasure-journal.js'
export { type ErasureOutboxOptions, erasureOutbox } from './erasure-outbox.js'
export type { StoreErrorCode } from './errors.js'
export { StoreError } from './errors.js'
export { issuanceStore } from './issuance-store.js'
export { ledgerStore } from './ledger-store.js'
export type { StoreOptions } from './link-store.js'
export { linkStore } from './link-store.js'
export { linkageStore } from './linkage-store.js'
export type { MigrateOptions, Migration } from './migrate.js'
export { migrate } from './migrate.js'
export { outboxStore } from './outbox-store.js'
export type { RecordTableOptions } from './record-table.js'
export { recordTable } from './record-table.js'
export { rightsStore } from './rights-store.js'
export { spentTokenStore } from './spent-token-store.js'
export type { Sql, SqlDialect, SqlRow, SqlValue } from './sql.js'
