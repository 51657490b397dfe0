import type { NoticeRule } from './rule.js'
import { CLAIM_RULES, type ClaimRuleCode } from './rules/claim-rules.js'
import { CONTROLLER_RULES, type ControllerRuleCode } from './rules/controller-rules.js'
import { LANGUAGE_RULES, type LanguageRuleCode } from './rules/language-rules.js'
import { PURPOSE_RULES, type PurposeRuleCode } from './rules/purpose-rules.js'
import { TIER_RULES, type TierRuleCode } from './rules/tier-rules.js'
import { TRANSFER_RULES, type TransferRuleCode } from './rules/transfer-rules.js'
import { WORDING_RULES, type WordingRuleCode } from './rules/wording-rules.js'

/** Names a rule of {@link NOTICE_RULES}. */
export type NoticeRuleCode =
  | ControllerRuleCode
  | PurposeRuleCode
  | TransferRuleCode
  | TierRuleCode
  | LanguageRuleCode
  | WordingRuleCode
  | ClaimRuleCode

/**
 * What `lintNotice` holds a notice to, by the codes of its findings. Codes are append-only.
 *
 * Dated data: each rule names the text it was written after. Pass `{ ...NOTICE_RULES, … }` to `lintNotice` to add, replace
 * or leave out.
 */
export const NOTICE_RULES: Readonly<Record<NoticeRuleCode, NoticeRule>> = /* @__PURE__ */ Object.assign(
  {},
  CONTROLLER_RULES,
  PURPOSE_RULES,
  TRANSFER_RULES,
  TIER_RULES,
  LANGUAGE_RULES,
  WORDING_RULES,
  CLAIM_RULES,
)
