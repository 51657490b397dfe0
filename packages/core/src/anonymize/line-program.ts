import type { Language } from '../lib/text.js'
import { languageIn } from './apply.js'
import { endOfScalar, endOfWord, type JsonLine } from './json-line.js'
import type { JsonSink } from './json-sink.js'
import { REMOVED } from './removed.js'
import type { Replace } from './techniques.js'

/** @internal What happens to one member of a record. */
export interface Step {
  readonly name: string
  readonly replace: Replace
}

/** @internal Writes what is left of a line; `false`, and nothing is written, where the long way has to see to it. */
export type LineProgram = (line: JsonLine, sink: JsonSink) => boolean

/** A member whose value differs from line to line, and what is written before it. */
interface Slot {
  readonly piece: Uint8Array
  readonly index: number
  /** Absent where the value is kept. */
  readonly replace?: Replace
  /** Reads as much of the value as is looked at. */
  readonly read: Read
}

type Read = (bytes: Uint8Array, start: number, end: number) => unknown

/**
 * @internal
 *
 * Goes through a line in which these names follow each other, without making an object of it: what is kept is copied, byte by
 * byte. That can be done where the line is written as `JSON.stringify` writes it; any other is not for this program.
 */
export function lineProgram(steps: readonly Step[], language: Language): LineProgram {
  const keys = steps.map(({ name }, index) => ENCODER.encode(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`))
  const { slots, last } = slotsOf(steps)
  const languageAt = steps.findIndex(({ name }) => name === 'language')
  const starts = new Uint32Array(steps.length)
  const ends = new Uint32Array(steps.length)
  const made: unknown[] = []
  const valueAt = ({ bytes }: JsonLine, { index, read }: Pick<Slot, 'index' | 'read'>): unknown =>
    read(bytes, starts[index] ?? 0, ends[index] ?? 0)
  return (line, sink) => {
    if (!findValues(line, { keys, starts, ends })) return false
    const told = languageAt === -1 ? undefined : languageIn(valueAt(line, { index: languageAt, read: parse }))
    const circumstances = { language: told ?? language }
    for (const slot of slots) {
      if (slot.replace === undefined) continue
      const replacement = slot.replace(valueAt(line, slot), circumstances)
      if (replacement === REMOVED) return false
      made[slot.index] = replacement
    }
    for (const { piece, index, replace } of slots) {
      sink.piece(piece)
      if (replace === undefined) sink.range(line.bytes, starts[index] ?? 0, ends[index] ?? 0)
      else sink.scalar(made[index])
    }
    sink.piece(last)
    return true
  }
}

interface Places {
  readonly keys: readonly Uint8Array[]
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** Whether the line is these members and nothing else; then their values' places are noted. */
function findValues({ bytes, start, end }: JsonLine, { keys, starts, ends }: Places): boolean {
  let at = start
  for (let index = 0; index < keys.length; index += 1) {
    at = endOfWord(bytes, at, keys[index] as Uint8Array)
    if (at === -1) return false
    starts[index] = at
    at = endOfScalar(bytes, at)
    if (at === -1) return false
    ends[index] = at
  }
  if (keys.length === 0 || bytes[at] !== CLOSING_BRACE) return false
  return at + 1 === end || (at + 2 === end && bytes[at + 1] === CARRIAGE_RETURN)
}

/** What is the same in all lines is joined into as few pieces as can be. */
function slotsOf(steps: readonly Step[]): { slots: readonly Slot[]; last: Uint8Array } {
  const slots: Slot[] = []
  let piece = '{'
  let separator = ''
  for (const [index, { name, replace }] of steps.entries()) {
    if ('fixed' in replace && replace.fixed === REMOVED) continue
    piece += `${separator}${JSON.stringify(name)}:`
    separator = ','
    if ('fixed' in replace) piece += JSON.stringify(replace.fixed)
    else {
      slots.push({ piece: ENCODER.encode(piece), index, read: readerOf(replace), ...(!replace.keeps && { replace }) })
      piece = ''
    }
  }
  return { slots, last: ENCODER.encode(`${piece}}`) }
}

function readerOf({ among }: Replace): Read {
  if (among === undefined) return parse
  const texts = among.map((text) => ({ text, word: ENCODER.encode(JSON.stringify(text)) }))
  return (bytes, start, end) => texts.find(({ word }) => endOfWord(bytes, start, word) === end)?.text
}

function parse(bytes: Uint8Array, start: number, end: number): unknown {
  return JSON.parse(DECODER.decode(bytes.subarray(start, end)))
}

const CLOSING_BRACE = 0x7d
const CARRIAGE_RETURN = 0x0d
const ENCODER = new TextEncoder()
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true })
