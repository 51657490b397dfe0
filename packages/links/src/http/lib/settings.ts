/**
 * The options of the handlers, checked once.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { parseBaseUrl } from '../../lib/base-url.js'
import { tokenAdder } from '../../lib/place-token.js'
import type { Placement } from '../../placement.js'
import type { LinkHandlersOptions, LinkStep } from '../link-handlers.js'
import { englishMessages, frenchMessages, type LinkMessages } from '../messages.js'

const MIN_SECRET_BYTES = 32
const DEFAULT_MAX_BODY_BYTES = 65_536
const PREFILL_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
/** What links and forms need for themselves. */
const RESERVED_NAMES: readonly string[] = ['t', 'language']
const RESERVED_PREFIX = 'link-'

/** What every step works with. */
export interface Settings<Tx> {
  readonly options: LinkHandlersOptions<Tx>
  readonly placement: Placement
  /** Where forms post to, without a slash at the end. */
  readonly path: string
  /** Whose pages may post. */
  readonly origins: ReadonlySet<string>
  readonly messages: ReadonlyMap<string, LinkMessages>
  readonly prefill: ReadonlyMap<string, (value: string) => boolean>
  readonly bucketSecret: Uint8Array
  readonly maxBodyBytes: number
  readonly contentSecurityPolicy: string
}

/** Checks the options. */
export function readSettings<Tx>(options: LinkHandlersOptions<Tx>): Settings<Tx> {
  const { links, accept, placement = 'path', maxBodyBytes = DEFAULT_MAX_BODY_BYTES, origins = [] } = options
  if (typeof links?.submit !== 'function') throw invalidArgumentType('links', 'LinkService', links)
  if (typeof accept !== 'function') throw invalidArgumentType('accept', 'function', accept)
  if (!Number.isSafeInteger(maxBodyBytes) || maxBodyBytes < 1) {
    throw invalidArgumentValue('maxBodyBytes', 'a positive integer')
  }
  const base = parseBaseUrl(options.baseUrl)
  tokenAdder(base, placement)
  return {
    options,
    placement,
    path: base.pathname.replace(/\/$/, ''),
    origins: new Set([base.origin, ...origins.map(originArgument)]),
    messages: messagesArgument({ en: englishMessages, fr: frenchMessages, ...options.messages }),
    prefill: new Map(Object.entries(options.prefill ?? {}).map(prefillArgument)),
    bucketSecret: secretArgument(options.bucketSecret),
    maxBodyBytes,
    contentSecurityPolicy: policyFor(options),
  }
}

/** Tells the host of a failure; a failing log changes nothing for the person. */
export function report({ options }: Settings<never>, error: unknown, step: LinkStep): void {
  try {
    options.onError?.(error, step)
  } catch {
    // There is nobody left to tell.
  }
}

function messagesArgument(messages: Readonly<Record<string, LinkMessages>>): ReadonlyMap<string, LinkMessages> {
  for (const language of Object.values(messages)) {
    const missing = Object.keys(englishMessages).find((name) => !Object.hasOwn(language, name))
    if (missing !== undefined)
      throw invalidArgumentValue('messages', `every message in every language, "${missing}" too`)
  }
  return new Map(Object.entries(messages))
}

function originArgument(origin: string): string {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    throw invalidArgumentValue('origins', 'origins such as https://app.example')
  }
  return origin
}

function prefillArgument([name, check]: [string, (value: string) => boolean]): [string, (value: string) => boolean] {
  if (!PREFILL_NAME.test(name) || RESERVED_NAMES.includes(name) || name.startsWith(RESERVED_PREFIX)) {
    throw invalidArgumentValue('prefill', 'names of letters, digits, "_" and "-" that are not reserved')
  }
  if (typeof check !== 'function') throw invalidArgumentType('prefill', 'functions', check)
  return [name, check]
}

function secretArgument(secret: Uint8Array | undefined): Uint8Array {
  if (secret === undefined) return crypto.getRandomValues(new Uint8Array(MIN_SECRET_BYTES))
  if (!(secret instanceof Uint8Array)) throw invalidArgumentType('bucketSecret', 'Uint8Array', secret)
  if (secret.length < MIN_SECRET_BYTES) throw invalidArgumentValue('bucketSecret', 'at least 32 bytes')
  return Uint8Array.from(secret)
}

/** Nothing but our own form, and the two files a host may name. */
function policyFor({ script, stylesheet }: { readonly script?: string; readonly stylesheet?: string }): string {
  return [
    "default-src 'none'",
    ...(script === undefined ? [] : ["script-src 'self'", "connect-src 'self'"]),
    ...(stylesheet === undefined ? [] : ["style-src 'self'"]),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
