/**
 * Anonymization policies for customer records: what is masked, replaced, removed or kept, and a report of it.
 *
 * @module
 */
export type { Anonymized, Change } from './anonymize/apply.js'
export type { ColumnRules } from './anonymize/column-rules.js'
export { columnRules } from './anonymize/column-rules.js'
export type { CompiledPolicy, CompileOptions } from './anonymize/compile.js'
export { compilePolicy } from './anonymize/compile.js'
export { composePolicies } from './anonymize/compose-policies.js'
export type { FieldKind, RecordTest, When } from './anonymize/condition.js'
export { recordTests } from './anonymize/condition.js'
export { defaultPolicy } from './anonymize/default-policy.js'
export type { AnonymizeErrorCode } from './anonymize/errors.js'
export { AnonymizeError } from './anonymize/errors.js'
export type {
  BandRule,
  CoarsenDateRule,
  GeneralizationRule,
  RegionRule,
  RoundRule,
  TopBottomCodeRule,
  TruncateRule,
} from './anonymize/generalize.js'
export { RETAIN_IDENTIFIERS } from './anonymize/identifiers.js'
export { escapeFieldName } from './anonymize/path.js'
export type { Policy } from './anonymize/policy.js'
export { parsePolicy } from './anonymize/policy.js'
export type { RandomBytes } from './anonymize/random-word.js'
export type { NdjsonOptions, StreamOptions } from './anonymize/streams.js'
export { anonymizeNdjson, anonymizeRecords } from './anonymize/streams.js'
export type {
  BlankRule,
  CommentRule,
  FieldRule,
  MaskRule,
  RandomEmailRule,
  RemoveRule,
  RetainRule,
  Rule,
  RuleBase,
  SuppressRecordRule,
  Technique,
  TechniqueFamily,
  TechniqueId,
} from './anonymize/techniques.js'
export { TECHNIQUES } from './anonymize/techniques.js'
export type { Language, Text } from './lib/text.js'
