/**
 * The link protocol over HTTP: what hosts give and get.
 *
 * @module
 */

import type { ResolvedLink } from '../link-service/link-state.js'
import type { LinkService } from '../link-service.js'
import type { Placement } from '../placement.js'
import type { LinkProblem } from './link-outcome.js'
import type { LinkMessages } from './messages.js'

/** A step of the protocol. */
export type LinkStep = 'open' | 'claim' | 'submit'

/** Parameters of the URL that the host declared and found good: what a mail suggests, and nobody has answered yet. */
export type Prefill = Readonly<Record<string, string>>

/** An answer on its way in. */
export interface SubmittedAnswer {
  /**
   * As it was sent, not validated: any JSON value, or of a form an object without prototype whose members are strings,
   * or lists of them where a name occurs more than once.
   */
  readonly answer: unknown
  readonly link: ResolvedLink
  /** The language of the page it came from. */
  readonly language: string
}

/** One request, before the link is looked at. */
export interface LinkAttempt {
  readonly step: LinkStep
  readonly request: Request
  /** A keyed digest of the token as it was spelled: equal when a link is sent twice, and of no other use to anybody. */
  readonly bucket: string
}

/**
 * A page to show.
 *
 * - `open`: the invitation. Nothing has happened, and nothing does until the person presses the button.
 * - `claim`: the questions. After a refused answer `issues` are the host's words for why, and `answer` is what was sent.
 * - `submit`: thanks.
 * - `enter`: the base URL alone, as when the link is in the fragment or was taken out of the address bar.
 * - `problem`: everything else.
 */
export type LinkPage =
  | {
      readonly step: 'open'
      readonly language: string
      readonly link: ResolvedLink
      readonly token: string
      readonly prefill: Prefill
    }
  | {
      readonly step: 'claim'
      readonly language: string
      readonly link: ResolvedLink
      readonly token: string
      readonly idempotencyKey: string
      readonly prefill: Prefill
      readonly issues: readonly string[]
      readonly answer: unknown
    }
  | { readonly step: 'submit'; readonly language: string }
  | { readonly step: 'enter'; readonly language: string }
  | { readonly step: 'problem'; readonly language: string; readonly outcome: LinkProblem }

/** What {@link createLinkHandlers} needs. */
export interface LinkHandlersOptions<Tx> {
  /** The links of one scope. */
  readonly links: Pick<LinkService<Tx>, 'open' | 'claim' | 'submit'>
  /** The same as the link service's: forms post to its path followed by `/claim` and `/submit`. */
  readonly baseUrl: string
  /** The same as the link service's. @defaultValue `'path'` */
  readonly placement?: Placement
  /**
   * Writes the answer through `tx`; it is kept exactly when the link is spent. Throwing {@link AnswerRefused} refuses it.
   * May run again when the database asks for a retry.
   */
  accept(tx: Tx, submitted: SubmittedAnswer): Promise<unknown>
  /**
   * Makes the pages: a `Response`, HTML to stand inside the default page, or `null` for the default.
   *
   * HTML for `open` stands above the button, HTML for `claim` inside the form that carries the link and the key, and so
   * holds the questions. Escape what you insert: `answer` and `prefill` come from outside. Without this, the default
   * form asks for the declared prefill and one comment.
   */
  render?(page: LinkPage, request: Request): PageBody | Promise<PageBody>
  /** Messages by language tag, besides English (`en`, the default) and French (`fr`), or in their place. */
  readonly messages?: Readonly<Record<string, LinkMessages>>
  /** Parameters that may prefill the form, each with its check; a value has at most 256 characters. @defaultValue none */
  readonly prefill?: Readonly<Record<string, (value: string) => boolean>>
  /** Says for how many seconds to refuse this attempt (429), or `null` to let it through. Asked before the store is. */
  limit?(attempt: LinkAttempt): number | null | Promise<number | null>
  /**
   * What a failing `limit` means: let through, because a token cannot be guessed and the limit guards load only, or
   * refuse (503).
   *
   * @defaultValue `'open'`
   */
  readonly limitFailure?: 'open' | 'closed'
  /** Keys the buckets of `limit`: give every process the same 32 bytes or more. @defaultValue random */
  readonly bucketSecret?: Uint8Array
  /**
   * Whether a person asked for this claim or submission (a challenge they solved, `Sec-Fetch-User` where browsers send
   * it). Only the host can tell; programs that fill in forms pass everything else.
   */
  verifyGesture?(attempt: LinkAttempt): boolean | Promise<boolean>
  /** Other origins whose pages may use the handlers, such as `https://app.example`. @defaultValue none */
  readonly origins?: readonly string[]
  /** The largest body that is read. @defaultValue 65536 */
  readonly maxBodyBytes?: number
  /** The address of a module script of the same origin for the default pages, see `@surveyseal/links/browser`. */
  readonly script?: string
  /** The address of a style sheet of the same origin for the default pages. */
  readonly stylesheet?: string
  /** Hears of every failure that becomes `unavailable` or is let through. Nothing of a request is in what it is given. */
  onError?(error: unknown, step: LinkStep): void
}

/** What {@link LinkHandlersOptions.render} may give. */
export type PageBody = Response | string | null

/** The three steps, each from a request to a response. They never reject. */
export interface LinkHandlers {
  /** `GET` and `HEAD` of the link itself, or of the base URL with the token in the header `SurveySeal-Link`. Inert. */
  open(request: Request): Promise<Response>
  /** `POST` from a person's gesture: gives the idempotency key, spends nothing, excludes nobody. */
  claim(request: Request): Promise<Response>
  /** `POST` of the answer with the key: spends the link exactly when the host accepts the answer. */
  submit(request: Request): Promise<Response>
  /** All of them, by the last segment of the path: `claim`, `submit`, anything else opens. */
  fetch(request: Request): Promise<Response>
}
