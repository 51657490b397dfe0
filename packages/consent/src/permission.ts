/**
 * The gate's decision: may this practice run on this person's data?
 *
 * @module
 */

import type { Assessment, CountermeasureId } from '@surveyseal/core/risk'
import type { RecordedEvent } from './consent-event.js'
import { assertDate } from './lib/arguments.js'

import type { Notice, NoticePurpose } from './notice.js'

/**
 * Why not. The first that applies, in this order; the last four are the gravest among a person's latest words on the
 * purposes that permit the practice.
 */
export type DenyReason =
  | 'practice-not-assessed'
  | 'countermeasure-missing'
  | 'no-purpose-permits'
  | 'history-broken'
  | 'withdrawn'
  | 'refused'
  | 'notice-not-in-force'
  | 'no-decision'

/** What a decision rests on. */
export interface PermissionEvidence {
  /** Countermeasures met. */
  readonly countermeasures: readonly CountermeasureId[]
  /** Digests of notices in force with a purpose that permits the practice. */
  readonly notices: readonly string[]
  /** Digests of the events that decided. */
  readonly events: readonly string[]
}

/** One thing that is lacking now. Once a notice is published, the person may have to be asked as well. */
export type Step =
  | { readonly step: 'assess-practice' }
  | { readonly step: 'meet-countermeasures'; readonly countermeasures: readonly CountermeasureId[] }
  | { readonly step: 'publish-notice' }
  | { readonly step: 'restore-history' }
  /** Any one of these purposes, given under a notice in force. */
  | { readonly step: 'ask'; readonly purposes: readonly string[] }

/** The gate's answer. */
export type Permission =
  | {
      readonly outcome: 'allow'
      readonly practice: string
      /** The purpose that permits it. */
      readonly purpose: string
      readonly evidence: PermissionEvidence
    }
  | {
      readonly outcome: 'deny'
      readonly practice: string
      readonly reason: DenyReason
      readonly wouldAllow: readonly Step[]
      readonly evidence: PermissionEvidence
    }

/** What to decide, and on what. */
export interface PermissionQuestion {
  readonly practice: string
  readonly assessment: Assessment
  /** The whole chain of one subject and survey. */
  readonly events: readonly RecordedEvent[]
  /** The notices in force. */
  readonly notices: readonly Notice[]
  /** Events received later do not count. */
  readonly at: Date
}

/**
 * Decides whether a practice may run on one person's data. Pure, and fails closed.
 *
 * A practice is allowed when it is assessed and lacks no countermeasure, a purpose of a notice in force permits it, and the
 * person's latest decision on that purpose is `given` under a notice and language in force. Where consent is among the
 * countermeasures, from the high tier on, only purposes whose legal basis is consent count. A practice of the low tier
 * needs no decision, but a refusal or withdrawal stands against it all the same.
 *
 * What counts is the server's order: the events up to the last one received at `at` or before. The events must be one
 * person's whole chain in one survey: a gap or a foreign event denies.
 *
 * @param question - See {@link PermissionQuestion}.
 * @returns The decision, its reason and what it rests on. Not legal advice.
 */
export function evaluatePermission(question: PermissionQuestion): Permission {
  const { practice, at } = question
  assertDate('at', at)
  const assessed = question.assessment.practices.find(({ id }) => id === practice)
  if (assessed === undefined) return deny(practice, 'practice-not-assessed', [{ step: 'assess-practice' }])
  const rule = ruleOf(assessed)
  const permits = permitsOf(question.notices, practice, rule)
  const history = historyAt(question.events, at.getTime())
  const finding = judge(permits, history, rule)
  const evidence: PermissionEvidence = {
    countermeasures: assessed.met.map(({ countermeasure }) => countermeasure),
    notices: [...new Set(permits.flatMap(({ digests }) => digests))],
    events: finding.events,
  }
  if (assessed.missing.length > 0) {
    const meet: Step = { step: 'meet-countermeasures', countermeasures: assessed.missing }
    return deny(practice, 'countermeasure-missing', [meet, ...stepsOf(finding)], evidence)
  }
  if (finding.reason !== null) return deny(practice, finding.reason, stepsOf(finding), evidence)
  return { outcome: 'allow', practice, purpose: finding.purpose, evidence }
}

/** What a practice's countermeasures ask of each person. */
interface Rule {
  readonly needsDecision: boolean
  readonly needsConsent: boolean
}

/** A purpose that permits the practice, and the notices in force (one digest per language) that say so. */
interface Permit {
  readonly purpose: string
  readonly digests: readonly string[]
}

/** A person's latest word on a permit; `reason` is null when it is a `given` that counts. */
interface Word {
  readonly purpose: string
  readonly reason: DenyReason | null
  readonly event: RecordedEvent | undefined
}

type Finding =
  | { readonly reason: null; readonly purpose: string; readonly events: readonly string[] }
  | { readonly reason: DenyReason; readonly lacking: Step; readonly events: readonly string[] }

/** A word that stands against a practice even where no decision is needed. */
const OBJECTIONS: readonly (DenyReason | null)[] = ['withdrawn', 'refused']

/** Above the low tier every person decides for themselves, and where a tier demands consent nothing less will do. */
function ruleOf({ tier, required }: Assessment['practices'][number]): Rule {
  return {
    needsDecision: tier !== 'low',
    needsConsent: required.some(({ countermeasure }) => countermeasure === 'consent'),
  }
}

function permitsOf(notices: readonly Notice[], practice: string, rule: Rule): readonly Permit[] {
  const digests = new Map<string, string[]>()
  for (const notice of notices) {
    for (const purpose of notice.purposes) {
      if (!purpose.practices.includes(practice) || (rule.needsConsent && !isConsent(purpose))) continue
      digests.set(purpose.id, [...(digests.get(purpose.id) ?? []), ...Object.values(notice.digests)])
    }
  }
  return [...digests].map(([purpose, digests]) => ({ purpose, digests }))
}

function isConsent({ legalBasis }: NoticePurpose): boolean {
  return legalBasis === 'consent' || legalBasis === 'explicit-consent'
}

/** The chain up to the last event received at the instant or before; null when it is not one whole chain. */
function historyAt(events: readonly RecordedEvent[], at: number): readonly RecordedEvent[] | null {
  const chain = [...events].sort((a, b) => a.seq - b.seq)
  const isWhole = chain.every((event, index) => continues(event, chain[index - 1], index + 1))
  return isWhole ? chain.slice(0, chain.findLastIndex(({ receivedAt }) => receivedAt <= at) + 1) : null
}

function continues(event: RecordedEvent, previous: RecordedEvent | undefined, seq: number): boolean {
  if (event.seq !== seq || event.prev !== (previous?.hash ?? null)) return false
  return previous === undefined || (event.subject === previous.subject && event.survey === previous.survey)
}

function judge(permits: readonly Permit[], history: readonly RecordedEvent[] | null, rule: Rule): Finding {
  const [first] = permits
  if (first === undefined) return { reason: 'no-purpose-permits', lacking: { step: 'publish-notice' }, events: [] }
  if (history === null) return { reason: 'history-broken', lacking: { step: 'restore-history' }, events: [] }
  const words = permits.map((permit) => latestWord(permit, history))
  const given = words.find(({ reason }) => reason === null)
  if (given !== undefined) return { reason: null, purpose: given.purpose, events: digestsOf([given]) }
  if (!rule.needsDecision && !words.some(({ reason }) => OBJECTIONS.includes(reason))) {
    return { reason: null, purpose: first.purpose, events: [] }
  }
  const ask: Step = { step: 'ask', purposes: permits.map(({ purpose }) => purpose) }
  return { reason: gravest(words), lacking: ask, events: digestsOf(words) }
}

/** The latest event that mentions the purpose decides, whichever notice it was under: what is not said anew stands. */
function latestWord({ purpose, digests }: Permit, history: readonly RecordedEvent[]): Word {
  const event = history.findLast(({ decisions }) => Object.hasOwn(decisions, purpose))
  const decision = event?.decisions[purpose]
  if (event?.kind === 'decision' && decision === 'given') {
    return { purpose, event, reason: digests.includes(event.notice) ? null : 'notice-not-in-force' }
  }
  return { purpose, event, reason: decision === undefined || decision === 'given' ? 'no-decision' : decision }
}

function gravest(words: readonly Word[]): DenyReason {
  const order: readonly DenyReason[] = ['withdrawn', 'refused', 'notice-not-in-force']
  return order.find((reason) => words.some((word) => word.reason === reason)) ?? 'no-decision'
}

function digestsOf(words: readonly Word[]): readonly string[] {
  return [...new Set(words.flatMap(({ event }) => (event === undefined ? [] : [event.digest])))]
}

function stepsOf(finding: Finding): readonly Step[] {
  return finding.reason === null ? [] : [finding.lacking]
}

function deny(
  practice: string,
  reason: DenyReason,
  wouldAllow: readonly Step[],
  evidence: PermissionEvidence = { countermeasures: [], notices: [], events: [] },
): Permission {
  return { outcome: 'deny', practice, reason, wouldAllow, evidence }
}
