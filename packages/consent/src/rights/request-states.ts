/**
 * The rights, the states of a request, and what leads from one to another.
 *
 * @module
 */

/** The id of a right. */
export type Right = 'access' | 'rectification' | 'erasure' | 'objection'

/** The rights people exercise through requests, with the articles of the GDPR. Withdrawing needs none. */
export const RIGHTS: Readonly<Record<Right, string>> = {
  access: 'GDPR art. 15',
  rectification: 'GDPR art. 16',
  erasure: 'GDPR art. 17',
  objection: 'GDPR art. 21',
}

/** The state of a request. Nothing is done in `identity-check`; `cancelled` is by the person. */
export type RequestState = 'received' | 'identity-check' | 'extended' | 'fulfilled' | 'refused' | 'cancelled'

/**
 * Where a request can go from where it is. The clock runs in every state that is not final: checking an identity does not
 * stop it here.
 */
export const REQUEST_TRANSITIONS: Readonly<Record<RequestState, readonly RequestState[]>> = {
  received: ['identity-check', 'extended', 'fulfilled', 'refused', 'cancelled'],
  /** Nothing is done for somebody whose identity is in doubt; confirmed, the request is `received` again. */
  'identity-check': ['received', 'refused', 'cancelled'],
  extended: ['fulfilled', 'refused', 'cancelled'],
  fulfilled: [],
  refused: [],
  cancelled: [],
}

/** The id of a reason to refuse. */
export type RefusalReason =
  | 'identity-not-established'
  | 'manifestly-unfounded'
  | 'excessive'
  | 'rights-of-others'
  | 'data-are-accurate'
  | 'no-ground-applies'
  | 'freedom-of-expression'
  | 'legal-obligation'
  | 'public-health'
  | 'archiving-or-research'
  | 'legal-claims'
  | 'compelling-grounds'
  | 'national-restriction'

/** Why a request is refused, with its source and the rights it can be said of. Not legal advice. */
export const REFUSAL_REASONS: Readonly<
  Record<RefusalReason, { readonly source: string; readonly rights: readonly Right[] }>
> = {
  'identity-not-established': { source: 'GDPR art. 11(2), 12(2)', rights: ['access', 'rectification', 'erasure'] },
  'manifestly-unfounded': { source: 'GDPR art. 12(5)', rights: ['access', 'rectification', 'erasure', 'objection'] },
  excessive: { source: 'GDPR art. 12(5)', rights: ['access', 'rectification', 'erasure', 'objection'] },
  'rights-of-others': { source: 'GDPR art. 15(4)', rights: ['access'] },
  'data-are-accurate': { source: 'GDPR art. 16', rights: ['rectification'] },
  'no-ground-applies': { source: 'GDPR art. 17(1)', rights: ['erasure'] },
  'freedom-of-expression': { source: 'GDPR art. 17(3)(a)', rights: ['erasure'] },
  'legal-obligation': { source: 'GDPR art. 17(3)(b)', rights: ['erasure'] },
  'public-health': { source: 'GDPR art. 17(3)(c)', rights: ['erasure'] },
  'archiving-or-research': { source: 'GDPR art. 17(3)(d), 21(6)', rights: ['erasure', 'objection'] },
  'legal-claims': { source: 'GDPR art. 17(3)(e), 21(1)', rights: ['erasure', 'objection'] },
  'compelling-grounds': { source: 'GDPR art. 21(1); never against direct marketing, 21(3)', rights: ['objection'] },
  'national-restriction': { source: 'GDPR art. 23', rights: ['access', 'rectification', 'erasure', 'objection'] },
}

/** The id of a reason to extend. */
export type ExtensionReason = 'complexity' | 'number-of-requests'

/** Why the period is extended by two months. */
export const EXTENSION_REASONS: Readonly<Record<ExtensionReason, string>> = {
  complexity: 'GDPR art. 12(3)',
  'number-of-requests': 'GDPR art. 12(3)',
}

/** A reason of a step. Words to the person are the host's; they may say more than may be kept here. */
export type StepReason = RefusalReason | ExtensionReason

/**
 * Whether a step has the reason it needs.
 *
 * @internal
 */
export function isReasonFor(step: { to: RequestState; reason: StepReason | null; right: Right }): boolean {
  const { to, reason, right } = step
  if (to === 'extended') return reason !== null && Object.hasOwn(EXTENSION_REASONS, reason)
  if (to !== 'refused') return reason === null
  if (reason === null || !Object.hasOwn(REFUSAL_REASONS, reason)) return false
  return REFUSAL_REASONS[reason as RefusalReason].rights.includes(right)
}
