import type { Text } from '../lib/text.js'
import type { CriterionId } from './criteria.js'
import type { ContextFactorId } from './factors/contexts.js'
import { CONTEXT_FACTORS } from './factors/contexts.js'
import type { DataFactorId } from './factors/data.js'
import { DATA_FACTORS } from './factors/data.js'
import type { OperationFactorId } from './factors/operations.js'
import { OPERATION_FACTORS } from './factors/operations.js'
import type { SpecialCategoryFactorId } from './factors/special-categories.js'
import { SPECIAL_CATEGORY_FACTORS } from './factors/special-categories.js'
import type { SourceId } from './sources.js'
import type { RiskTier, Standing } from './tier.js'

/** What makes a practice as risky as it is. */
export interface Factor {
  /** `data` that is used, an `operation` on it, or the `context` it happens in, which raises what it surrounds. */
  readonly kind: 'data' | 'operation' | 'context'
  /** The least tier of a practice with this factor. */
  readonly tier: RiskTier
  /** Whether the source states the tier, or it is inferred from what the source says. */
  readonly evidence: Standing
  readonly source: SourceId
  /** The DPIA criteria a practice with this factor meets. */
  readonly criteria: readonly CriterionId[]
  readonly name: Text
  /** Why the tier follows. */
  readonly why: Text
}

/** Names a {@link Factor}. */
export type FactorId = DataFactorId | SpecialCategoryFactorId | OperationFactorId | ContextFactorId

/**
 * Every factor a practice can be classified by.
 *
 * `data` and `operation` factors imply a least tier. `context` factors do too and, however many there are, raise the
 * practice by one tier above what its data and operations imply (see {@link classifyPractice}).
 */
export const FACTORS: Readonly<Record<FactorId, Factor>> = /* @__PURE__ */ Object.assign(
  {},
  DATA_FACTORS,
  SPECIAL_CATEGORY_FACTORS,
  OPERATION_FACTORS,
  CONTEXT_FACTORS,
)

/** @internal */
export function isFactorId(id: unknown): id is FactorId {
  return typeof id === 'string' && Object.hasOwn(FACTORS, id)
}
