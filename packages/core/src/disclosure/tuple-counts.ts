/**
 * Counting many tuples at once.
 *
 * @module
 */

import { Counters } from './counters.js'
import { Places } from './places.js'
import { TupleTable } from './tuple-table.js'

/** Distinct tuples, and how often each occurs. */
export interface CountedTuples {
  readonly table: TupleTable
  /** For each tuple of the table. */
  readonly counts: Uint32Array
}

/**
 * How often each tuple occurs: counted at its {@link Places | place} as long as there are few, and in a {@link TupleTable} from
 * then on. Which tuples there are is worked out when somebody asks.
 */
export class TupleCounts {
  readonly #width: number
  #places: Places
  /** `null` when tuples are hashed. */
  #countOfPlace: Uint32Array | null = new Uint32Array(1)
  #table: TupleTable
  readonly #counts = new Counters()
  #rows = 0
  #expected = 0
  #scratch = new Uint32Array(0)

  constructor(width: number) {
    this.#width = width
    this.#places = new Places(Array.from({ length: width }, () => 1))
    this.#table = new TupleTable(width)
  }

  /** Tells that so many rows follow. */
  expect(rows: number): void {
    this.#expected = this.#rows + rows
  }

  /**
   * Counts rows.
   *
   * @param columns - For each column the codes, one a row.
   * @param options - How many rows, and how many codes each column has so far.
   */
  add(columns: readonly Uint32Array[], { count, sizes }: { count: number; sizes: readonly number[] }): void {
    this.#rows += count
    if (this.#scratch.length < count) this.#scratch = new Uint32Array(count)
    if (this.#countOfPlace !== null && !this.#places.fits(sizes)) this.#widen(this.#countOfPlace, sizes)
    if (this.#countOfPlace === null) this.#hash(columns, count)
    else this.#place(this.#countOfPlace, columns, count)
  }

  /** How often each distinct tuple occurs, in the order of {@link TupleCounts.tuples}. */
  counts(): Uint32Array {
    if (this.#countOfPlace === null) return this.#counts.upTo(this.#table.size)
    let size = 0
    for (let place = 0; place < this.#countOfPlace.length; place++) if (this.#countOfPlace[place] !== 0) size++
    const counts = new Uint32Array(size)
    let next = 0
    for (let place = 0; place < this.#countOfPlace.length; place++) {
      const count = this.#countOfPlace[place] as number
      if (count !== 0) counts[next++] = count
    }
    return counts
  }

  tuples(): CountedTuples {
    const counts = this.counts()
    if (this.#countOfPlace === null) return { table: this.#table, counts }
    const table = new TupleTable(this.#width)
    this.#each(this.#countOfPlace, (tuple) => table.append(tuple))
    return { table, counts }
  }

  #place(countOfPlace: Uint32Array, columns: readonly Uint32Array[], count: number): void {
    const places = this.#scratch
    this.#places.of(columns, count, places)
    for (let row = 0; row < count; row++) {
      const place = places[row] as number
      countOfPlace[place] = (countOfPlace[place] as number) + 1
    }
  }

  #hash(columns: readonly Uint32Array[], count: number): void {
    const tuple = new Uint32Array(this.#width)
    const numbers = this.#scratch.subarray(0, count)
    for (let row = 0; row < count; row++) {
      for (let at = 0; at < tuple.length; at++) tuple[at] = (columns[at] as Uint32Array)[row] as number
      numbers[row] = this.#table.intern(tuple)
    }
    this.#counts.count(numbers, this.#table.size)
  }

  #widen(countOfPlace: Uint32Array, sizes: readonly number[]): void {
    const places = this.#places.widened(sizes, Math.max(this.#rows, this.#expected))
    const wider = places === null ? null : new Uint32Array(places.size)
    this.#each(countOfPlace, (tuple, count) => {
      if (places === null || wider === null) this.#counts.set(this.#table.append(tuple), count)
      else wider[places.place(tuple)] = count
    })
    this.#countOfPlace = wider
    if (places !== null) this.#places = places
  }

  /** Every tuple that occurs, one after the other in the same array. */
  #each(countOfPlace: Uint32Array, use: (tuple: Uint32Array, count: number) => void): void {
    const tuple = new Uint32Array(this.#width)
    for (let place = 0; place < countOfPlace.length; place++) {
      const count = countOfPlace[place] as number
      if (count !== 0) use(this.#places.tuple(place, tuple), count)
    }
  }
}
