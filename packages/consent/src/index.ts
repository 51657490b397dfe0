/**
 * Notices, consent signed in the browser, receipts, withdrawal and the gate: the server's side.
 *
 * @module
 */

export { AGE_RULES, type AgeQuestion, type AgeRule, DEFAULT_AGE_OF_CONSENT, findAgeRule } from './age-rules.js'
export type {
  Actor,
  ConsentEvent,
  Custody,
  Decision,
  DecisionEvent,
  EventBase,
  ImportEvent,
  KeyAssurance,
  Proof,
  RecordedEvent,
  Ruling,
  RulingEvent,
  Signal,
  SignalEvent,
  StatementEvent,
  WithdrawalEvent,
  WithdrawalRoute,
} from './consent-event.js'
export type { ConsentLedger } from './consent-ledger.js'
export { type ConsentRequest, type ConsentRequestOptions, createConsentRequest } from './consent-request.js'
export type {
  ConsentQuestion,
  ConsentService,
  ConsentServiceOptions,
  Recorded,
  RecordOptions,
  WithdrawalQuestion,
  Withdrawn,
} from './consent-service.js'
export {
  CONSENT_TRANSITIONS,
  type ConsentAct,
  type ConsentStatus,
  consentStatus,
  type PurposeStatus,
  type StatusQuestion,
} from './consent-status.js'
export type {
  AppendOutcome,
  ChainHead,
  ChainKey,
  ConsentStore,
  EventRecord,
  RequestRecord,
  SummaryRecord,
} from './consent-store.js'
export { createConsentService } from './create-consent-service.js'
export { ConsentError, type ConsentErrorCode } from './errors.js'
export { readEventRecord, receiveEvent, toEventRecord } from './event-record.js'
export { createGate, type Gate, type GateOptions, type GateQuestion } from './gate.js'
export {
  type AutomatedDecisions,
  type ContactChannel,
  defineNotice,
  type LegalBasis,
  type Notice,
  type NoticeAi,
  type NoticeContact,
  type NoticeController,
  type NoticeDocument,
  type NoticeInput,
  type NoticePurpose,
  type NoticeRight,
  type NoticeSource,
  type NoticeTransfer,
  type NoticeWording,
  type Provision,
  type PurposeWording,
  parseNotice,
  type TransferMechanism,
} from './notice.js'
export {
  type AllowReason,
  type DenyReason,
  evaluatePermission,
  type NoticeReference,
  type Objection,
  type Permission,
  type PermissionEvidence,
  type PermissionQuestion,
  type Step,
} from './permission.js'
export { type PseudonymOptions, pseudonymize } from './pseudonym.js'
export {
  issueReceipt,
  type LaterDecision,
  type ProvedClaim,
  type ReceiptInclusion,
  type UnprovedClaim,
  type VerifiedReceipt,
  type VerifyReceiptOptions,
  verifyReceipt,
} from './receipt.js'
export { type ReceiptLanguage, receiptHtml } from './receipt-html.js'
export { type RefreshReceiptOptions, refreshReceipt } from './refresh-receipt.js'
export { type ControllerKey, type ControllerKeys, createSigner, type Signer } from './signer.js'
export { type StateConsentOptions, type Statement, stateConsent } from './state-consent.js'
export { type VerifyConsentOptions, verifyConsent } from './verify-consent.js'
export { type WithdrawConsentOptions, withdrawConsent } from './withdraw-consent.js'
export type { WithdrawalEffects } from './withdrawal-effects.js'
