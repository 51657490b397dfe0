/**
 * For authors of notices: what a notice lacks, templates to begin with, and what a new version changes.
 *
 * @module
 */

export { type LintNoticeOptions, lintNotice, type NoticeFinding } from './notices/lint-notice.js'
export { NOTICE_RULES, type NoticeRuleCode } from './notices/notice-rules.js'
export type { NoticeCase, NoticeLinkage, NoticePlace, NoticeRule, PurposeUse } from './notices/rule.js'
export type { RuleSource } from './notices/sources.js'
export { ADEQUACY_DECISIONS, type Adequacy, EEA_COUNTRIES } from './notices/third-countries.js'
