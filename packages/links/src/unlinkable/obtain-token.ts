/**
 * Getting a token, in the page that an invitation leads to.
 *
 * @module
 */

import { decodeBase64url, encodeBase64url } from '../lib/base64url.js'
import { UnlinkableError } from './errors.js'
import { blind, drawFactor, finalize, SALT_BYTES, signatureInvalid } from './lib/blind.js'
import { type PinnedWave, pinnedWave } from './lib/pinned-wave.js'
import { postJson } from './lib/post-json.js'
import { fromBigInt, toBigInt } from './lib/public-key.js'
import { encodeToken, PREFIX_BYTES, prepare } from './lib/token.js'
import { indexedDbStorage, type TokenStorage, unavailable } from './token-storage.js'
import type { PublishedWave } from './wave.js'

/** What {@link obtainToken} needs. */
export interface ObtainTokenOptions {
  /** The URL of the invitation. */
  readonly link: string
  /** What is published of the wave. */
  readonly wave: PublishedWave
  /**
   * The id of the wave's key from where everybody sees the same: the notice, a poster, the page's own code. Not from the
   * answer that brings `wave`: a server that gives each person a key of their own knows their answers by it.
   */
  readonly keyId: string
  /**
   * What stands for the person in this browser's storage: give it where a link may be issued again, as by a reminder, so that
   * the new link finds what the old one began. `TokenIssuer.inviteeOf` makes one for the page.
   *
   * @defaultValue the token in `link`, whatever else a mail system appends to the URL
   */
  readonly invitee?: string
  /** Where the issue handler is. */
  readonly issueUrl: string
  /** @defaultValue {@link indexedDbStorage} */
  readonly storage?: TokenStorage
  /** @defaultValue the browser's */
  readonly fetch?: typeof globalThis.fetch
}

/** A token in this browser. */
export interface ObtainedToken {
  /** To give to {@link submitAnswer}. Whoever has it can answer. */
  readonly token: string
  /** Whether this browser answered with it already. */
  readonly answered: boolean
  /** Under which name `storage` keeps it. */
  readonly name: string
}

/** What is kept from before the request until the answer; after the answer only `answered` is true and the rest is empty. */
interface State {
  readonly prefix: string
  readonly blinded: string
  readonly inverse: string
  readonly token: string
  readonly answered: boolean
}

/**
 * Gets the token of an invitation, or finds the one that this browser has.
 *
 * Call it when the person presses a button, never when the page loads: a mail scanner that opens the link would use up the
 * token. The blinded message and what takes the blinding off are kept before anything is sent, so whatever happens the same
 * call goes on where it stopped; a browser that keeps nothing sends nothing. A person who loses the browser's data, or
 * goes on in another browser, has no second token.
 *
 * @param options - See {@link ObtainTokenOptions}.
 * @returns The token.
 * @throws UnlinkableError `ERR_UNLINKABLE_GESTURE_MISSING`, `ERR_UNLINKABLE_KEY_INVALID`, `ERR_UNLINKABLE_KEY_NOT_PINNED`,
 * `ERR_UNLINKABLE_STORAGE_UNAVAILABLE` before anything is sent; `ERR_UNLINKABLE_NOT_PERMITTED`,
 * `ERR_UNLINKABLE_ALREADY_ISSUED`, `ERR_UNLINKABLE_KEY_UNKNOWN` as the server says; `ERR_UNLINKABLE_SIGNATURE_INVALID` when
 * it signed something else; `ERR_UNLINKABLE_UNAVAILABLE` to try again.
 *
 * @example
 * What a page does when the person presses the button.
 *
 * ```ts
 * import { obtainToken, type PublishedWave, submitAnswer } from '@surveyseal/links/unlinkable-browser'
 *
 * export async function send(wave: PublishedWave, answer: unknown): Promise<void> {
 *   const obtained = await obtainToken({
 *     link: location.href,
 *     wave,
 *     keyId: 'NqfzX7rNaaBOwXTLkPKU54mrTSEJI8gAOuSlc3m88Pc', // in this script, and in the notice
 *     issueUrl: '/issue',
 *   })
 *   if (obtained.answered) return
 *   await submitAnswer(obtained, { answerUrl: 'https://answers.example/answer', answer })
 * }
 * ```
 */
export async function obtainToken(options: ObtainTokenOptions): Promise<ObtainedToken> {
  const {
    link,
    wave,
    keyId,
    issueUrl,
    storage = indexedDbStorage(),
    fetch = globalThis.fetch.bind(globalThis),
  } = options
  assertGesture()
  const pinned = await pinnedWave(wave, keyId)
  const name = await nameOf(options.invitee ?? tokenIn(link), keyId)
  const known = await storage.read(name)
  const state = parseState(known ?? (await storage.begin(name, JSON.stringify(await newState(pinned)))))
  if (state.answered || state.token !== '') return { token: state.token, answered: state.answered, name }
  const body = { link, keyId, blinded: state.blinded }
  const token = await unblind(pinned, state, await postJson(fetch, issueUrl, { body, name: 'signature' }))
  await storage.replace(name, JSON.stringify({ ...state, blinded: '', inverse: '', token }))
  return { token, answered: false, name }
}

/** Browsers know whether the person has touched the page; where they do not say, the caller alone knows. */
function assertGesture(): void {
  const { userActivation } = globalThis.navigator ?? {}
  if (userActivation !== undefined && !userActivation.hasBeenActive) {
    throw new UnlinkableError('ERR_UNLINKABLE_GESTURE_MISSING', 'nobody has done anything on this page')
  }
}

/** What a browser gives back may be damaged. It is left as it is, and no message quotes it: the token may be in it. */
function parseState(text: string): State {
  let state: Partial<State> | null = null
  try {
    state = JSON.parse(text)
  } catch {
    // The parser's own message would quote it.
  }
  const texts = [state?.prefix, state?.blinded, state?.inverse, state?.token]
  if (typeof state?.answered !== 'boolean' || texts.some((each) => typeof each !== 'string')) throw unavailable()
  return state as State
}

async function newState({ numbers, context }: PinnedWave): Promise<State> {
  const prefix = random(PREFIX_BYTES)
  const fresh = { salt: random(SALT_BYTES), factor: drawFactor(numbers, random) }
  const { blinded, inverse } = await blind(numbers, prepare(prefix, context), fresh)
  return {
    prefix: encodeBase64url(prefix),
    blinded: encodeBase64url(blinded),
    inverse: encodeBase64url(fromBigInt(inverse, numbers.modulus.length)),
    token: '',
    answered: false,
  }
}

async function unblind({ numbers, context }: PinnedWave, state: State, answer: string): Promise<string> {
  const [prefix, inverse, blindSignature] = [state.prefix, state.inverse, answer].map(decodeBase64url)
  if (!prefix || !inverse || !blindSignature) throw signatureInvalid()
  const options = { signature: blindSignature, inverse: toBigInt(inverse), saltBytes: SALT_BYTES }
  return encodeToken({ prefix, signature: await finalize(numbers, prepare(prefix, context), options) })
}

/** The browser's data names no link. */
async function nameOf(invitee: string, keyId: string): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([invitee, keyId]))
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** What may be the token, in any placement. Campaign parameters and anchors that come and go would make it another invitation. */
function tokenIn(link: string): string {
  if (!URL.canParse(link)) return link
  const { hash, searchParams, pathname } = new URL(link)
  const places = [hash.slice(1), searchParams.get('t') ?? '', pathname.split('/').at(-1) ?? '']
  // All that may be one: two people's invitations must never be taken for the same.
  const tokens = places.filter((text) => /^[\w-]{22,}$/.test(text))
  return tokens.length > 0 ? tokens.join(' ') : link
}

function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}
