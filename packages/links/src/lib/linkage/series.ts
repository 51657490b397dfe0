/**
 * One thing that is known of every pair's person, or of every pair's answer, and can be compared.
 *
 * @module
 */

import type { OwnedTable } from './owners.js'

/** What kind of thing it is decides what it is compared with, and what the attack is called. */
export type SeriesKind = 'position' | 'number' | 'time' | 'text' | 'language' | 'length' | 'offset'

/** By position of the pair. */
export interface Series {
  /** Table and column. */
  readonly name: string
  readonly kind: SeriesKind
  /** A number that sorts as the thing does; NaN where it is missing. */
  readonly order: Float64Array
  /** The thing itself, to be compared for equality; null where it is missing, or in an order that has no values. */
  readonly labels: readonly (string | null)[] | null
}

/** Less than this share of the pairs, or this many, is no ground for a comparison. */
const SHARE = 0.02
const LEAST = 10
/** So many values must read as an instant, a language or a number for a column to be one. */
const MOST = 0.9

/** Everything a table tells of its owners. */
export function seriesOf({ cells, owners }: OwnedTable, pairs: number): readonly Series[] {
  const rowOf = firstRows(owners, pairs)
  const position = Float64Array.from(rowOf, (row) => (row < 0 ? Number.NaN : row))
  const series: Series[] = [
    { name: `${cells.name} in physical order`, kind: 'position', order: position, labels: null },
  ]
  for (const [column, texts] of cells.columns) {
    const values = Array.from(rowOf, (row) => (row < 0 ? null : (texts[row] ?? null)))
    series.push(...columnSeries(`${cells.name}.${column}`, values))
  }
  return series.filter(saysSomething)
}

function firstRows(owners: Int32Array, pairs: number): Int32Array {
  const rows = new Int32Array(pairs).fill(-1)
  for (const [row, owner] of owners.entries()) if (owner >= 0 && rows[owner] === -1) rows[owner] = row
  return rows
}

/** Less than two values, or hardly any at all, cannot join anything. */
export function saysSomething({ order }: Series): boolean {
  const present = order.filter((value) => !Number.isNaN(value))
  return present.length >= Math.max(LEAST, SHARE * order.length) && new Set(present).size > 1
}

type Values = readonly (string | null)[]

function columnSeries(name: string, values: Values): readonly Series[] {
  const present = values.filter((value) => value !== null)
  const reads = (as: (text: string) => boolean) => present.filter(as).length >= MOST * present.length
  if (present.length === 0) return []
  if (reads((text) => !Number.isNaN(instantOf(text)))) return [numeric(name, 'time', values, instantOf)]
  if (reads((text) => !Number.isNaN(numberOf(text)))) return [numeric(name, 'number', values, numberOf)]
  const text = textSeries(name, 'text', values)
  const length = numeric(`length of ${name}`, 'length', values, ({ length }) => length)
  if (!reads((value) => LANGUAGE.test(value))) return [text, length]
  return [
    text,
    length,
    textSeries(
      name,
      'language',
      values.map((value) => value && primaryOf(value)),
    ),
  ]
}

function numeric(name: string, kind: SeriesKind, values: Values, read: (text: string) => number): Series {
  const order = Float64Array.from(values, (value) => (value === null ? Number.NaN : read(value)))
  return { name, kind, order, labels: Array.from(order, (value) => (Number.isNaN(value) ? null : String(value))) }
}

function textSeries(name: string, kind: SeriesKind, labels: Values): Series {
  const sorted = [...new Set(labels)].filter((value) => value !== null).sort()
  const ranks = new Map<string | null, number>(sorted.map((value, rank) => [value, rank]))
  return { name, kind, order: Float64Array.from(labels, (value) => ranks.get(value) ?? Number.NaN), labels }
}

const LANGUAGE = /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}$/i

function primaryOf(tag: string): string {
  return tag.toLowerCase().replace(/[-_].*$/, '')
}

/** A number, or a place in a table as PostgreSQL writes it: (page,item). */
function numberOf(text: string): number {
  const place = /^\((\d{1,10}),(\d{1,5})\)$/.exec(text)
  if (place !== null) return Number(place[1]) * 65_536 + Number(place[2])
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN
}

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?$/

/** Milliseconds of an instant from 2001 to 2100: ISO 8601 as written by anyone, or a count since 1970 in one of four units. */
function instantOf(text: string): number {
  if (ISO.test(text)) return Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
  if (!/^\d{10,19}(?:\.\d{1,9})?$/.test(text)) return Number.NaN
  for (const unit of [1000, 1, 1e-3, 1e-6]) {
    const milliseconds = Number(text) * unit
    if (milliseconds >= 1e12 && milliseconds < 4.1e12) return milliseconds
  }
  return Number.NaN
}
