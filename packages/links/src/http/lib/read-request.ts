/**
 * Reading what a request says, in the order type, length, encoding, structure.
 *
 * @module
 */

import type { Prefill } from '../link-handlers.js'
import { Stopped } from './stopped.js'

/** What came with a request, nothing of it checked against anything. */
export interface Sent {
  /** A token, or a URL that holds one. */
  readonly token: string
  readonly idempotencyKey: string | null
  /** The language asked for. */
  readonly language: string | null
  /** Names and values that may be prefill. */
  readonly parameters: readonly (readonly [name: string, value: string])[]
  readonly answer: unknown
  /** Every field of a form, so that it can be sent again; empty for JSON. */
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** Names of our own fields in a form. */
export const FIELD = { token: 'link-token', key: 'link-key', language: 'link-language' } as const

const MAX_PREFILL_LENGTH = 256

/** How the bodies that are understood are read. */
const READERS: Readonly<Record<string, (text: string) => Sent>> = {
  'application/json': readJson,
  'application/x-www-form-urlencoded': readForm,
}

/** Reads a body of at most `maxBytes`. */
export async function readBody(request: Request, maxBytes: number): Promise<Sent> {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';')
  const read = Object.hasOwn(READERS, type.trim()) ? READERS[type.trim()] : undefined
  const foreign = parameters.some((parameter) => /^\s*charset=(?!"?utf-?8"?\s*$)/.test(parameter))
  if (read === undefined || foreign || request.headers.has('content-encoding')) throw new Stopped('unsupported-type')
  const sent = read(await readText(request, maxBytes))
  return { ...sent, idempotencyKey: keyOf(request, sent.idempotencyKey) }
}

/** Keeps what was declared and passes its check; a name that occurs twice says nothing. */
export function readPrefill(
  declared: ReadonlyMap<string, (value: string) => boolean>,
  parameters: Sent['parameters'],
): Prefill {
  const prefill: Record<string, string> = {}
  for (const [name, check] of declared) {
    const [value, ...others] = parameters.flatMap(([found, text]) => (found === name ? [text] : []))
    if (value === undefined || others.length > 0 || value.length > MAX_PREFILL_LENGTH) continue
    if (check(value)) prefill[name] = value
  }
  return prefill
}

/** The header of draft-ietf-httpapi-idempotency-key-header, quoted or not; it and the body may not disagree. */
function keyOf(request: Request, inBody: string | null): string | null {
  const inHeader = request.headers.get('idempotency-key')?.replace(/^"(.*)"$/, '$1') ?? null
  if (inHeader !== null && inBody !== null && inHeader !== inBody) throw new Stopped('key-invalid')
  return inHeader ?? inBody
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new Stopped('too-large')
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    length += part.value.length
    if (length > maxBytes) {
      await reader?.cancel()
      throw new Stopped('too-large')
    }
    chunks.push(part.value)
  }
  return decode(chunks, length)
}

function decode(chunks: readonly Uint8Array[], length: number): string {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Stopped('malformed')
  }
}

function readJson(text: string): Sent {
  const { token, idempotencyKey = null, language = null, prefill = {}, answer = null } = parseObject(text)
  if (typeof token !== 'string' || !isText(idempotencyKey) || !isText(language)) throw new Stopped('malformed')
  const parameters = Object.entries(typeof prefill === 'object' && prefill !== null ? prefill : {})
  return {
    token,
    idempotencyKey,
    language,
    parameters: parameters.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    answer,
    fields: [],
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text, withoutPrototype)
  } catch {
    throw new Stopped('malformed')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Stopped('malformed')
  return value as Record<string, unknown>
}

/** A host that copies an answer member by member must not be given another prototype that way. */
function withoutPrototype(name: string, value: unknown): unknown {
  if (name === '__proto__') throw new Stopped('malformed')
  return value
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

function readForm(text: string): Sent {
  const fields = [...new URLSearchParams(text)]
  const own: readonly string[] = Object.values(FIELD)
  const others = fields.filter(([name]) => !own.includes(name))
  const only = (name: string): string | null => {
    const [value = null, ...rest] = fields.flatMap(([found, content]) => (found === name ? [content] : []))
    if (rest.length > 0) throw new Stopped('malformed')
    return value
  }
  const token = only(FIELD.token)
  if (token === null) throw new Stopped('malformed')
  const [idempotencyKey, language] = [only(FIELD.key), only(FIELD.language)]
  return { token, idempotencyKey, language, parameters: others, answer: answerOf(others), fields }
}

function answerOf(fields: readonly (readonly [string, string])[]): Record<string, string | readonly string[]> {
  const answer: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of fields) {
    if (name === '__proto__') throw new Stopped('malformed')
    const present = answer[name]
    if (Array.isArray(present)) present.push(value)
    else answer[name] = present === undefined ? value : [present, value]
  }
  return answer
}
