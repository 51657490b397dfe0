/**
 * What a redaction replaced, counted: never the values.
 *
 * @module
 */

import type { Redaction, RedactionKind } from '@surveyseal/core/recognize'

/** Lines that are kept for the picture; the others are counted. */
const SHOWN_LINES = 200

/** A line with something in it. */
export interface TalliedLine {
  /** From 1. */
  readonly number: number
  readonly length: number
  readonly spans: Redaction['spans']
}

/** What was found of one kind. */
export interface KindTally {
  count: number
  /** Found with a confidence below 0.7: by their shape alone. */
  unsure: number
}

/** What was found in a text so far. */
export interface RedactionTally {
  lines: number
  touched: number
  readonly kinds: Map<RedactionKind, KindTally>
  readonly shown: TalliedLine[]
}

/** A tally of nothing. */
export function emptyTally(): RedactionTally {
  return { lines: 0, touched: 0, kinds: new Map(), shown: [] }
}

/** Counts one line more. */
export function tallyLine(tally: RedactionTally, length: number, { spans }: Redaction): void {
  tally.lines++
  if (spans.length === 0) return
  tally.touched++
  if (tally.shown.length < SHOWN_LINES) tally.shown.push({ number: tally.lines, length, spans })
  for (const { kind, confidence } of spans) {
    const of = tally.kinds.get(kind) ?? { count: 0, unsure: 0 }
    of.count++
    if (confidence < 0.7) of.unsure++
    tally.kinds.set(kind, of)
  }
}
