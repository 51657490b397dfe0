/**
 * Rows, encoded and counted.
 *
 * @module
 */

import type { Column } from './column.js'
import type { ColumnContribution } from './contributions.js'
import { contributionsOf } from './contributions.js'
import { Counters } from './counters.js'
import { DisclosureError } from './errors.js'
import { Reference } from './k-map.js'
import type { Row } from './row.js'
import { SUPPRESSED } from './row.js'
import { RowBlock } from './row-blocks.js'
import type { CountedTuples } from './tuple-counts.js'
import { TupleCounts } from './tuple-counts.js'
import { TupleNumbers } from './tuple-numbers.js'

/** So many rows are numbered at a time: few enough for the processor to still have them at hand for the next column. */
const BLOCK = 2 ** 12

/** What was read of each row: which values are known, which are sensitive, and whose they are. */
export class Dataset {
  readonly known: readonly Column[]
  readonly sensitive: readonly Column[]
  readonly person: Column | null
  rows = 0
  /** Whether a value of a known column is suppressed. */
  suppresses = false
  /** For each row its tuple, person and sensitive values; kept where there is a person or a sensitive column. */
  readonly #tupleOfRow = new Counters()
  readonly #personOfRow = new Counters()
  readonly #valuesOfRow: readonly Counters[]
  /** Which tuple each row has; `null` where it is enough to count. */
  readonly #numbers: TupleNumbers | null
  readonly #counts: TupleCounts
  readonly #columns: readonly Column[]
  readonly #block: RowBlock
  readonly #numbersOfBlock = new Uint32Array(BLOCK)
  #reference: Reference | null = null

  constructor({ known, sensitive, person }: Pick<Dataset, 'known' | 'sensitive' | 'person'>) {
    this.known = known
    this.sensitive = sensitive
    this.person = person
    this.#columns = [...known, ...sensitive, ...(person === null ? [] : [person])]
    this.#numbers = this.#columns.length > known.length ? new TupleNumbers(known.length) : null
    this.#counts = new TupleCounts(known.length)
    this.#block = new RowBlock(this.#columns, BLOCK)
    this.#valuesOfRow = sensitive.map(() => new Counters())
  }

  /** The distinct tuples, and how many rows have each. */
  tuples(): CountedTuples {
    if (this.#numbers === null) return this.#counts.tuples()
    const { table } = this.#numbers
    const counts = new Counters()
    counts.count(this.tupleOfRow, table.size)
    return { table, counts: counts.upTo(table.size) }
  }

  /** How many rows have each distinct tuple; quicker than to tell which tuples these are. */
  rowsOfTuples(): Uint32Array {
    return this.#numbers === null ? this.#counts.counts() : this.tuples().counts
  }

  /** The population, when there is one. */
  get reference(): Reference | null {
    return this.#reference
  }

  get tupleOfRow(): Uint32Array {
    return this.#tupleOfRow.upTo(this.rows)
  }

  /** From 0 without gaps. */
  get personOfRow(): Uint32Array {
    return this.#personOfRow.upTo(this.rows)
  }

  valuesOfRow(column: number): Uint32Array {
    return (this.#valuesOfRow[column] as Counters).upTo(this.rows)
  }

  add(row: Row): void {
    const block = this.#block
    block.add(row)
    if (this.person !== null && block.codes.at(-1)?.[block.count - 1] === SUPPRESSED) {
      block.count--
      throw personMissing()
    }
    if (block.count === block.capacity) this.flush()
  }

  addAll(rows: readonly Row[]): void {
    const block = this.#block
    this.#numbers?.expect(rows.length)
    this.#counts.expect(rows.length)
    for (let from = 0; from < rows.length; ) {
      from += block.fill(rows, from)
      if (this.person !== null && block.codes.at(-1)?.subarray(0, block.count).includes(SUPPRESSED)) {
        throw personMissing()
      }
      this.#count(block)
    }
  }

  /** Tells that there is a population, of which nobody may have come yet. */
  expectReference(): Reference {
    this.#reference ??= new Reference(this.known)
    return this.#reference
  }

  addReference(row: Row): void {
    this.expectReference().add(row)
  }

  /** Counts what is encoded already. */
  flush(): void {
    if (this.#block.count > 0) this.#count(this.#block)
  }

  contributions(): readonly ColumnContribution[] {
    const { tupleOfRow, personOfRow } = this
    const persons = this.person === null ? null : { tupleOfRow, personOfRow }
    const names = this.known.map(({ name }) => name)
    return contributionsOf({ ...this.tuples(), persons }, names)
  }

  #count(block: RowBlock): void {
    const { codes, count } = block
    const known = codes.slice(0, this.known.length)
    const sizes = this.known.map(({ size }) => size)
    this.suppresses ||= known.some((column) => column.subarray(0, count).includes(SUPPRESSED))
    if (this.#numbers === null) this.#counts.add(known, { count, sizes })
    else {
      const numbers = this.#numbersOfBlock.subarray(0, count)
      this.#numbers.number(known, { count, sizes, numbers })
      this.#tupleOfRow.setAll(this.rows, numbers)
    }
    this.sensitive.forEach((_, at) => {
      const values = codes[this.known.length + at] as Uint32Array
      this.#valuesOfRow[at]?.setAll(this.rows, values.subarray(0, count))
    })
    if (this.person !== null) {
      const persons = (codes.at(-1) as Uint32Array).subarray(0, count)
      this.#personOfRow.setAll(
        this.rows,
        persons.map((code) => code - 1),
      )
    }
    this.rows += count
    block.count = 0
  }
}

function personMissing(): DisclosureError {
  return new DisclosureError('ERR_DISCLOSURE_PERSON_MISSING', 'a row names no person')
}
