import type { SubjectMatch } from '../recognize.js'
import type { Fingerprint } from './erasure-target.js'

/** @internal A salt as the plan writes it: 32 bytes in hexadecimal. */
export function newSalt(randomBytes: (length: number) => Uint8Array): string {
  return hex(randomBytes(32))
}

/** @internal SHA-256 of the salt's bytes followed by the JSON with sorted members: without the salt nobody can guess at it. */
export function fingerprintWith(salt: string): Fingerprint {
  const prefix = Uint8Array.from(salt.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  return async (value) => {
    const text = new TextEncoder().encode(canonicalText(value))
    const bytes = new Uint8Array(prefix.length + text.length)
    bytes.set(prefix)
    bytes.set(text, prefix.length)
    return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  }
}

/** @internal */
export function subjectFingerprint({ canonical }: SubjectMatch, salt: string): Promise<string> {
  return fingerprintWith(salt)([...canonical].sort())
}

/** JSON with members in the order of their names: databases keep no other order. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) => (isObject(member) ? sorted(member) : member)) ?? 'null'
}

/** Without a prototype, `__proto__` is a name like others. */
function sorted(object: Record<string, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = Object.create(null)
  for (const name of Object.keys(object).sort()) copy[name] = object[name]
  return copy
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
