/**
 * Spans of personal data in a text.
 *
 * @module
 */

/**
 * What a span is: `name` covers people and, because capitals do not tell them apart, the proper names of places and
 * organizations too.
 *
 * @group Recognizing
 */
export type SpanKind =
  | 'email'
  | 'url'
  | 'iban'
  | 'card'
  | 'national-id'
  | 'ip'
  | 'coordinates'
  | 'birth-date'
  | 'phone'
  | 'postal-address'
  | 'postal-code'
  | 'name'

/**
 * A stretch of text that looks like personal data.
 *
 * @typeParam Kind - What it can be.
 * @group Recognizing
 */
export interface Span<Kind extends string = SpanKind> {
  /** Where it starts, in UTF-16 units. */
  readonly start: number
  /** Where it ends (exclusive), in UTF-16 units. */
  readonly end: number
  /** What it is. */
  readonly kind: Kind
  /**
   * From 0 to 1: 0.9 and more for check digits and unmistakable syntax, 0.7 to 0.9 for a word beside it that says what it
   * is, 0.5 for the shape alone.
   */
  readonly confidence: number
}

/**
 * Makes spans disjoint without uncovering anything: overlapping spans become one over their union, which takes the kind of
 * a span that holds the other, or else of the more confident one.
 *
 * @param spans - In any order; not changed.
 * @returns Disjoint spans in the order of the text.
 */
export function mergeSpans<Kind extends string>(spans: readonly Span<Kind>[]): Span<Kind>[] {
  const ordered = areDisjoint(spans) ? [...spans] : sorted(spans)
  if (areDisjoint(ordered)) return ordered
  const merged: Span<Kind>[] = []
  for (const span of ordered) {
    const last = merged.at(-1)
    if (last === undefined || span.start >= last.end) merged.push(span)
    else merged[merged.length - 1] = unite(last, span)
  }
  return merged
}

/** Two spans, by far the most frequent case, cost as much to sort as to find. */
function sorted<Kind extends string>(spans: readonly Span<Kind>[]): Span<Kind>[] {
  const [first, second] = spans
  if (spans.length === 2 && first !== undefined && second !== undefined && second.start < first.start)
    return [second, first]
  return [...spans].sort((a, b) => a.start - b.start || b.end - a.end)
}

function areDisjoint(spans: readonly Span<string>[]): boolean {
  let end = 0
  for (const span of spans) {
    if (span.start < end) return false
    end = span.end
  }
  return true
}

/** `first` starts no later than `second`. */
function unite<Kind extends string>(first: Span<Kind>, second: Span<Kind>): Span<Kind> {
  const sameExtent = first.start === second.start && first.end === second.end
  const kind = second.end > first.end || sameExtent ? stronger(first, second).kind : first.kind
  return {
    start: first.start,
    end: Math.max(first.end, second.end),
    kind,
    confidence: Math.max(first.confidence, second.confidence),
  }
}

function stronger<Kind extends string>(first: Span<Kind>, second: Span<Kind>): Span<Kind> {
  return second.confidence > first.confidence ? second : first
}
