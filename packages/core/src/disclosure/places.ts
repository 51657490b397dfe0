/**
 * Places of tuples in a plain table.
 *
 * @module
 */

/** Places may be this many times as many as the rows, so that a table of few rows stays small. */
const PLACES_A_ROW = 16
/** 8 MB. */
const FEWEST_PLACES = 2 ** 21
/** 128 MB. */
const MOST_PLACES = 2 ** 25

/**
 * While the columns' sizes multiply to little, a tuple's place is computed, not searched: the codes are the digits of a number
 * whose every digit has a base of its own.
 */
export class Places {
  readonly bases: readonly number[]
  readonly size: number

  constructor(bases: readonly number[]) {
    this.bases = bases
    this.size = bases.reduce((product, base) => product * base, 1)
  }

  /** Whether every code below these sizes has its digit. */
  fits(sizes: readonly number[]): boolean {
    return sizes.every((size, at) => size <= (this.bases[at] as number))
  }

  /** Places for more codes, with some to spare from the second time on; `null` when there would be too many. */
  widened(sizes: readonly number[], rows: number): Places | null {
    const spare = this.size === 1 ? 1 : 1.5
    const bases = sizes.map((size, at) => {
      const base = this.bases[at] as number
      return size > base ? Math.ceil(size * spare) : base
    })
    const wider = new Places(bases)
    return wider.size > Math.min(MOST_PLACES, Math.max(FEWEST_PLACES, PLACES_A_ROW * rows)) ? null : wider
  }

  /** Computes the places of rows. */
  of(columns: readonly Uint32Array[], count: number, places: Uint32Array): void {
    places.fill(0, 0, count)
    for (const [column, codes] of columns.entries()) {
      const base = this.bases[column] as number
      for (let row = 0; row < count; row++) places[row] = (places[row] as number) * base + (codes[row] as number)
    }
  }

  /** The tuple of a place. */
  tuple(place: number, tuple: Uint32Array): Uint32Array {
    let rest = place
    for (let at = this.bases.length - 1; at >= 0; at--) {
      const base = this.bases[at] as number
      tuple[at] = rest % base
      rest = Math.floor(rest / base)
    }
    return tuple
  }

  /** The place of a tuple. */
  place(tuple: Uint32Array): number {
    let place = 0
    for (let at = 0; at < tuple.length; at++) place = place * (this.bases[at] as number) + (tuple[at] as number)
    return place
  }
}
