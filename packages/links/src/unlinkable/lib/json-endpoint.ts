/**
 * An endpoint that takes one JSON object by POST, for pages that send no credentials.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import { UnlinkableError, type UnlinkableErrorCode } from '../errors.js'

/** What an endpoint answers. */
export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** Where an endpoint is called from, and how much it reads. */
export interface EndpointOptions {
  /** Origins whose pages may call the endpoint, such as `https://survey.example`. Its own needs no mention. @defaultValue none */
  readonly origins?: readonly string[]
  /** The largest body that is read. @defaultValue 65536 */
  readonly maxBodyBytes?: number
}

/** Makes a handler of a function of the body. Errors of the host pass through; ours become a code and nothing else. */
export function jsonEndpoint(
  options: EndpointOptions,
  run: (body: Readonly<Record<string, unknown>>) => Promise<Reply>,
): (request: Request) => Promise<Response> {
  const { origins = [], maxBodyBytes = 65_536 } = options
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw invalidArgumentValue('origins', 'origins such as https://survey.example')
    }
  }
  return async (request) => {
    const headers = responseHeaders(request, origins)
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers })
    if (request.method !== 'POST') {
      headers.set('Allow', 'POST, OPTIONS')
      return new Response(null, { status: 405, headers })
    }
    const { status, body } = await attempt(request, maxBodyBytes, run)
    headers.set('Content-Type', 'application/json')
    return new Response(JSON.stringify(body), { status, headers })
  }
}

/** The status of each refusal; what is not here is a fault of the server. */
const STATUSES: Partial<Record<UnlinkableErrorCode, number>> = {
  ERR_UNLINKABLE_MALFORMED: 400,
  ERR_UNLINKABLE_CREDENTIALS: 400,
  ERR_UNLINKABLE_SIGNATURE_INVALID: 403,
  ERR_UNLINKABLE_NOT_PERMITTED: 403,
  ERR_UNLINKABLE_ALREADY_ISSUED: 409,
  ERR_UNLINKABLE_KEY_UNKNOWN: 409,
}

async function attempt(
  request: Request,
  maxBytes: number,
  run: (body: Readonly<Record<string, unknown>>) => Promise<Reply>,
): Promise<Reply> {
  try {
    // Either would tell who is asking, where nobody may know; our pages send neither.
    if (request.headers.has('cookie') || request.headers.has('authorization')) {
      throw new UnlinkableError('ERR_UNLINKABLE_CREDENTIALS', 'the request carries credentials')
    }
    return await run(await readObject(request, maxBytes))
  } catch (error) {
    const status = error instanceof UnlinkableError ? STATUSES[error.code] : undefined
    if (status === undefined) throw error
    return { status, body: { code: (error as UnlinkableError).code } }
  }
}

async function readObject(request: Request, maxBytes: number): Promise<Readonly<Record<string, unknown>>> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/json') throw malformed()
  const text = await readText(request, maxBytes)
  let value: unknown
  try {
    value = JSON.parse(text, withoutPrototype)
  } catch {
    throw malformed()
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  return value as Readonly<Record<string, unknown>>
}

/** A host that copies an answer member by member must not be given another prototype that way. */
function withoutPrototype(name: string, value: unknown): unknown {
  if (name === '__proto__') throw malformed()
  return value
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = request.body?.getReader()
  let [text, length] = ['', 0]
  try {
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      length += part.value.length
      if (length > maxBytes) throw malformed()
      text += decoder.decode(part.value, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    await reader?.cancel()
    throw error instanceof TypeError ? malformed() : error
  }
}

function responseHeaders(request: Request, origins: readonly string[]): Headers {
  const headers = new Headers({
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex, nofollow',
    Vary: 'Origin',
  })
  const origin = request.headers.get('origin')
  if (origin === null || !origins.includes(origin)) return headers
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Allow-Methods', 'POST')
  headers.set('Access-Control-Allow-Headers', 'Content-Type')
  return headers
}

/** The one refusal of a body that cannot be used. */
export function malformed(): UnlinkableError {
  return new UnlinkableError('ERR_UNLINKABLE_MALFORMED', 'the request is not of this format')
}
