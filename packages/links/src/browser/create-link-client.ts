/**
 * The browser's side of open, claim and submit.
 *
 * @module
 */

import type { LinkOutcome } from '../http/link-outcome.js'

/** A link that can be answered. */
export interface UsableLink {
  readonly outcome: 'usable'
  /** The language to speak. */
  readonly language: string
  /** ISO 8601, or `null` for a link that does not expire. */
  readonly expiresAt: string | null
  /** What the message suggested, checked by the server: show it, and let the person change it. */
  readonly prefill: Readonly<Record<string, string>>
}

/**
 * What came of a request. `answer-refused` says why in the host's words; `unreachable` is the only outcome that no
 * server says, and leaves open whether it was reached.
 */
export type LinkResult =
  | UsableLink
  | { readonly outcome: 'answer-refused'; readonly issues: readonly string[] }
  | { readonly outcome: Exclude<LinkOutcome, 'usable' | 'answer-refused'> | 'unreachable' }

/** What {@link createLinkClient} needs. */
export interface LinkClientOptions {
  /** Where the handlers are, such as `/s` or `https://feedback.example/s`. */
  readonly baseUrl: string
  readonly token: string
  /** Parameters of the link's address, for the server to check. */
  readonly prefill?: Readonly<Record<string, string>>
  /** The language the person asked for. @defaultValue what the link or the browser says */
  readonly language?: string | undefined
  /** From a claim that somebody else made; without it the first submission claims. */
  readonly idempotencyKey?: string
  /** How often a request that got no usable reply is sent again. @defaultValue `4` */
  readonly retries?: number
  /** Waits between two of them. @defaultValue half a second, doubled each time, and what `Retry-After` says */
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

/** What every request takes. */
export interface RequestOptions {
  /** Gives up; the promise rejects with its reason. */
  readonly signal?: AbortSignal
}

/** One link, in one page. */
export interface LinkClient {
  /** Asks how the link stands. Changes nothing. */
  open(options?: RequestOptions): Promise<LinkResult>
  /** Call it from a button, never when the page loads. Changes nothing either, but gives the key of the submission. */
  claim(options?: RequestOptions): Promise<LinkResult>
  /**
   * Sends the answer, any JSON value, again and again with one key until a reply comes or the retries are used up.
   * Calling it again is another try of the same submission: the answer is kept once.
   */
  submit(answer: unknown, options?: RequestOptions): Promise<LinkResult>
}

/** Outcomes after which the same request may be sent again. */
const RETRIED: readonly string[] = ['unreachable', 'unavailable', 'rate-limited']
/** Nobody waits longer before the page says so. */
const LONGEST_WAIT = 10_000
/** Requests outlive the page up to 64 KiB; three bytes of UTF-8 a character, and some for others in flight. */
const KEEPALIVE_CHARACTERS = 20_000

/**
 * Creates a client for one link.
 *
 * Requests carry no cookie and no referrer, and the token never in a URL. Nothing is stored in the browser.
 *
 * @param options - See {@link LinkClientOptions}.
 * @returns The client.
 */
export function createLinkClient(options: LinkClientOptions): LinkClient {
  const { token, prefill, language } = options
  let { idempotencyKey } = options
  const claim = async (more?: RequestOptions): Promise<LinkResult> => {
    const result = await send(options, '/claim', { token, language, prefill }, more)
    idempotencyKey ??= (result as { readonly idempotencyKey?: string }).idempotencyKey
    return result
  }
  return {
    open: (more) => send(options, language ? `?language=${encodeURIComponent(language)}` : '', null, more),
    claim,
    async submit(answer, more) {
      const claimed = idempotencyKey === undefined ? await claim(more) : null
      if (claimed !== null && claimed.outcome !== 'usable') return claimed
      return send(options, '/submit', { token, language, idempotencyKey, answer }, more)
    },
  }
}

async function send(
  options: LinkClientOptions,
  path: string,
  body: object | null,
  { signal }: RequestOptions = {},
): Promise<LinkResult> {
  const { retries = 4, wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) } = options
  for (let tried = 0; ; tried++) {
    const [result, seconds] = await sendOnce(options, path, body, signal)
    const pause = Math.max(500 * 2 ** tried, seconds * 1000)
    if (tried >= retries || pause > LONGEST_WAIT || !RETRIED.includes(result.outcome)) return result
    await Promise.race([aborted(signal), wait(pause)])
  }
}

/** Rejects when the page gives up; otherwise it never settles. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
  })
}

async function sendOnce(
  { baseUrl, token }: LinkClientOptions,
  path: string,
  body: object | null,
  signal: AbortSignal | undefined,
): Promise<readonly [result: LinkResult, retryAfter: number]> {
  const text = body && JSON.stringify(body)
  try {
    const response = await fetch(baseUrl + path, {
      method: text ? 'POST' : 'GET',
      headers: {
        Accept: 'application/json',
        ...(text ? { 'Content-Type': 'application/json' } : { 'SurveySeal-Link': token }),
      },
      body: text,
      keepalive: !!text && text.length < KEEPALIVE_CHARACTERS,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      signal: signal ?? null,
    })
    const result = await response.json()
    // A proxy's own page, or JSON of somebody else, is no reply.
    if (typeof result.outcome === 'string') return [result, Number(response.headers.get('Retry-After')) || 0]
  } catch {
    signal?.throwIfAborted()
  }
  return [{ outcome: 'unreachable' }, 0]
}
