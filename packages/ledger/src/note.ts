/**
 * Signed notes: text with the signatures of one or more keys (c2sp.org/signed-note).
 *
 * @module
 */

import { LedgerError } from './errors.js'
import { decodeBase64, encodeBase64 } from './lib/bytes.js'

/** One signature line of a note. */
export interface NoteSignature {
  /** The key's name as the line gives it; worth nothing before the signature is verified. */
  readonly name: string
  /** The key's id: 8 lower-case hexadecimal digits. */
  readonly keyId: string
  /** What follows the key id; 64 bytes of an Ed25519 signature. */
  readonly signature: Uint8Array
}

/** A note taken apart; nothing in it is verified. */
export interface Note {
  /** The text with its last newline. */
  readonly text: string
  /** At least 1 signature, at most 64. */
  readonly signatures: readonly NoteSignature[]
}

const LENGTH_AT_MOST = 262_144
/** @internal */
export const SIGNATURES_AT_MOST = 64
// Anything but white space and plus; a surrogate without its partner has no UTF-8.
const NAME = /^[^\s\p{White_Space}+\p{Surrogate}\p{Cc}]+$/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: notes must not contain them.
const FORBIDDEN = /[\0-\x09\x0b-\x1f]|\p{Surrogate}/u

/**
 * Takes a note apart. Verifies nothing: `verifyCheckpoint` and `verifyTlogProof` do.
 *
 * @param note - The note; at most 262,144 characters.
 * @returns Text and signatures.
 * @throws {@link LedgerError} `ERR_LEDGER_NOTE_MALFORMED`.
 */
export function parseNote(note: string): Note {
  if (typeof note !== 'string' || note.length > LENGTH_AT_MOST || FORBIDDEN.test(note)) throw malformed()
  // The text may hold empty lines; the last one ends it.
  const end = note.lastIndexOf('\n\n')
  if (end <= 0 || !note.endsWith('\n')) throw malformed()
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > SIGNATURES_AT_MOST) throw malformed()
  return { text: note.slice(0, end + 1), signatures: lines.map(parseLine) }
}

/**
 * Joins text and signatures to a note.
 *
 * @internal
 */
export function formatNote({ text, signatures }: Note): string {
  const lines = signatures.map(({ name, keyId, signature }) => {
    const id = keyId.match(/../g)?.map((digits) => Number.parseInt(digits, 16)) ?? []
    return `— ${name} ${encodeBase64(Uint8Array.of(...id, ...signature))}\n`
  })
  return `${text}\n${lines.join('')}`
}

/**
 * Whether a key may be called so.
 *
 * @internal
 */
export function isKeyName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= 255 && NAME.test(name)
}

function parseLine(line: string): NoteSignature {
  const [dash, name, encoded, ...rest] = line.split(' ')
  const bytes = decodeBase64(encoded ?? '')
  if (dash !== '—' || !isKeyName(name) || rest.length > 0 || bytes === null || bytes.length < 5) throw malformed()
  const keyId = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { name, keyId, signature: bytes.slice(4) }
}

function malformed(): LedgerError {
  return new LedgerError('ERR_LEDGER_NOTE_MALFORMED', 'this is no signed note')
}
