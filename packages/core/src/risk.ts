/**
 * Privacy-risk tiers of feedback practices, and the countermeasures they demand.
 *
 * @module
 */

export type { Language, Text } from './lib/text.js'
export type {
  Assessment,
  AssessOptions,
  ExpiredCountermeasure,
  MetCountermeasure,
  MissingCountermeasure,
  PracticeAssessment,
} from './risk/assess.js'
export { assessProgramme } from './risk/assess.js'
export type { Classification, PracticeFactors, Reason } from './risk/classify.js'
export { classifyPractice } from './risk/classify.js'
export type { Countermeasure, CountermeasureId, RequiredCountermeasure } from './risk/countermeasures.js'
export { COUNTERMEASURES, countermeasuresFor } from './risk/countermeasures.js'
export type { Criterion, CriterionId } from './risk/criteria.js'
export { CRITERIA } from './risk/criteria.js'
export type { DpiaGround, DpiaNeed, DpiaReason, ExaminedList, ListedType, MetCriterion } from './risk/dpia.js'
export type { DpiaCondition, DpiaLaw, DpiaList, DpiaListType } from './risk/dpia-law.js'
export { DPIA_LAW } from './risk/dpia-law.js'
export type { RiskErrorCode } from './risk/errors.js'
export { RiskError } from './risk/errors.js'
export type { ContextFactorId } from './risk/factors/contexts.js'
export type { DataFactorId } from './risk/factors/data.js'
export type { OperationFactorId } from './risk/factors/operations.js'
export type { SpecialCategoryFactorId } from './risk/factors/special-categories.js'
export type { Factor, FactorId } from './risk/factors.js'
export { FACTORS } from './risk/factors.js'
export { parseDpiaLaw } from './risk/parse-dpia-law.js'
export type { Practice, PracticeId } from './risk/practices.js'
export { PRACTICES } from './risk/practices.js'
export type { Evidence, Programme } from './risk/programme.js'
export { parseProgramme } from './risk/programme.js'
export type { Source, SourceId } from './risk/sources.js'
export { SOURCES } from './risk/sources.js'
export type { RiskTier, Standing } from './risk/tier.js'
export { compareTiers, RISK_TIERS } from './risk/tier.js'
