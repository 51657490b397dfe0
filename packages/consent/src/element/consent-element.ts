/**
 * The element as a page sees it: properties, events, and what the host does.
 *
 * @module
 */

import type { ConsentRequest } from '../consent-request.js'
import type { Choice } from '../form/consent-form.js'
import type { NoticeDocument } from '../notice.js'
import type { FormWording } from './form-wording.js'

/** What a host gets to send a signed event. */
export interface SubmitContext {
  readonly request: ConsentRequest
  readonly decisions: Readonly<Record<string, Choice>>
  /** Aborts when the time limit is over. */
  readonly signal: AbortSignal
}

/** What a host may answer when the question has to be asked again: another window answered, or the request expired. */
export interface AskAgain {
  readonly request: ConsentRequest
}

/**
 * Sends a signed event to the server. Returning means that it was recorded; throwing means that nobody knows, and the
 * person is offered to send the same bytes again.
 */
export type Submit = (signed: string, context: SubmitContext) => Promise<AskAgain | undefined>

/** Signs; `signConsent` unless the host brings its own. */
export type Sign = (request: ConsentRequest, decisions: Readonly<Record<string, Choice>>) => Promise<string>

/** What a person said yes to, and can take back. */
export interface GivenConsent {
  readonly document: NoticeDocument
  /** Purposes of the document, each once. */
  readonly purposes: readonly string[]
}

/** Sends a withdrawal to the server, as {@link Submit} does choices. */
export type Withdraw = (purposes: readonly string[], context: { readonly signal: AbortSignal }) => Promise<void>

/** The events of the element. They do not bubble: what a person chose is heard only where somebody listens for it. */
export interface ConsentElementEventMap {
  /** A choice was made or changed; nothing is sent yet. */
  'consent-change': CustomEvent<{ readonly choices: Readonly<Record<string, Choice | null>> }>
  /** The server has the choices. */
  'consent-sent': CustomEvent<{ readonly signed: string; readonly decisions: Readonly<Record<string, Choice>> }>
  /** The person put the question off. Neither a consent nor a refusal. */
  'consent-dismiss': CustomEvent<{ readonly request: ConsentRequest }>
  /** The server has the withdrawal. */
  'consent-withdrawn': CustomEvent<{ readonly purposes: readonly string[] }>
  /** The notice cannot be shown, or sending failed. */
  'consent-error': CustomEvent<{ readonly error: unknown }>
}

/** `<surveyseal-consent>`, once `defineConsentElement` was called. */
export interface ConsentElement extends HTMLElement {
  /** The question to show; setting it shows it with nothing chosen. Null shows the element's own children. */
  request: ConsentRequest | null
  submit: Submit | null
  /** @defaultValue `signConsent` */
  sign: Sign
  /** What can be withdrawn; setting it shows that instead of a question. */
  given: GivenConsent | null
  withdraw: Withdraw | null
  /** Words in place of the built-in ones, in the language of the notice. Read when a request is set. */
  wording: Partial<FormWording>
  /** How long the server may take, in milliseconds. @defaultValue 30000 */
  timeLimit: number
  /** Listens for an event of the element. */
  addEventListener<Type extends keyof ConsentElementEventMap>(
    type: Type,
    listener: (this: ConsentElement, event: ConsentElementEventMap[Type]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void
  /** Listens for any other event. */
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void
}
