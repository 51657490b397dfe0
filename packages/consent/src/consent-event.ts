/**
 * What a verified event says.
 *
 * @module
 */

/**
 * What a person decided about one purpose. A purpose nobody decided about has no entry anywhere.
 *
 * - `given`, `refused`, `withdrawn`: yes, no, and no longer.
 * - `renewed`: yes again, to what was given before.
 * - `deferred`: the request was put away without deciding. Never a refusal, and it changes no earlier decision.
 */
export type Decision = 'given' | 'renewed' | 'refused' | 'withdrawn' | 'deferred'

/**
 * What ends a permission without the person: `revoked` by the controller, `invalidated` by a court or an authority, which
 * says that it never was one.
 */
export type Ruling = 'revoked' | 'invalidated'

/**
 * Who stands for what an event says: the person, by a key of theirs; the controller, by its own; or nobody but the
 * controller's word for what a person is said to have decided elsewhere (`asserted`), which is no proof of it.
 */
export type Proof = 'person' | 'controller' | 'asserted'

/** Who acted: the person, someone with parental responsibility, or someone else with power to act. Never an identity. */
export type Actor = 'self' | 'guardian' | 'proxy'

/** What a browser says without being asked: `gpc` is Global Privacy Control. A signal is not a decision. */
export type Signal = 'gpc'

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
  readonly proof: Proof
  /** The controller's identifier, usually its web origin. */
  readonly audience: string
  /** The person's pseudonym in this survey. */
  readonly subject: string
  readonly survey: string
  /** One entry per purpose id, none in a {@link SignalEvent}. Own properties only: look up with `Object.hasOwn`. */
  readonly decisions: Readonly<Record<string, Decision | Ruling>>
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
  readonly proof: 'person'
  readonly decisions: Readonly<Record<string, Decision>>
  /** Random id the browser gave the event. */
  readonly id: string
  /** The request it answers. */
  readonly nonce: string
  /** Digest of the notice shown, and its language. */
  readonly notice: string
  readonly language: string
  /** When what is given here ends by itself; null when it does not. */
  readonly validUntil: number | null
  readonly actor: Actor
  /** What the browser said of its own accord when this was signed. */
  readonly signals: readonly Signal[]
  /** RFC 7638 thumbprint (SHA-256) of the browser's key. */
  readonly keyThumbprint: string
  readonly keyAssurance: KeyAssurance
}

/** A withdrawal signed by the controller; it never needs the respondent's key. */
export interface WithdrawalEvent extends EventBase {
  readonly kind: 'withdrawal'
  readonly proof: 'controller'
  readonly decisions: Readonly<Record<string, 'withdrawn'>>
  readonly via: WithdrawalRoute
  /** The controller's key. */
  readonly keyId: string
}

/** The end of a permission by the controller, a court or an authority. */
export interface RulingEvent extends EventBase {
  readonly kind: 'ruling'
  readonly proof: 'controller'
  readonly decisions: Readonly<Record<string, Ruling>>
  readonly keyId: string
}

/** What the host says a person decided before, elsewhere. */
export interface ImportEvent extends EventBase {
  readonly kind: 'import'
  readonly proof: 'asserted'
  readonly decisions: Readonly<Record<string, 'given' | 'refused' | 'withdrawn'>>
  /** When it was decided, as the host says. */
  readonly decidedAt: number
  /** Where the host has it from: an identifier, never a person. */
  readonly source: string
  readonly validUntil: number | null
  readonly keyId: string
}

/** What a browser said of its own accord, and which purposes the host applies it to. It decides nothing. */
export interface SignalEvent extends EventBase {
  readonly kind: 'signal'
  readonly proof: 'controller'
  readonly decisions: Readonly<Record<string, never>>
  readonly signal: Signal
  /** The purposes it covers. */
  readonly purposes: readonly string[]
  readonly keyId: string
}

/** What the controller signs of its own accord; a withdrawal it signs because the person wants it. */
export type StatementEvent = RulingEvent | ImportEvent | SignalEvent

/** A verified event. */
export type ConsentEvent = DecisionEvent | WithdrawalEvent | StatementEvent

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
