/**
 * One person's records among everybody else's, ready to be asked who shares what.
 *
 * @module
 */

import { Counters } from '../counters.js'
import { TupleTable } from '../tuple-table.js'
import type { Field, IsSuppressed } from './field.js'
import { textAt } from './field.js'

/** One record of somebody else, and whose it is. */
export interface OtherRecord {
  /** Whatever tells persons apart, such as a customer number; it is compared as text and appears nowhere. */
  readonly person: string | number
  readonly record: object
}

/** The code of a value that the subject has suppressed, or that somebody else has and the subject does not. */
export const NONE = 0

/** Everybody's values, coded by whether the subject has them too: what nobody shares with the subject is not kept. */
export class SubjectIndex {
  readonly fields: readonly Field[]
  /** The subject's records: for each field a code, {@link NONE} where it is suppressed. */
  readonly records: readonly Uint32Array[]
  /** How many other persons there are. */
  persons = 0
  /** Person, in order of appearance, of each record of the others. */
  readonly #personOfRow = new Counters()
  readonly #tupleOfRow = new Counters()
  #rows = 0
  readonly #table: TupleTable
  readonly #codes: readonly Map<string, number>[]
  readonly #texts: readonly string[][]
  readonly #isSuppressed: IsSuppressed
  readonly #seen = new Map<string, number>()

  constructor(records: readonly object[], fields: readonly Field[], isSuppressed: IsSuppressed) {
    this.fields = fields
    this.#isSuppressed = isSuppressed
    this.#codes = fields.map(() => new Map())
    this.#texts = fields.map(() => [''])
    this.#table = new TupleTable(fields.length)
    this.records = records.map((record) => Uint32Array.from(fields, (field, at) => this.#newCode(record, field, at)))
  }

  /** Adds a record of somebody else. */
  add({ person, record }: OtherRecord): void {
    const key = String(person)
    const whose = this.#seen.get(key) ?? this.persons++
    this.#seen.set(key, whose)
    const tuple = Uint32Array.from(this.fields, (field, at) => {
      const text = textAt(record, field, this.#isSuppressed)
      return text === null ? NONE : (this.#codes[at]?.get(text) ?? NONE)
    })
    this.#personOfRow.set(this.#rows, whose)
    this.#tupleOfRow.set(this.#rows, this.#table.intern(tuple))
    this.#rows++
  }

  /** The value a code of the subject stands for. */
  text(field: number, code: number): string {
    return this.#texts[field]?.[code] ?? ''
  }

  /** Nothing is added any more. */
  freeze(): Crowd {
    return new Crowd(this.#table, this.#tupleOfRow.upTo(this.#rows), this.#personOfRow.upTo(this.#rows), this.persons)
  }

  #newCode(record: object, field: Field, at: number): number {
    const text = textAt(record, field, this.#isSuppressed)
    if (text === null) return NONE
    const codes = this.#codes[at] as Map<string, number>
    const texts = this.#texts[at] as string[]
    const code = codes.get(text) ?? texts.push(text) - 1
    codes.set(text, code)
    return code
  }
}

/** The others. */
export class Crowd {
  readonly persons: number
  readonly rows: number
  readonly #table: TupleTable
  /** The persons of tuple t are at `#starts[t]` up to `#starts[t + 1]`, one for each row. */
  readonly #starts: Uint32Array
  readonly #personOf: Uint32Array
  /** For each field and code, the tuples that have it. */
  readonly #having: readonly Map<number, number[]>[]
  readonly #all: readonly number[]
  /** When each person was last counted. */
  readonly #stamps: Uint32Array
  #stamp = 0

  constructor(table: TupleTable, tupleOfRow: Uint32Array, personOfRow: Uint32Array, persons: number) {
    this.#table = table
    this.persons = persons
    this.rows = tupleOfRow.length
    this.#stamps = new Uint32Array(persons)
    this.#all = Array.from({ length: table.size }, (_, tuple) => tuple)
    this.#having = Array.from({ length: table.width }, (_, field) => this.#postings(field))
    this.#starts = new Uint32Array(table.size + 1)
    for (const tuple of tupleOfRow) this.#starts[tuple + 1] = (this.#starts[tuple + 1] ?? 0) + 1
    for (let tuple = 0; tuple < table.size; tuple++) {
      this.#starts[tuple + 1] = (this.#starts[tuple + 1] ?? 0) + (this.#starts[tuple] ?? 0)
    }
    const next = this.#starts.slice()
    this.#personOf = new Uint32Array(this.rows)
    tupleOfRow.forEach((tuple, row) => {
      this.#personOf[next[tuple] as number] = personOfRow[row] as number
      next[tuple] = (next[tuple] as number) + 1
    })
  }

  /** Whether a tuple has the codes of a record in these fields. */
  matches(tuple: number, record: Uint32Array, fields: readonly number[]): boolean {
    const start = tuple * this.#table.width
    return fields.every((field) => this.#table.codes[start + field] === record[field])
  }

  /** The tuples that have the codes of a record in these fields. */
  *tuplesLike(record: Uint32Array, fields: readonly number[]): Generator<number> {
    for (const tuple of this.#fewest(record, fields)) if (this.matches(tuple, record, fields)) yield tuple
  }

  /** Whose rows a tuple has, one entry for each row. */
  personsOf(tuple: number): Uint32Array {
    return this.#personOf.subarray(this.#starts[tuple], this.#starts[tuple + 1])
  }

  codeOf(tuple: number, field: number): number {
    return this.#table.codes[tuple * this.#table.width + field] as number
  }

  /** How many persons have a row with the codes of a record in these fields; counting stops at `limit`. */
  countPersons(record: Uint32Array, fields: readonly number[], limit: number): number {
    const stamp = ++this.#stamp
    let persons = 0
    for (const tuple of this.tuplesLike(record, fields)) {
      for (const person of this.personsOf(tuple)) {
        if (this.#stamps[person] === stamp) continue
        this.#stamps[person] = stamp
        if (++persons >= limit) return persons
      }
    }
    return persons
  }

  /** How many rows each person has who has a row with the codes of a record in these fields. */
  rowsByPerson(record: Uint32Array, fields: readonly number[]): Map<number, number> {
    const rows = new Map<number, number>()
    for (const tuple of this.tuplesLike(record, fields)) {
      for (const person of this.personsOf(tuple)) rows.set(person, (rows.get(person) ?? 0) + 1)
    }
    return rows
  }

  /** The tuples of every person who has just so many rows. */
  withRows(count: number): Map<number, number[]> {
    const rows = new Uint32Array(this.persons)
    for (const person of this.#personOf) rows[person] = (rows[person] as number) + 1
    const tuples = new Map<number, number[]>()
    for (const tuple of this.#all) {
      for (const person of this.personsOf(tuple)) {
        if (rows[person] !== count) continue
        const own = tuples.get(person)
        if (own === undefined) tuples.set(person, [tuple])
        else own.push(tuple)
      }
    }
    return tuples
  }

  #fewest(record: Uint32Array, fields: readonly number[]): readonly number[] {
    let fewest = this.#all
    for (const field of fields) {
      const having = this.#having[field]?.get(record[field] as number) ?? []
      if (having.length < fewest.length) fewest = having
    }
    return fewest
  }

  #postings(field: number): Map<number, number[]> {
    const postings = new Map<number, number[]>()
    for (const tuple of this.#all) {
      const code = this.codeOf(tuple, field)
      const having = postings.get(code)
      if (having === undefined) postings.set(code, [tuple])
      else having.push(tuple)
    }
    return postings
  }
}
