/**
 * The ceremony over HTTP: what hosts give and get.
 *
 * @module
 */

import type { RecordedEvent } from '../consent-event.js'
import type { ConsentQuestion, ConsentService } from '../consent-service.js'
import type { ChainKey } from '../consent-store.js'
import type { Notice } from '../notice.js'

/** A step of the ceremony. */
export type ConsentStep = 'options' | 'record' | 'withdraw'

/** Whom the host's own session is with, and what it knows of them; never a reference that names the person. */
export interface ConsentVisitor extends ChainKey, Pick<ConsentQuestion, 'actor' | 'age'> {}

/**
 * What every answer says in the member `outcome` of its JSON; append-only.
 *
 * - `asked` (200): with `request`, for `signConsent` of `@surveyseal/consent/browser`.
 * - `recorded` (200): with `receipt`; by this request, or by an earlier one of the same bytes (`repeated`).
 * - `withdrawn` (200): with `receipt`.
 * - `ask-again` (409): the request was answered, is over, or another event came first: begin again with `options`.
 * - `refused` (422): with `code`, one of `ConsentErrorCode`.
 * - `not-identified` (401): the host knows no session of this person.
 * - `cross-site` (403): another site made the browser send this.
 * - `malformed` (400): the body cannot be read, or lacks something.
 * - `method-not-allowed` (405), `too-large` (413), `unsupported-type` (415): as in HTTP.
 * - `unknown` (404): no such step.
 * - `rate-limited` (429): the host's limit; `Retry-After` says for how long.
 * - `unavailable` (503): something failed; nothing was kept in part, and the same request may be sent again.
 */
export type ConsentOutcome =
  | 'asked'
  | 'recorded'
  | 'withdrawn'
  | 'ask-again'
  | 'refused'
  | 'not-identified'
  | 'cross-site'
  | 'malformed'
  | 'method-not-allowed'
  | 'too-large'
  | 'unsupported-type'
  | 'unknown'
  | 'rate-limited'
  | 'unavailable'

/** What {@link createConsentHandlers} needs. */
export interface ConsentHandlersOptions<Tx> {
  /** The consents of one tenant. */
  readonly consents: Pick<ConsentService<Tx>, 'request' | 'record' | 'withdraw'>
  /** The notice to ask with; one of the service's. A function when it depends on the person. */
  readonly notice: Notice | ((visitor: ConsentVisitor) => Notice | Promise<Notice>)
  /** The origin of the pages that use the handlers, such as `https://feedback.example`. */
  readonly origin: string
  /** Other origins whose pages may use them. @defaultValue none */
  readonly origins?: readonly string[]
  /**
   * Whom the session of a request is with, null for nobody. From the host's own session, begun by a link for instance;
   * never from what the page says of itself. It must not fail a withdrawal because a link is used up or a survey over.
   */
  identify(request: Request, step: ConsentStep): ConsentVisitor | null | Promise<ConsentVisitor | null>
  /** The host's own writes, kept or lost together with an event. Not called for a repeated one. */
  accept?(tx: Tx, event: RecordedEvent): Promise<void>
  /** Says for how many seconds to refuse this request (429), or `null` to let it through. A failing limit lets it through. */
  limit?(request: Request, step: ConsentStep): number | null | Promise<number | null>
  /** The largest body that is read. The default holds a receipt. @defaultValue 800000 */
  readonly maxBodyBytes?: number
  /** Hears of every failure that becomes `unavailable` or is let through. Nothing of a request is in what it is given. */
  onError?(error: unknown, step: ConsentStep): void
}

/** The steps, each from a request to a response. They never reject. */
export interface ConsentHandlers {
  /** `POST` of `{ language?, purposes? }`: asks. */
  options(request: Request): Promise<Response>
  /** `POST` of `{ event }`: verifies and records what the browser signed. */
  record(request: Request): Promise<Response>
  /** `POST` of `{ receipt?, purposes? }`: withdraws by a receipt, or for whom the session is with. */
  withdraw(request: Request): Promise<Response>
  /** All of them, by the last segment of the path: `options`, `record`, `withdraw`. */
  fetch(request: Request): Promise<Response>
}
