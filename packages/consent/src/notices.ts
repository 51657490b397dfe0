/**
 * For authors of notices: what a notice lacks, templates to begin with, and what a new version changes.
 *
 * @module
 */

export { CHANGE_KINDS, type ChangeRule, type NoticeChangeKind } from './notices/changes/change-kinds.js'
export {
  type CompareNoticesOptions,
  compareNotices,
  type NoticeChange,
  type NoticeComparison,
} from './notices/compare-notices.js'
export { fillNoticeTemplate } from './notices/fill-notice-template.js'
export { type LintNoticeOptions, lintNotice, type NoticeFinding } from './notices/lint-notice.js'
export { NOTICE_RULES, type NoticeRuleCode } from './notices/notice-rules.js'
export {
  type NoticeTemplate,
  type NoticeTemplateOptions,
  noticeTemplate,
  type TemplatePractice,
} from './notices/notice-template.js'
export { noticesInForce } from './notices/notices-in-force.js'
export { noticesOverTime, type PublishedNotice } from './notices/notices-over-time.js'
export type { NoticeCase, NoticeLinkage, NoticePlace, NoticeRule, PurposeUse } from './notices/rule.js'
export type { ClaimRuleCode } from './notices/rules/claim-rules.js'
export type { ControllerRuleCode } from './notices/rules/controller-rules.js'
export type { LanguageRuleCode } from './notices/rules/language-rules.js'
export type { PurposeRuleCode } from './notices/rules/purpose-rules.js'
export type { TierRuleCode } from './notices/rules/tier-rules.js'
export type { TransferRuleCode } from './notices/rules/transfer-rules.js'
export type { WordingRuleCode } from './notices/rules/wording-rules.js'
export type { RuleSource } from './notices/sources.js'
export { ADEQUACY_DECISIONS, type Adequacy, EEA_COUNTRIES } from './notices/third-countries.js'
