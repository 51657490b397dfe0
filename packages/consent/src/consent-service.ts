/**
 * Asking, recording and withdrawing over a store.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'

import type { ConsentEvent, RecordedEvent, WithdrawalEvent, WithdrawalRoute } from './consent-event.js'
import type { ConsentLedger } from './consent-ledger.js'

import { type ConsentRequest, createConsentRequest } from './consent-request.js'
import type { AppendOutcome, ChainKey, ConsentStore, EventRecord } from './consent-store.js'
import { ConsentError } from './errors.js'
import { readEventRecord, receiveEvent, toEventRecord } from './event-record.js'
import { digestText } from './lib/bytes.js'
import { verifyDecision } from './lib/documents.js'
import { MAX_WITHDRAWN } from './lib/schemas.js'
import type { Notice } from './notice.js'
import { type ConsentWithdrawn, toOutboxRecord } from './outbox/outbox-event.js'
import type { OutboxRecord, OutboxStore } from './outbox/outbox-store.js'
import { issueReceipt, verifyReceipt } from './receipt.js'
import type { ControllerKeys, Signer } from './signer.js'
import { assertAnswers } from './verify-consent.js'
import { withdrawConsent } from './withdraw-consent.js'
import { stoppedPractices, type WithdrawalEffects } from './withdrawal-effects.js'

/** What the service works with. */
export interface ConsentServiceOptions<Tx> {
  readonly store: ConsentStore<Tx>
  /** Signs withdrawals and receipts. */
  readonly signer: Signer
  /** The controller's public keys, retired ones included: receipts signed with them are accepted for withdrawal. */
  readonly keys: ControllerKeys
  /** The controller's identifier, usually its web origin. */
  readonly audience: string
  /** The notices in force. */
  readonly notices: readonly Notice[]
  /** Where withdrawals are told, as part of the transaction that records them. @defaultValue nowhere */
  readonly outbox?: Pick<OutboxStore<Tx>, 'enqueue'>
  /**
   * The host's own ids of links to revoke when a person withdraws. Asked inside the transaction, before it is told; when it
   * fails nothing is recorded. @defaultValue none
   */
  readonly linksOf?: (tx: Tx, withdrawal: RecordedEvent) => Promise<readonly string[]>
  /**
   * A log that every recorded event is committed to; `refreshReceipt` adds the proof to a receipt.
   *
   * @defaultValue none
   */
  readonly ledger?: ConsentLedger<Tx>
  /** How long a person may take to answer. @defaultValue 3600 */
  readonly lifetimeSeconds?: number
  /** How far a device's clock may be off. @defaultValue 300 */
  readonly skewSeconds?: number
  /** @defaultValue the system's clock */
  readonly clock?: () => Date
}

/** Whom to ask, and about what. */
export interface ConsentQuestion extends ChainKey {
  readonly language: string
  /** All of the notice's purposes when left out. */
  readonly purposes?: readonly string[]
}

/** Whose permission to withdraw: whoever presents a receipt, or whom the host has identified otherwise. */
export type WithdrawalQuestion = ({ readonly receipt: string } | (ChainKey & { readonly via: 'link' | 'operator' })) & {
  /** Every purpose given now when left out. */
  readonly purposes?: readonly string[]
}

/** What happens together with recording. */
export interface RecordOptions<Tx> {
  /** The host's own writes, kept or lost together with the event. Not called for a repeated event. */
  readonly accept?: (tx: Tx, event: RecordedEvent) => Promise<void>
}

/** An event the store holds, with its receipt. */
export interface Recorded {
  readonly event: RecordedEvent
  readonly receipt: string
  /** True when it was recorded before and nothing changed. */
  readonly repeated: boolean
}

/** A withdrawal, with its receipt and what it has to bring about. */
export interface Withdrawn extends Recorded {
  readonly effects: WithdrawalEffects
}

/** Asking, recording and withdrawing for one tenant. */
export interface ConsentService<Tx> {
  /** Asks for decisions on a notice in force; keeps the request and returns what the page needs. */
  request(notice: Notice, question: ConsentQuestion): Promise<ConsentRequest>
  /** Verifies and records what a browser signed. Sending the same bytes again returns the same receipt. */
  record(jws: string, options?: RecordOptions<Tx>): Promise<Recorded>
  /**
   * Withdraws, at the end of the chain whatever other tabs and devices do meanwhile. It consults no request, notice, link or
   * clock of the person's. An event names at most 128 purposes: more take several, of which the last is returned.
   */
  withdraw(question: WithdrawalQuestion, options?: RecordOptions<Tx>): Promise<Withdrawn>
}

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
  }
}

type Defaulted = 'lifetimeSeconds' | 'skewSeconds' | 'clock'

interface Context<Tx>
  extends Omit<ConsentServiceOptions<Tx>, Defaulted>,
    Required<Pick<ConsentServiceOptions<Tx>, Defaulted>> {
  /** The texts of the notices in force, by digest. */
  readonly documents: ReadonlyMap<string, string>
}

/** Losing this many races in a row against one person's other tabs is not chance. */
const WITHDRAWAL_ATTEMPTS = 16

function documentsOf(notices: readonly Notice[]): ReadonlyMap<string, string> {
  return new Map(notices.flatMap(({ documents }) => Object.values(documents).map((text) => [digestText(text), text])))
}

async function request<Tx>(
  { store, documents, audience, lifetimeSeconds, clock }: Context<Tx>,
  notice: Notice,
  question: ConsentQuestion,
): Promise<ConsentRequest> {
  const head = await store.head({ subject: question.subject, survey: question.survey })
  const made = createConsentRequest(notice, { ...question, audience, head, lifetimeSeconds, now: clock() })
  if (!documents.has(made.notice)) throw invalidArgumentValue('notice', 'a notice in force')
  const { document: _, ...kept } = made
  await store.saveRequest(kept)
  return made
}

async function record<Tx>(context: Context<Tx>, jws: string, hooks: RecordOptions<Tx>): Promise<Recorded> {
  const { store, documents, skewSeconds, clock } = context
  const event = await verifyDecision(jws)
  const earlier = await findRecorded(store, event)
  if (earlier !== undefined) return earlier
  const asked = await store.findRequest(event.nonce)
  if (asked === null) throw new ConsentError('ERR_CONSENT_NONCE_UNKNOWN', 'no such request, or it has expired')
  assertAnswers(event, { request: asked, now: clock(), skewSeconds })
  const document = documents.get(asked.notice)
  if (document === undefined) throw new ConsentError('ERR_CONSENT_NOTICE_MISMATCH', 'the notice is not in force')
  const { outcome, recorded } = await append(context, event, document, hooks)
  if (outcome === 'appended') return recorded
  const winner = outcome === 'repeated' ? await findRecorded(store, event) : undefined
  if (winner !== undefined) return winner
  throw outcome === 'nonce-spent'
    ? new ConsentError('ERR_CONSENT_NONCE_REPLAYED', 'the request was answered before')
    : headMoved()
}

async function withdraw<Tx>(
  context: Context<Tx>,
  question: WithdrawalQuestion,
  hooks: RecordOptions<Tx>,
): Promise<Withdrawn> {
  const { store, audience, signer, clock } = context
  const { chain, via, presented } = await identify(question, context.keys)
  const effects = { purposes: new Set<string>(), practices: new Set<string>(), links: new Set<string>() }
  const told = () => ({
    effects: { purposes: [...effects.purposes], practices: [...effects.practices], links: [...effects.links] },
  })
  for (let attempt = 0; attempt < WITHDRAWAL_ATTEMPTS; ) {
    const history = (await store.events(chain)).map(toRecorded)
    if (presented !== null && !history.some(({ event }) => event.digest === presented)) throw nothingToWithdraw()
    const given = givenPurposes(history, undefined)
    const purposes = givenPurposes(history, question.purposes)
    const head = history.at(-1)?.event
    if (purposes.length === 0 || head === undefined) {
      return { ...earlierWithdrawal(history, question.purposes), ...told() }
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
    if (withdrawn.length === purposes.length) return { ...recorded, ...told() }
  }
  throw headMoved()
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

/** Whose chain: a receipt names it, and must be one of its own. */
async function identify(
  question: WithdrawalQuestion,
  keys: ControllerKeys,
): Promise<{ chain: ChainKey; via: WithdrawalRoute; presented: string | null }> {
  if (!('receipt' in question)) {
    const { subject, survey, via } = question
    return { chain: { subject, survey }, via, presented: null }
  }
  const { event } = await verifyReceipt(question.receipt, { keys })
  return { chain: { subject: event.subject, survey: event.survey }, via: 'receipt', presented: event.digest }
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

async function findRecorded<Tx>(store: ConsentStore<Tx>, event: ConsentEvent): Promise<Recorded | undefined> {
  const records = await store.events({ subject: event.subject, survey: event.survey })
  const same = records.find(({ digest }) => digest === event.digest)
  return same === undefined ? undefined : toRecorded(same)
}

function toRecorded(record: EventRecord): Recorded {
  return { event: readEventRecord(record), receipt: record.receipt, repeated: true }
}

/** The purposes whose latest decision is `given`, among those wanted. */
function givenPurposes(history: readonly Recorded[], wanted: readonly string[] | undefined): string[] {
  const latest = new Map(history.flatMap(({ event }) => Object.entries(event.decisions)))
  return [...latest]
    .filter(([purpose, decision]) => decision === 'given' && (wanted?.includes(purpose) ?? true))
    .map(([purpose]) => purpose)
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
