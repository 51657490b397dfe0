/**
 * Reading what a request says, in the order type, length, encoding, structure.
 *
 * @module
 */

import { ConsentError } from '../../errors.js'
import { parseJson } from '../../lib/json.js'
import { Stopped } from './stopped.js'

/** What came with a request, nothing of it checked against anything. */
export interface Sent {
  readonly event: string | null
  readonly receipt: string | null
  readonly language: string | null
  readonly purposes: readonly string[] | null
}

const MAX_PURPOSES = 128
const MAX_NAME_LENGTH = 64

/** Reads a JSON body of at most `maxBytes`; members that no step knows are refused. */
export async function readBody(request: Request, maxBytes: number): Promise<Sent> {
  assertJson(request.headers)
  const value = parse(await readText(request, maxBytes))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Stopped('malformed')
  const { event = null, receipt = null, language = null, purposes = null, ...others } = value as Record<string, unknown>
  if (Object.keys(others).length > 0) throw new Stopped('malformed')
  return {
    event: textOrNull(event),
    receipt: textOrNull(receipt),
    language: nameOrNull(language),
    purposes: purposesOrNull(purposes),
  }
}

function assertJson(headers: Headers): void {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  const foreign = parameters.some((parameter) => /^\s*charset=(?!"?utf-?8"?\s*$)/.test(parameter))
  if (type.trim() === 'application/json' && !foreign && !headers.has('content-encoding')) return
  throw new Stopped('unsupported-type')
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new Stopped('too-large')
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const reader = request.body?.getReader()
  let text = ''
  let length = 0
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    length += part.value.length
    if (length > maxBytes) {
      await reader?.cancel()
      throw new Stopped('too-large')
    }
    text += decoded(() => decoder.decode(part.value, { stream: true }))
  }
  return text + decoded(() => decoder.decode())
}

function decoded(decode: () => string): string {
  try {
    return decode()
  } catch {
    throw new Stopped('malformed')
  }
}

/**
 * One reading only: no member twice, and no `__proto__`. The runtime's own parser comes first: whoever looks for the ends of
 * strings in text that is no JSON can be sent through it again from every quotation mark.
 */
function parse(text: string): unknown {
  try {
    return parseJson(text, 'ERR_CONSENT_MALFORMED')
  } catch (error) {
    if (error instanceof ConsentError) throw new Stopped('malformed')
    throw error
  }
}

function textOrNull(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value
  throw new Stopped('malformed')
}

function nameOrNull(value: unknown): string | null {
  const text = textOrNull(value)
  if (text !== null && text.length > MAX_NAME_LENGTH) throw new Stopped('malformed')
  return text
}

function purposesOrNull(value: unknown): readonly string[] | null {
  if (value === null) return null
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_PURPOSES) throw new Stopped('malformed')
  if (new Set(value).size < value.length) throw new Stopped('malformed')
  return value.map((purpose) => nameOrNull(purpose) ?? '')
}
