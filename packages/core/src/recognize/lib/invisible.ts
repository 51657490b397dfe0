/**
 * Characters nobody sees, which people copy or put between letters so that nothing is found.
 *
 * @module
 */

import type { Span } from '../span.js'

/**
 * Soft hyphen, joiners, zero-width spaces, directional marks and overrides, variation selectors, the keycap around a digit:
 * what Unicode calls default ignorable in the Basic Multilingual Plane, and U+20E3.
 */
const INVISIBLE =
  /[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|[\u034f\u180b-\u180d\u180f\u20e3\ufe00-\ufe0f]/g

/**
 * Finds spans in what is visible of a text.
 *
 * @param text - Any text.
 * @param find - Given the visible text.
 * @returns The spans where they stand in the text given, with what is invisible after them.
 */
export function findInVisible<Kind extends string>(
  text: string,
  find: (visible: string) => Span<Kind>[],
): Span<Kind>[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the class is "not ASCII"
  if (!/[^\x00-\x7f]/.test(text)) return find(text)
  const visible = text.replace(INVISIBLE, '')
  if (visible.length === text.length) return find(text)
  const positions = positionsOf(text)
  return find(visible).map(({ start, end, kind, confidence }) => ({
    start: positions[start] ?? 0,
    end: positions[end] ?? text.length,
    kind,
    confidence,
  }))
}

/** Where each visible UTF-16 unit stands. */
function positionsOf(text: string): number[] {
  const positions: number[] = []
  let from = 0
  for (const { index } of text.matchAll(INVISIBLE)) {
    for (let at = from; at < index; at++) positions.push(at)
    from = index + 1
  }
  for (let at = from; at < text.length; at++) positions.push(at)
  return positions
}
