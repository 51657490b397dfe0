/**
 * What asking, recording and withdrawing over a store takes and gives.
 *
 * @module
 */

import type { AgeRule } from './age-rules.js'
import type { Actor, RecordedEvent, Signal } from './consent-event.js'
import type { ConsentLedger } from './consent-ledger.js'
import type { ConsentRequest } from './consent-request.js'
import type { ChainKey, ConsentStore } from './consent-store.js'
import type { Notice } from './notice.js'
import type { OutboxStore } from './outbox/outbox-store.js'
import type { ControllerKeys, Signer } from './signer.js'
import type { Statement } from './state-consent.js'
import type { WithdrawalEffects } from './withdrawal-effects.js'

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
  /**
   * The purposes that each signal of a browser covers. Global Privacy Control is about selling and sharing data and about
   * advertising across parties; the law of the place says what else.
   *
   * @defaultValue none
   */
  readonly signalled?: Readonly<Partial<Record<Signal, readonly string[]>>>
  /** From which age persons consent alone. @defaultValue `AGE_RULES` */
  readonly ageRules?: readonly AgeRule[]
  /** How many events a person's chain may hold; what takes a permission away is recorded beyond it. @defaultValue 1000 */
  readonly maxEvents?: number
  /** How long what is given lasts; null for no end of its own. @defaultValue null */
  readonly validitySeconds?: number | null
  /** How long a person may take to answer. @defaultValue 3600 */
  readonly lifetimeSeconds?: number
  /** How far the clock of a device may be off that gives something; no to all of it may be said by any. @defaultValue 300 */
  readonly skewSeconds?: number
  /** @defaultValue the system's clock */
  readonly clock?: () => Date
}

/** Whom to ask, and about what. */
export interface ConsentQuestion extends ChainKey {
  readonly language: string
  /** All of the notice's purposes when left out. */
  readonly purposes?: readonly string[]
  /** Who is asked to act for the person. @defaultValue `'self'` */
  readonly actor?: Actor
  /** How old the person is and where, as far as the host knows. It is compared with the rules, and kept nowhere. */
  readonly age?: { readonly years: number; readonly country: string }
  /** What the person's browser said of its own accord: `gpc` when `Sec-GPC` is 1. @defaultValue nothing */
  readonly signals?: readonly Signal[]
}

/** Whose permission to withdraw: whoever presents a receipt, or whom the host has identified otherwise. */
export type WithdrawalQuestion = ({ readonly receipt: string } | (ChainKey & { readonly via: 'link' | 'operator' })) & {
  /** Every purpose given now when left out. */
  readonly purposes?: readonly string[]
}

/** What happens together with recording. */
export interface RecordOptions<Tx> {
  /** Whose answer it must be; of another, it is refused. @defaultValue whoever was asked */
  readonly chain?: ChainKey
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
  /**
   * Asks for decisions on a notice in force; keeps the request and returns what the page needs. A signal that covers one of
   * its purposes is recorded before, unless it stands already or the person gave the purpose in spite of it.
   */
  request(notice: Notice, question: ConsentQuestion): Promise<ConsentRequest>
  /** Verifies and records what a browser signed. Sending the same bytes again returns the same receipt. */
  record(jws: string, options?: RecordOptions<Tx>): Promise<Recorded>
  /**
   * Withdraws, at the end of the chain whatever other tabs and devices do meanwhile. It consults no request, notice, link or
   * clock of the person's. An event names at most 128 purposes: more take several, of which the last is returned.
   */
  withdraw(question: WithdrawalQuestion, options?: RecordOptions<Tx>): Promise<Withdrawn>
  /**
   * Records what the controller states of its own accord, at the end of the chain: a ruling, a signal, or decisions of an
   * older system, which stay asserted and permit nothing that needs a decision. Purposes of which it says nothing new are
   * left out of a signal; of anything else they refuse it.
   */
  state(statement: Statement, chain: ChainKey, options?: RecordOptions<Tx>): Promise<Recorded>
  /**
   * Forgets requests that are over, answered or not, and summaries of erased events that nobody needs any more, and says how
   * many. Call it now and then.
   */
  purge(): Promise<number>
}
