/**
 * Asking, recording and withdrawing over a store.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'

import { AGE_RULES, findAgeRule } from './age-rules.js'
import type { ConsentEvent, RecordedEvent, WithdrawalEvent, WithdrawalRoute } from './consent-event.js'

import { type ConsentRequest, createConsentRequest } from './consent-request.js'
import type {
  ConsentQuestion,
  ConsentService,
  ConsentServiceOptions,
  Recorded,
  RecordOptions,
  WithdrawalQuestion,
  Withdrawn,
} from './consent-service.js'
import { consentStatus } from './consent-status.js'
import type { AppendOutcome, ChainKey, ConsentStore, EventRecord } from './consent-store.js'
import { ConsentError } from './errors.js'
import { readEventRecord, receiveEvent, toEventRecord } from './event-record.js'
import { digestText } from './lib/bytes.js'
import { assertFollows, assertOf, assertRoom, statementAt } from './lib/chain-rules.js'
import { verifyDecision } from './lib/documents.js'
import { monthOf } from './lib/month.js'
import { MAX_WITHDRAWN } from './lib/schemas.js'
import type { Notice } from './notice.js'
import { type ConsentWithdrawn, toOutboxRecord } from './outbox/outbox-event.js'
import type { OutboxRecord } from './outbox/outbox-store.js'
import { issueReceipt, verifyReceipt } from './receipt.js'
import type { ControllerKeys } from './signer.js'
import { type Statement, stateConsent } from './state-consent.js'
import { assertAnswers } from './verify-consent.js'
import { withdrawConsent } from './withdraw-consent.js'
import { stoppedPractices } from './withdrawal-effects.js'

/**
 * Composes the verbs of this package over a store.
 *
 * Everything is signed before the transaction begins, so that a slow key service never holds the database. Whoever loses
 * a race gets a code: `ERR_CONSENT_HEAD_MOVED` for the second tab, `ERR_CONSENT_NONCE_REPLAYED` for a second answer to
 * one request. A withdrawal does not lose: it is signed again on the new head.
 *
 * @example
 * Asking and recording over HTTP.
 *
 * ```ts
 * import type { ConsentService, Notice } from '@surveyseal/consent'
 *
 * export async function ask<Tx>(service: ConsentService<Tx>, notice: Notice, subject: string): Promise<Response> {
 *   return Response.json(await service.request(notice, { subject, survey: 'spring-2026', language: 'en' }))
 * }
 *
 * export async function answer<Tx>(service: ConsentService<Tx>, request: Request): Promise<Response> {
 *   const { receipt } = await service.record(await request.text())
 *   return Response.json({ receipt })
 * }
 * ```
 *
 * @param options - See {@link ConsentServiceOptions}.
 * @returns The service.
 */
export function createConsentService<Tx>(options: ConsentServiceOptions<Tx>): ConsentService<Tx> {
  if (!options.keys.keys.some(({ kid }) => kid === options.signer.keyId)) {
    throw invalidArgumentValue('options.keys', "the signer's public key among others")
  }
  const context: Context<Tx> = {
    signalled: {},
    ageRules: AGE_RULES,
    maxEvents: 1000,
    validitySeconds: null,
    lifetimeSeconds: 3600,
    skewSeconds: 300,
    clock: () => new Date(),
    ...options,
    documents: documentsOf(options.notices),
  }
  return {
    request: (notice, question) => request(context, notice, question),
    record: (jws, hooks = {}) => record(context, jws, hooks),
    withdraw: (question, hooks = {}) => withdraw(context, question, hooks),
    state: (statement, { subject, survey }, hooks = {}) => state(context, { statement, subject, survey }, hooks),
    purge: () => purge(context),
  }
}

type Defaulted =
  | 'signalled'
  | 'ageRules'
  | 'maxEvents'
  | 'validitySeconds'
  | 'lifetimeSeconds'
  | 'skewSeconds'
  | 'clock'

interface Context<Tx>
  extends Omit<ConsentServiceOptions<Tx>, Defaulted>,
    Required<Pick<ConsentServiceOptions<Tx>, Defaulted>> {
  /** The texts of the notices in force, by digest. */
  readonly documents: ReadonlyMap<string, string>
}

/** Losing this many races in a row against one person's other tabs is not chance. */
const ATTEMPTS = 16

function documentsOf(notices: readonly Notice[]): ReadonlyMap<string, string> {
  return new Map(notices.flatMap(({ documents }) => Object.values(documents).map((text) => [digestText(text), text])))
}

async function purge<Tx>({ store, clock, skewSeconds }: Context<Tx>): Promise<number> {
  const now = clock().getTime()
  return (await store.purgeRequests(now - skewSeconds * 1000)) + (await store.purgeSummaries(monthOf(now)))
}

async function request<Tx>(context: Context<Tx>, notice: Notice, question: ConsentQuestion): Promise<ConsentRequest> {
  const { store, documents, audience, lifetimeSeconds, validitySeconds, clock } = context
  assertOldEnough(context, question)
  const { subject, survey } = question
  const terms = { ...question, audience, lifetimeSeconds, validitySeconds, now: clock() }
  const first = createConsentRequest(notice, { ...terms, head: null })
  if (!documents.has(first.notice)) throw invalidArgumentValue('notice', 'a notice in force')
  for (const signal of question.signals ?? []) {
    const purposes = first.purposes.filter((purpose) => context.signalled[signal]?.includes(purpose))
    if (purposes.length > 0)
      await state(context, { statement: { states: 'signal', signal, purposes }, subject, survey }, {})
  }
  const head = await store.head({ subject, survey })
  const made = createConsentRequest(notice, { ...terms, head })
  const { document: _, ...kept } = made
  await store.saveRequest(kept)
  return made
}

/** Article 8 of the GDPR and its like: whoever is too young is not asked alone. */
function assertOldEnough<Tx>({ ageRules, clock }: Context<Tx>, { age, actor = 'self' }: ConsentQuestion): void {
  if (age === undefined || actor !== 'self') return
  if (age.years >= findAgeRule(age.country, { at: clock(), rules: ageRules }).age) return
  throw new ConsentError('ERR_CONSENT_GUARDIAN_REQUIRED', 'whoever has parental responsibility must be asked')
}

async function record<Tx>(context: Context<Tx>, jws: string, hooks: RecordOptions<Tx>): Promise<Recorded> {
  const { store, documents, skewSeconds, maxEvents, clock } = context
  const event = await verifyDecision(jws)
  assertOf(event, hooks.chain)
  const history = await historyOf(store, event)
  const earlier = history.find((recorded) => recorded.event.digest === event.digest)
  if (earlier !== undefined) return earlier
  const asked = await store.findRequest(event.nonce)
  if (asked === null) throw new ConsentError('ERR_CONSENT_NONCE_UNKNOWN', 'no such request, or it has expired')
  const now = clock()
  assertAnswers(event, { request: asked, now, skewSeconds })
  const document = documents.get(asked.notice)
  if (document === undefined) throw new ConsentError('ERR_CONSENT_NOTICE_MISMATCH', 'the notice is not in force')
  const events = history.map((recorded) => recorded.event)
  if ((events.at(-1)?.hash ?? null) === event.prev) {
    assertFollows(event, { events, at: now })
    assertRoom(event, { events, at: now, maxEvents })
  }
  const { outcome, recorded } = await append(context, event, document, hooks)
  if (outcome === 'appended') return recorded
  const winner = outcome === 'repeated' ? await findRecorded(store, event) : undefined
  if (winner !== undefined) return winner
  throw outcome === 'nonce-spent'
    ? new ConsentError('ERR_CONSENT_NONCE_REPLAYED', 'the request was answered before')
    : headMoved()
}

async function state<Tx>(
  context: Context<Tx>,
  { statement, ...chain }: ChainKey & { readonly statement: Statement },
  hooks: RecordOptions<Tx>,
): Promise<Recorded> {
  const { store, audience, signer, maxEvents, clock } = context
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const history = await historyOf(store, chain)
    const events = history.map(({ event }) => event)
    const now = clock()
    const said = statementAt(statement, { events, at: now })
    if (said === null) return latestSignal(history)
    const head = events.at(-1) ?? null
    const event = await stateConsent(said, { ...chain, audience, head, signer, now })
    assertFollows(event, { events, at: now })
    assertRoom(event, { events, at: now, maxEvents })
    const { outcome, recorded } = await append(context, event, null, hooks)
    if (outcome === 'appended') return recorded
  }
  throw headMoved()
}

/** Nothing new: either the signal stands, or a purpose was given in spite of one that was recorded before. */
function latestSignal(history: readonly Recorded[]): Recorded {
  const latest = history.findLast(({ event }) => event.kind === 'signal') ?? history.at(-1)
  if (latest === undefined) throw new ConsentError('ERR_CONSENT_TRANSITION_REFUSED', 'nothing new is stated')
  return latest
}

async function withdraw<Tx>(
  context: Context<Tx>,
  question: WithdrawalQuestion,
  hooks: RecordOptions<Tx>,
): Promise<Withdrawn> {
  const { store, audience, signer, clock } = context
  const { chain, via, presented } = await identify(question, context.keys)
  const effects = { purposes: new Set<string>(), practices: new Set<string>(), links: new Set<string>() }
  for (let attempt = 0; attempt < ATTEMPTS; ) {
    const history = await historyOf(store, chain)
    const isErased = presented !== null && !history.some(({ event }) => event.digest === presented.digest)
    if (isErased && (await store.summary(presented.hash)) === null) throw nothingToWithdraw()
    const given = givenPurposes(history, undefined)
    const purposes = givenPurposes(history, question.purposes)
    const head = history.at(-1)?.event
    if (purposes.length === 0 || head === undefined) {
      if (isErased) throw new ConsentError('ERR_CONSENT_ERASED', 'what the receipt records was erased')
      return { ...earlierWithdrawal(history, question.purposes), effects: listed(effects) }
    }
    const withdrawn = purposes.slice(0, MAX_WITHDRAWN)
    const event = await withdrawConsent(withdrawn, { ...chain, audience, via, head, signer, now: clock() })
    const practices = stoppedPractices(history, { withdrawn, given })
    const { outcome, recorded, links } = await appendWithdrawal(context, { event, practices }, hooks)
    if (outcome !== 'appended') {
      attempt++
      continue
    }
    for (const purpose of withdrawn) effects.purposes.add(purpose)
    for (const practice of practices) effects.practices.add(practice)
    for (const link of links) effects.links.add(link)
    if (withdrawn.length === purposes.length) return { ...recorded, effects: listed(effects) }
  }
  throw headMoved()
}

function listed({ purposes, practices, links }: Readonly<Record<'purposes' | 'practices' | 'links', Set<string>>>) {
  return { purposes: [...purposes], practices: [...practices], links: [...links] }
}

/** The withdrawal, what it is told with, and the host's own writes: all of it or nothing. */
async function appendWithdrawal<Tx>(
  context: Context<Tx>,
  { event, practices }: { event: WithdrawalEvent; practices: readonly string[] },
  { accept }: RecordOptions<Tx>,
): Promise<{ outcome: AppendOutcome; recorded: Recorded; links: readonly string[] }> {
  const { outbox, linksOf = async () => [] } = context
  let links: readonly string[] = []
  const appended = await append(context, event, null, {
    accept: async (tx, recorded) => {
      links = await linksOf(tx, recorded)
      await outbox?.enqueue(tx, [tellWithdrawal(event, { receivedAt: recorded.receivedAt, practices, links })])
      await accept?.(tx, recorded)
    },
  })
  return { ...appended, links }
}

function tellWithdrawal(
  { subject, survey, digest, seq, via, decisions }: WithdrawalEvent,
  more: Pick<ConsentWithdrawn, 'receivedAt' | 'practices' | 'links'>,
): OutboxRecord {
  const body = { subject, survey, event: digest, seq, via, purposes: Object.keys(decisions), ...more }
  return toOutboxRecord({ id: `withdrawn:${digest}`, type: 'consent.withdrawn', occurredAt: more.receivedAt, body })
}

type ChainEvent = Pick<RecordedEvent, 'digest' | 'hash'>

/**
 * Whose chain: a receipt names it, and must be one of its own. A proof in it is not looked at: no change of a log's key, and
 * nothing that befell a log, may stand between a person and the withdrawal.
 */
async function identify(
  question: WithdrawalQuestion,
  keys: ControllerKeys,
): Promise<{ chain: ChainKey; via: WithdrawalRoute; presented: ChainEvent | null }> {
  if (!('receipt' in question)) {
    const { subject, survey, via } = question
    return { chain: { subject, survey }, via, presented: null }
  }
  const { event } = await verifyReceipt(question.receipt, { keys: { keys: keys.keys } })
  return { chain: { subject: event.subject, survey: event.survey }, via: 'receipt', presented: event }
}

/** Signs the receipt, then stores event and receipt together with the host's own writes. */
async function append<Tx>(
  { store, signer, ledger, clock }: Context<Tx>,
  verified: ConsentEvent,
  document: string | null,
  { accept }: RecordOptions<Tx>,
): Promise<{ outcome: AppendOutcome; recorded: Recorded }> {
  const event = receiveEvent(verified, { now: clock() })
  const receipt = await issueReceipt(event, { signer, document })
  const outcome = await store.transaction(async (inner, tx) => {
    const outcome = await inner.append(toEventRecord(event, receipt))
    if (outcome !== 'appended') return outcome
    await accept?.(tx, event)
    // Last: whoever appends to a log makes all others wait until the transaction has ended.
    await ledger?.commit(event.hash, tx)
    return outcome
  })
  return { outcome, recorded: { event, receipt, repeated: false } }
}

async function historyOf<Tx>(store: ConsentStore<Tx>, { subject, survey }: ChainKey): Promise<readonly Recorded[]> {
  return (await store.events({ subject, survey })).map(toRecorded)
}

async function findRecorded<Tx>(store: ConsentStore<Tx>, event: ConsentEvent): Promise<Recorded | undefined> {
  const records = await store.events({ subject: event.subject, survey: event.survey })
  const same = records.find(({ digest }) => digest === event.digest)
  return same === undefined ? undefined : toRecorded(same)
}

function toRecorded(record: EventRecord): Recorded {
  return { event: readEventRecord(record), receipt: record.receipt, repeated: true }
}

/** The purposes given by whomever, and run out or not, among those wanted: whatever rests on them is to end. */
function givenPurposes(history: readonly Recorded[], wanted: readonly string[] | undefined): string[] {
  const events = history.map(({ event }) => event)
  const at = new Date(Math.max(...events.map(({ receivedAt }) => receivedAt)))
  const named = new Set(events.flatMap(({ decisions }) => Object.keys(decisions)))
  return [...named].filter((purpose) => {
    if (wanted?.includes(purpose) === false) return false
    const { valid, status } = consentStatus({ purpose, events, at })
    return valid || status === 'expired'
  })
}

/** Withdrawing twice gives the receipt of the first time. */
function earlierWithdrawal(history: readonly Recorded[], wanted: readonly string[] | undefined): Recorded {
  const earlier = history.findLast(({ event }) =>
    Object.entries(event.decisions).some(
      ([purpose, decision]) => decision === 'withdrawn' && (wanted?.includes(purpose) ?? true),
    ),
  )
  if (earlier === undefined) throw nothingToWithdraw()
  return earlier
}

function nothingToWithdraw(): ConsentError {
  return new ConsentError('ERR_CONSENT_NOTHING_TO_WITHDRAW', 'none of the purposes was given')
}

function headMoved(): ConsentError {
  return new ConsentError('ERR_CONSENT_HEAD_MOVED', 'another event came first: request and sign again')
}
