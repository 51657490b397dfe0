/**
 * What a verified event says.
 *
 * @module
 */

/** What a person decided about one purpose. A purpose nobody decided about has no entry anywhere. */
export type Decision = 'given' | 'refused' | 'withdrawn'

/** Where the browser says it keeps the signing key: for later visits, or for one signature. A claim, not proved. */
export type KeyAssurance = 'stored' | 'ephemeral'

/** How a withdrawal reached the controller. */
export type WithdrawalRoute = 'link' | 'receipt' | 'operator'

/** What every event has. Instants are milliseconds since 1970-01-01T00:00:00Z, digests 43 characters of base64url. */
export interface EventBase {
  /** The event itself: a compact JWS, byte for byte. */
  readonly jws: string
  /** SHA-256 of the bytes of {@link EventBase.jws}: the event's content id. */
  readonly digest: string
  /** The controller's identifier, usually its web origin. */
  readonly audience: string
  /** The person's pseudonym in this survey. */
  readonly subject: string
  readonly survey: string
  /** One decision per purpose id. Own properties only: look up with `Object.hasOwn`. */
  readonly decisions: Readonly<Record<string, Decision>>
  /** By the clock of whoever signed: a device's clock for {@link DecisionEvent}. Orders nothing. */
  readonly issuedAt: number
  /** Position in the chain of this subject and survey, counted from 1. */
  readonly seq: number
  /** Hash of the event before, null for the first. */
  readonly prev: string | null
}

/** Decisions signed in the browser with the respondent's key. */
export interface DecisionEvent extends EventBase {
  readonly kind: 'decision'
  /** Random id the browser gave the event. */
  readonly id: string
  /** The request it answers. */
  readonly nonce: string
  /** Digest of the notice shown, and its language. */
  readonly notice: string
  readonly language: string
  /** RFC 7638 thumbprint (SHA-256) of the browser's key. */
  readonly keyThumbprint: string
  readonly keyAssurance: KeyAssurance
}

/** A withdrawal signed by the controller; it never needs the respondent's key. */
export interface WithdrawalEvent extends EventBase {
  readonly kind: 'withdrawal'
  readonly via: WithdrawalRoute
  /** The controller's key. */
  readonly keyId: string
}

/** A verified event. */
export type ConsentEvent = DecisionEvent | WithdrawalEvent

/** What the server adds when it takes an event in. */
export interface Custody {
  /** 32 random bytes as base64url. Destroying them makes {@link Custody.hash} say nothing about the event. */
  readonly salt: string
  /** SHA-256 of the salt's bytes followed by the bytes of the event: what the next event's `prev` names. */
  readonly hash: string
  /** By the server's clock. */
  readonly receivedAt: number
}

/** An event with its place in the server's order. */
export type RecordedEvent = ConsentEvent & Custody
