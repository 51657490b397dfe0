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
import { TupleNumbers } from './tuple-numbers.js'
import type { TupleTable } from './tuple-table.js'

/** So many rows are numbered at a time: few enough for the processor to still have them at hand for the next column. */
const BLOCK = 2 ** 12

/** What was read of each row: which values are known, which are sensitive, and whose they are. */
export class Dataset {
  readonly known: readonly Column[]
  readonly sensitive: readonly Column[]
  readonly person: Column | null
  rows = 0
  /** For each tuple, how many rows have it. */
  readonly #rowsOfTuple = new Counters()
  /** For each row its tuple, person and sensitive values; kept where there is a person or a sensitive column. */
  readonly #tupleOfRow = new Counters()
  readonly #personOfRow = new Counters()
  readonly #valuesOfRow: readonly Counters[]
  readonly #numbers: TupleNumbers
  readonly #columns: readonly Column[]
  readonly #block: RowBlock
  readonly #numbersOfBlock = new Uint32Array(BLOCK)
  #reference: Reference | null = null

  constructor({ known, sensitive, person }: Pick<Dataset, 'known' | 'sensitive' | 'person'>) {
    this.known = known
    this.sensitive = sensitive
    this.person = person
    this.#columns = [...known, ...sensitive, ...(person === null ? [] : [person])]
    this.#numbers = new TupleNumbers(known.length)
    this.#block = new RowBlock(this.#columns, BLOCK)
    this.#valuesOfRow = sensitive.map(() => new Counters())
  }

  get table(): TupleTable {
    return this.#numbers.table
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

  get rowsOfTuple(): Uint32Array {
    return this.#rowsOfTuple.upTo(this.table.size)
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
    this.#numbers.expect(rows.length)
    for (let from = 0; from < rows.length; ) {
      from += block.fill(rows, from)
      if (this.person !== null && block.codes.at(-1)?.subarray(0, block.count).includes(SUPPRESSED)) {
        throw personMissing()
      }
      this.#count(block)
    }
  }

  addReference(row: Row): void {
    const block = new RowBlock(this.known, 1)
    block.add(row)
    this.#reference ??= new Reference(this.known.length)
    this.#reference.add(Uint32Array.from(block.codes, ([code = SUPPRESSED]) => code))
  }

  /** Counts what is encoded already. */
  flush(): void {
    if (this.#block.count > 0) this.#count(this.#block)
  }

  contributions(): readonly ColumnContribution[] {
    const names = this.known.map(({ name }) => name)
    return contributionsOf(this.table, this.rowsOfTuple, names)
  }

  #count(block: RowBlock): void {
    const { codes, count } = block
    const numbers = this.#numbersOfBlock.subarray(0, count)
    const sizes = this.known.map(({ size }) => size)
    this.#numbers.number(codes.slice(0, this.known.length), { count, sizes, numbers })
    this.#rowsOfTuple.count(numbers, this.table.size)
    if (this.#columns.length > this.known.length) this.#tupleOfRow.setAll(this.rows, numbers)
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
