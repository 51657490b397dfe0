/**
 * People whose values, in clear or hashed, must not stand in a URL.
 *
 * @module
 */

import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { invalidArgumentType } from '@surveyseal/core/errors'
import type { DecoderName } from './finding.js'

/** How a known value was found. */
export interface KnownMatch {
  /** Counted from 1. */
  readonly row: number
  /** The hash function, or none for a value in clear. */
  readonly decoded: readonly DecoderName[]
}

/**
 * An index over known people; it keeps their values in memory and prints none of them.
 *
 * @group Auditing
 */
export interface KnownSubjects {
  /** How many rows it was made from. */
  readonly rows: number
  /** Looks up a decoded value, or a hash in hexadecimal, base64 or base64url. @internal */
  find(value: string): KnownMatch | null
}

const HASHES = { md5, sha1, sha256 } as const

/**
 * Indexes known people, so that an audit finds their values in clear and under unsalted MD5, SHA-1 and SHA-256.
 *
 * Hashes are taken of each value as it is, trimmed, in lower and in upper case, and of telephone numbers as digits with and
 * without `+`. In clear only values that hardly anything else has are looked for: addresses, numbers, names of two words.
 * Values of fewer than three characters are ignored. A salted or keyed hash is not found.
 *
 * @example
 * A list of customers.
 *
 * ```ts
 * import { auditUrl, indexSubjects } from '@surveyseal/links/audit'
 *
 * const known = indexSubjects([['jo@example.org', 'Jo Smith']])
 * auditUrl('https://survey.example/s/5f2f5a5ff0e4e0e8d8e8d8e8d8e8d8e8', { known })
 * ```
 *
 * @param people - One list of values per person.
 * @returns What the option `known` takes.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when a value is no string.
 * @group Auditing
 */
export function indexSubjects(people: Iterable<readonly string[]>): KnownSubjects {
  const index = new Map<string, KnownMatch>()
  let row = 0
  for (const person of people) {
    row++
    for (const value of person) {
      if (typeof value !== 'string') throw invalidArgumentType('people', 'lists of strings', value)
      if (value.trim().length >= 3) addValue(index, value, row)
    }
  }
  return Object.freeze({
    rows: row,
    find: (value: string) => index.get(normalize(value)) ?? index.get(digestToHex(value)) ?? null,
  })
}

function addValue(index: Map<string, KnownMatch>, value: string, row: number): void {
  if (isDistinctive(value.trim())) add(index, normalize(value), { row, decoded: [] })
  for (const form of formsOf(value)) {
    const bytes = utf8ToBytes(form)
    for (const [name, hash] of Object.entries(HASHES)) {
      add(index, bytesToHex(hash(bytes)), { row, decoded: [name as keyof typeof HASHES] })
    }
  }
}

/** "Paris" and "eco" stand in many URLs that are about nobody. */
function isDistinctive(value: string): boolean {
  return value.length >= 5 && /[@\d]|\S\s{1,9}\S/.test(value)
}

/** The first person who has a value keeps it. */
function add(index: Map<string, KnownMatch>, key: string, match: KnownMatch): void {
  if (!index.has(key)) index.set(key, match)
}

function formsOf(value: string): ReadonlySet<string> {
  const trimmed = value.trim()
  const forms = [value, trimmed, trimmed.toLowerCase(), trimmed.toUpperCase()]
  const digits = trimmed.replace(/\D/g, '')
  if (/^[+\d ()./-]{7,30}$/.test(trimmed)) forms.push(digits, `+${digits}`)
  return new Set(forms)
}

/** "Jo Smith", "jo.smith" and "JO_SMITH" are one. */
function normalize(value: string): string {
  return value
    .trim()
    .toLowerCase()
    .replace(/[\s._+-]{1,9}/g, ' ')
}

/** A digest of 16, 20 or 32 bytes in base64 or base64url; anything else gives an empty string. */
function digestToHex(value: string): string {
  if (!/^(?:[A-Za-z0-9+/_-]{22}|[A-Za-z0-9+/_-]{27}|[A-Za-z0-9+/_-]{43})={0,2}$/.test(value)) return ''
  const binary = atob(
    value
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .replace(/={1,2}$/, ''),
  )
  return Array.from(binary, (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}
