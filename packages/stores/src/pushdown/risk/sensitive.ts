import type { SensitiveFigures, SuppressedSemantics, Tally } from '@surveyseal/core/disclosure'
import { ranksOfTexts, sensitiveFigures, tallyOfCounts } from '@surveyseal/core/disclosure'
import type { Composition } from './classes.js'

/** What was counted of one sensitive column. */
interface Counted {
  readonly compositions: readonly Composition[]
  /** Those of the classes, which hold everybody once. */
  readonly whole: readonly Composition[]
  /** Whether values are single, so that numbers have an order; else each is a list of a person's values. */
  readonly inOrder: boolean
}

/** Figures as JavaScript computes them. */
export function figuresOfCompositions(
  { compositions, whole, inOrder }: Counted,
  options: { readonly suppressed: SuppressedSemantics; readonly recursiveC: number },
): SensitiveFigures {
  const numbers = new Map<string | null, number>()
  const everybody = new Map<number, number>()
  for (const { counts, classes } of whole) {
    for (const [value, count] of counts) {
      const number = numbers.get(value) ?? numbers.size
      numbers.set(value, number)
      everybody.set(number, (everybody.get(number) ?? 0) + count * classes)
    }
  }
  const suppressed = new Set([...numbers].filter(([value]) => isSuppressed(value, inOrder)).map(([, number]) => number))
  const visible = [...numbers].flatMap(([value, number]) =>
    value === null || suppressed.has(number) ? [] : [[number, value] as const],
  )
  const tallies = compositions.map(
    ({ counts }): Tally => tallyOfCounts(counts.map(([value, count]) => [numbers.get(value) ?? -1, count])),
  )
  return sensitiveFigures(
    {
      tallies,
      whole: tallyOfCounts(everybody),
      isSuppressed: (value) => suppressed.has(value),
      ranks: inOrder ? ranksOfTexts(visible) : null,
    },
    options,
  )
}

/** Of a list of values, nothing is known where each is suppressed. */
function isSuppressed(value: string | null, inOrder: boolean): boolean {
  if (inOrder || value === null) return value === null
  return (JSON.parse(value) as string[]).every((each) => each === '[null]')
}
