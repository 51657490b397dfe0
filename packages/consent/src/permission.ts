/**
 * The gate's decision: may this practice run on this person's data?
 *
 * @module
 */

import type { Assessment, CountermeasureId } from '@surveyseal/core/risk'
import type { RecordedEvent } from './consent-event.js'
import { actOf, type ConsentAct, type ConsentStatus, consentStatus } from './consent-status.js'
import type { ChainHead } from './consent-store.js'

import { assertDate } from './lib/arguments.js'

import type { Notice, NoticePurpose } from './notice.js'

/**
 * Why. `given`: the person's latest word on the purpose. `no-decision-needed`: the tier is low and nothing the person said
 * stands against it.
 */
export type AllowReason = 'given' | 'no-decision-needed'

/**
 * Why not. Of the first four the first that applies; of the others the gravest among a person's latest words on the purposes
 * that permit the practice.
 */
export type DenyReason =
  | 'practice-not-assessed'
  | 'countermeasure-missing'
  | 'no-purpose-permits'
  | 'history-broken'
  | 'objected'
  | 'withdrawn'
  | 'refused'
  | 'notice-not-in-force'
  | 'no-decision'
  /** The controller ended the permission. */
  | 'revoked'
  /** A court or an authority ruled that there was no permission. */
  | 'invalidated'
  /** The person's browser sends a signal that covers the purpose, and nothing was given in spite of it. */
  | 'signalled'
  /** What was given came to its end. */
  | 'expired'
  /** The host asserts that it was given elsewhere, and nothing proves it. */
  | 'not-proved'

/** One language of one version of a notice. */
export interface NoticeReference {
  readonly id: string
  readonly version: string
  readonly language: string
  readonly digest: string
}

/** What a decision rests on. */
export interface PermissionEvidence {
  /** Countermeasures met. */
  readonly countermeasures: readonly CountermeasureId[]
  /** Notices in force with a purpose that permits the practice, one entry per language. */
  readonly notices: readonly NoticeReference[]
  /** Digests of the events that decided. */
  readonly events: readonly string[]
  /** Ids of the objections that stand against it. */
  readonly objections: readonly string[]
}

/** A person's objection to processing (GDPR article 21). It stands until it ends, whatever is given meanwhile. */
export interface Objection {
  /** Of the request, or whatever else finds it again. */
  readonly id: string
  /** Purpose ids; null for every purpose that rests on legitimate interests or a public task. */
  readonly purposes: readonly string[] | null
  /** When it was received: milliseconds since 1970-01-01T00:00:00Z. */
  readonly from: number
  /** When it ended, by the person or by a reasoned refusal; null while it stands. */
  readonly until: number | null
}

/** One thing that is lacking now. Once a notice is published, the person may have to be asked as well. */
export type Step =
  | { readonly step: 'assess-practice' }
  | { readonly step: 'meet-countermeasures'; readonly countermeasures: readonly CountermeasureId[] }
  | { readonly step: 'publish-notice' }
  | { readonly step: 'restore-history' }
  /** Every purpose that permits the practice is objected to: these must end, or another purpose be published. */
  | { readonly step: 'resolve-objections'; readonly objections: readonly string[] }
  /** Any one of these purposes, given under one of the notices (digests) named for it. */
  | {
      readonly step: 'ask'
      readonly purposes: readonly string[]
      readonly notices: Readonly<Record<string, readonly string[]>>
    }

/** The gate's answer. */
export type Permission =
  | {
      readonly outcome: 'allow'
      readonly practice: string
      readonly reason: AllowReason
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
  /** The notices in force at that instant. A version that differs in nothing that matters may stand beside its successor. */
  readonly notices: readonly Notice[]
  /** Events received later do not count. */
  readonly at: Date
  /** The person's objections. @defaultValue none */
  readonly objections?: readonly Objection[]
  /**
   * Events known from elsewhere, from receipts for instance: a chain without one of them was cut or changed.
   *
   * @defaultValue none: that no later event was dropped is not checked
   */
  readonly heads?: readonly ChainHead[]
}

/**
 * Decides whether a practice may run on one person's data. Pure, and fails closed.
 *
 * A practice is allowed when it is assessed and lacks no countermeasure, a purpose of a notice in force permits it, and the
 * person's latest decision on that purpose is `given` or `renewed`, under a notice and language in force, signed and not
 * expired. Where consent is among the
 * countermeasures, from the high tier on, only purposes whose legal basis is consent count. A practice of the low tier
 * needs no decision, but a refusal, withdrawal, objection, ruling or signal stands against it all the same. A purpose that is objected to
 * permits nothing.
 *
 * What counts is the server's order: the events up to the last one received at `at` or before. The events must be one
 * person's whole chain in one survey: a gap or a foreign event denies. Events cut off at the end leave a whole chain;
 * `heads` finds them.
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
  const permits = permitsOf(question, rule)
  const finding = judge(permits, historyOf(question), { ...rule, at })
  const evidence: PermissionEvidence = {
    countermeasures: assessed.met.map(({ countermeasure }) => countermeasure),
    notices: noticesOf(question.notices, permits),
    events: finding.events,
    objections: [...new Set(permits.flatMap(({ objections }) => objections))],
  }
  if (assessed.missing.length > 0) {
    const meet: Step = { step: 'meet-countermeasures', countermeasures: assessed.missing }
    return deny(practice, 'countermeasure-missing', [meet, ...stepsOf(finding)], evidence)
  }
  if (finding.outcome === 'deny') return deny(practice, finding.reason, stepsOf(finding), evidence)
  return { outcome: 'allow', practice, reason: finding.reason, purpose: finding.purpose, evidence }
}

/** What a practice's countermeasures ask of each person. */
interface Rule {
  readonly needsDecision: boolean
  readonly needsConsent: boolean
}

/** A purpose that permits the practice, the notices in force (one digest per language) that say so, and who objects. */
interface Permit {
  readonly purpose: string
  readonly digests: readonly string[]
  readonly objections: readonly string[]
}

/** A person's latest word on a permit; `reason` is null when it is a `given` that counts. */
interface Word {
  readonly purpose: string
  readonly reason: DenyReason | null
  readonly event: RecordedEvent | undefined
}

type Finding =
  | { readonly outcome: 'allow'; readonly reason: AllowReason; readonly purpose: string; readonly events: string[] }
  | { readonly outcome: 'deny'; readonly reason: DenyReason; readonly lacking: Step; readonly events: string[] }

/** Words that stand against a practice even where no decision is needed. */
const CONTRARY: readonly DenyReason[] = ['objected', 'withdrawn', 'refused', 'invalidated', 'revoked', 'signalled']

/** Above the low tier every person decides for themselves, and where a tier demands consent nothing less will do. */
function ruleOf({ tier, required }: Assessment['practices'][number]): Rule {
  return {
    needsDecision: tier !== 'low',
    needsConsent: required.some(({ countermeasure }) => countermeasure === 'consent'),
  }
}

function permitsOf({ notices, practice, at, objections = [] }: PermissionQuestion, rule: Rule): readonly Permit[] {
  const standing = objections.filter((objection) => standsAt(objection, at.getTime()))
  const permits = new Map<string, { digests: string[]; objections: Set<string> }>()
  for (const notice of notices) {
    for (const purpose of notice.purposes) {
      if (!purpose.practices.includes(practice) || (rule.needsConsent && !isConsent(purpose))) continue
      const permit = permits.get(purpose.id) ?? { digests: [], objections: new Set() }
      permit.digests.push(...Object.values(notice.digests))
      for (const objection of standing) if (concerns(objection, purpose)) permit.objections.add(objection.id)
      permits.set(purpose.id, permit)
    }
  }
  return [...permits].map(([purpose, { digests, objections }]) => ({ purpose, digests, objections: [...objections] }))
}

function isConsent({ legalBasis }: NoticePurpose): boolean {
  return legalBasis === 'consent' || legalBasis === 'explicit-consent'
}

function standsAt({ from, until }: Objection, at: number): boolean {
  return from <= at && (until === null || until > at)
}

/** Article 21(1) names points (e) and (f) of article 6(1); a person who names a purpose means it, whatever its basis. */
function concerns({ purposes }: Objection, { id, legalBasis }: NoticePurpose): boolean {
  if (purposes !== null) return purposes.includes(id)
  return legalBasis === 'legitimate-interests' || legalBasis === 'public-task'
}

/** The chain up to the last event received at the instant or before; null when it is not one whole chain. */
function historyOf({ events, at, heads = [] }: PermissionQuestion): readonly RecordedEvent[] | null {
  const chain = [...events].sort((a, b) => a.seq - b.seq)
  const isWhole = chain.every((event, index) => continues(event, chain[index - 1], index + 1))
  const hasHeads = heads.every(({ seq, hash }) => chain[seq - 1]?.hash === hash)
  if (!isWhole || !hasHeads) return null
  return chain.slice(0, chain.findLastIndex(({ receivedAt }) => receivedAt <= at.getTime()) + 1)
}

function continues(event: RecordedEvent, previous: RecordedEvent | undefined, seq: number): boolean {
  if (event.seq !== seq || event.prev !== (previous?.hash ?? null)) return false
  return previous === undefined || (event.subject === previous.subject && event.survey === previous.survey)
}

function judge(
  permits: readonly Permit[],
  history: readonly RecordedEvent[] | null,
  rule: Rule & { readonly at: Date },
): Finding {
  const [first] = permits
  if (first === undefined) return denial('no-purpose-permits', { step: 'publish-notice' })
  if (history === null) return denial('history-broken', { step: 'restore-history' })
  const words = permits.map((permit) => latestWord(permit, history, rule.at))
  const given = words.find(({ reason }) => reason === null)
  if (given !== undefined) {
    return { outcome: 'allow', reason: 'given', purpose: given.purpose, events: basisOf(given, history) }
  }
  if (!rule.needsDecision && !words.some(({ reason }) => reason !== null && CONTRARY.includes(reason))) {
    return { outcome: 'allow', reason: 'no-decision-needed', purpose: first.purpose, events: [] }
  }
  return { ...denial(gravest(words), remedy(permits)), events: digestsOf(words) }
}

/** What the chain comes to decides, whichever notice it was under: what is not said anew stands. */
function latestWord({ purpose, digests, objections }: Permit, history: readonly RecordedEvent[], at: Date): Word {
  const { status, valid, event, signal } = consentStatus({ purpose, events: history, at })
  const word = { purpose, event: event ?? undefined }
  if (objections.length > 0) return { ...word, reason: 'objected' }
  if (signal !== null) return { ...word, reason: 'signalled' }
  if (!valid) return { ...word, reason: REASONS[status] ?? 'no-decision' }
  if (event?.kind !== 'decision') return { ...word, reason: 'not-proved' }
  return { ...word, reason: digests.includes(event.notice) ? null : 'notice-not-in-force' }
}

/** States in which somebody once decided. */
const REASONS: Partial<Record<ConsentStatus, DenyReason>> = {
  refused: 'refused',
  withdrawn: 'withdrawn',
  revoked: 'revoked',
  invalidated: 'invalidated',
  expired: 'expired',
}

function gravest(words: readonly Word[]): DenyReason {
  const order: readonly DenyReason[] = [...CONTRARY, 'expired', 'notice-not-in-force', 'not-proved']
  return order.find((reason) => words.some((word) => word.reason === reason)) ?? 'no-decision'
}

/** Asking about a purpose helps where nobody objects to it. */
function remedy(permits: readonly Permit[]): Step {
  const open = permits.filter(({ objections }) => objections.length === 0)
  if (open.length > 0) {
    const notices = Object.fromEntries(open.map(({ purpose, digests }) => [purpose, digests]))
    return { step: 'ask', purposes: Object.keys(notices), notices }
  }
  return { step: 'resolve-objections', objections: [...new Set(permits.flatMap(({ objections }) => objections))] }
}

function noticesOf(notices: readonly Notice[], permits: readonly Permit[]): readonly NoticeReference[] {
  const relied = new Set(permits.flatMap(({ digests }) => digests))
  return notices.flatMap(({ id, version, digests }) =>
    Object.entries(digests).flatMap(([language, digest]) =>
      relied.delete(digest) ? [{ id, version, language, digest }] : [],
    ),
  )
}

function digestsOf(words: readonly Word[]): string[] {
  return [...new Set(words.flatMap(({ event }) => (event === undefined ? [] : [event.digest])))]
}

/** A renewal renews something: the events from what was given to the newest renewal. */
function basisOf({ purpose, event }: Word, history: readonly RecordedEvent[]): string[] {
  const told = history.slice(0, event?.seq ?? 0).filter((one) => YES.includes(actOf(one, purpose)))
  const first = told.findLastIndex((one) => actOf(one, purpose) !== 'renewed')
  return told.slice(Math.max(0, first)).map(({ digest }) => digest)
}

const YES: readonly (ConsentAct | null)[] = ['given', 'renewed', 'asserted-given']

function denial(reason: DenyReason, lacking: Step): Extract<Finding, { outcome: 'deny' }> {
  return { outcome: 'deny', reason, lacking, events: [] }
}

function stepsOf(finding: Finding): readonly Step[] {
  return finding.outcome === 'allow' ? [] : [finding.lacking]
}

function deny(
  practice: string,
  reason: DenyReason,
  wouldAllow: readonly Step[],
  evidence: PermissionEvidence = { countermeasures: [], notices: [], events: [], objections: [] },
): Permission {
  return { outcome: 'deny', practice, reason, wouldAllow, evidence }
}
