/**
 * Values of one side inside the texts of the other.
 *
 * @module
 */

import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { ENGINE_COLUMNS } from './cells.js'
import type { Identifiers, OwnedTable } from './owners.js'

/** Tells whose values a text holds. */
export type Finder = (text: string) => ReadonlySet<number>

/** A person's position and an answer's, and the column in which one side's value was found. */
export interface Hit {
  readonly column: string
  readonly found: number
  readonly owner: number
}

/** Looks into every text that belongs to somebody. */
export function hitsIn(tables: readonly OwnedTable[], find: Finder): readonly Hit[] {
  const hits: Hit[] = []
  for (const { cells, owners } of tables) {
    for (const [column, texts] of cells.columns) {
      if (ENGINE_COLUMNS.has(column)) continue
      for (const [row, text] of texts.entries()) {
        const owner = owners[row] ?? -1
        if (owner < 0 || text === null) continue
        for (const found of find(text)) hits.push({ column: `${cells.name}.${column}`, found, owner })
      }
    }
  }
  return hits
}

/** Shorter values are looked for as whole words only. */
const PREFIX = 6

/** Finds values as they are, as words, and from six characters anywhere, whatever their case; encodings are undone once. */
export function valueFinder(ids: Identifiers): Finder {
  const byPrefix = new Map<string, [string, number][]>()
  for (const [value, owner] of ids) {
    if (owner < 0 || value.length < PREFIX) continue
    const lower = value.toLowerCase()
    const list = byPrefix.get(lower.slice(0, PREFIX))
    if (list === undefined) byPrefix.set(lower.slice(0, PREFIX), [[lower, owner]])
    else list.push([lower, owner])
  }
  return (text) => {
    const found = new Set<number>()
    for (const reading of readingsOf(text)) {
      for (const word of [reading, ...reading.split(/[^\p{L}\p{N}@.+_-]+/u)]) found.add(ids.get(word) ?? -1)
      addInside(found, reading.toLowerCase(), byPrefix)
    }
    found.delete(-1)
    return found
  }
}

function addInside(found: Set<number>, text: string, byPrefix: ReadonlyMap<string, [string, number][]>): void {
  for (let at = 0; at + PREFIX <= text.length; at++) {
    for (const [value, owner] of byPrefix.get(text.slice(at, at + PREFIX)) ?? []) {
      if (text.startsWith(value, at)) found.add(owner)
    }
  }
}

function readingsOf(text: string): readonly string[] {
  const readings = [text]
  if (text.includes('%')) readings.push(text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun))
  for (const [token] of text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)) {
    const bytes = decodeBase64(token)
    if (bytes !== null && /^[\x20-\x7e\x80-\xff]+$/.test(bytes)) readings.push(bytes)
  }
  return readings
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}

function decodeBase64(token: string): string | null {
  if (token.length % 4 === 1) return null
  return atob(token.replaceAll('-', '+').replaceAll('_', '/'))
}

const HASHES = [md5, sha1, sha256]

/** Finds unsalted digests of values, in hexadecimal, base64 or base64url; of `known` ones also trimmed and in either case. */
export function hashFinder(ids: Identifiers, known: Identifiers): Finder {
  const digests: Identifiers = new Map()
  for (const [value, owner] of ids) {
    if (owner < 0) continue
    for (const form of known.has(value) ? formsOf(value) : [value]) {
      for (const hash of HASHES) digests.set(bytesToHex(hash(utf8ToBytes(form))), owner)
    }
  }
  return (text) => {
    const found = new Set<number>()
    for (const reading of text.includes('%') ? [text, text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun)] : [text]) {
      for (const [token] of reading.matchAll(/[A-Za-z0-9+/_-]{22,64}/g)) found.add(digests.get(digestOf(token)) ?? -1)
    }
    found.delete(-1)
    return found
  }
}

function formsOf(value: string): ReadonlySet<string> {
  const trimmed = value.trim()
  return new Set([value, trimmed, trimmed.toLowerCase(), trimmed.toUpperCase()])
}

/** The hexadecimal form of a digest of 16, 20 or 32 bytes, or nothing. */
function digestOf(token: string): string {
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i.test(token)) return token.toLowerCase()
  if (token.length !== 22 && token.length !== 27 && token.length !== 43) return ''
  const bytes = decodeBase64(token) ?? ''
  return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}

/** A value and the number under which its places are noted. */
export type Needle = readonly [value: string, slot: number]

/** Where the values of each slot stand first and last in a file; NaN where they do not. */
export function placesIn(
  content: Uint8Array,
  needles: readonly Needle[],
  slots: number,
): { readonly first: Float64Array; readonly last: Float64Array } {
  const first = new Float64Array(slots).fill(Number.NaN)
  const last = new Float64Array(slots).fill(Number.NaN)
  const byPrefix = new Map<number, [Uint8Array, number][]>()
  for (const [value, slot] of needles) {
    const bytes = utf8ToBytes(value)
    if (bytes.length < FILE_VALUE) continue
    const prefix = prefixAt(bytes, 0)
    const list = byPrefix.get(prefix)
    if (list === undefined) byPrefix.set(prefix, [[bytes, slot]])
    else list.push([bytes, slot])
  }
  for (let at = 0; at + FILE_VALUE <= content.length; at++) {
    for (const [bytes, slot] of byPrefix.get(prefixAt(content, at)) ?? []) {
      if (!standsAt(content, bytes, at)) continue
      if (Number.isNaN(first[slot])) first[slot] = at
      last[slot] = at
    }
  }
  return { first, last }
}

/** Shorter ones stand in a file by accident. */
const FILE_VALUE = 8

/** Six bytes as one number. */
function prefixAt(bytes: Uint8Array, at: number): number {
  let prefix = 0
  for (let next = at; next < at + 6; next++) prefix = prefix * 256 + (bytes[next] ?? 0)
  return prefix
}

function standsAt(content: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let next = 0; next < bytes.length; next++) if (content[at + next] !== bytes[next]) return false
  return true
}
