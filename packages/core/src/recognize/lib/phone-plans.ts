/**
 * Telephone numbers that are valid or invalid beyond doubt, told without parsing them.
 *
 * `libphonenumber-js` takes ten microseconds and more to parse a number, because it handles every case. Most numbers are the
 * plain case, which its own metadata describe whole. Whatever is not is left to it.
 *
 * @see https://gitlab.com/catamphetamine/libphonenumber-js/blob/master/METADATA.md
 * @module
 */

import type { CountryCallingCode, CountryCode } from 'libphonenumber-js'
import metadata from 'libphonenumber-js/metadata.min'

/** What the metadata say of a country. */
interface Plan {
  /** A valid number of the country, whole. */
  readonly own: RegExp
  /** A valid number of any country with its calling code. */
  readonly any: RegExp
  /** How a number begins that is written with a prefix for calls within the country. */
  readonly prefixed: RegExp
  /** How a number begins that is dialled to another country. */
  readonly outgoing: RegExp
  readonly trunk: string
  readonly formats: readonly Format[]
}

interface Format {
  readonly number: RegExp
  readonly leading: RegExp
  /** Whether the trunk prefix is written. */
  readonly hasTrunk: boolean
}

/** Calling code and trunk prefix in one. */
const NORTH_AMERICAN = '1'

type Row = readonly unknown[]

/** Where a country's row of the metadata has what. */
const ROW = {
  callingCode: 0,
  outgoing: 1,
  number: 2,
  formats: 4,
  trunk: 5,
  trunkRule: 6,
  prefix: 7,
  transform: 8,
  types: 11,
} as const
const FORMAT = { number: 0, text: 1, leading: 2, trunkRule: 3 } as const

/** The metadata do not change, so a plan is made once. */
const plans: Map<string, Plan | null> = /* @__PURE__ */ new Map()

/**
 * Judges the digits after "+".
 *
 * @returns `undefined` when only parsing can tell.
 */
export function judgeInternational(digits: string): boolean | undefined {
  for (let size = 1; size <= 3; size++) {
    const [country] = metadata.country_calling_codes[digits.slice(0, size) as CountryCallingCode] ?? []
    if (country === undefined) continue
    const plan = planOf(country)
    const number = digits.slice(size)
    if (plan === null || plan.prefixed.test(number)) return undefined
    if (plan.own.test(number)) return true
    return plan.any.test(number) ? undefined : false
  }
  return undefined
}

/**
 * Judges digits in a country's national form, with the trunk prefix that the form writes; North America's may be there or not.
 *
 * @returns `undefined` when only parsing can tell.
 */
export function judgeNational(digits: string, country: CountryCode): boolean | undefined {
  const plan = planOf(country)
  if (plan === null) return undefined
  if (isPlainNational(digits, country)) return true
  const { any, outgoing, trunk } = plan
  if (trunk === NORTH_AMERICAN && digits.length === 11 && digits.startsWith(trunk) && !outgoing.test(digits))
    return judgeNational(digits.slice(1), country)
  const hasTrunk = trunk !== '' && digits.startsWith(trunk)
  return outgoing.test(digits) || any.test(digits) || (hasTrunk && any.test(digits.slice(trunk.length)))
    ? undefined
    : false
}

/** Whether {@link judgeNational} is sure of a number, which is told without the plans of a country's neighbours. */
export function isPlainNational(digits: string, country: CountryCode): boolean {
  const plan = planOf(country)
  if (plan === null) return false
  const { own, any, prefixed, outgoing, trunk } = plan
  if (outgoing.test(digits)) return false
  if (trunk === NORTH_AMERICAN && digits.length === 11 && digits.startsWith(trunk))
    return isPlainNational(digits.slice(1), country)
  if (trunk === '' || !digits.startsWith(trunk))
    return own.test(digits) && !prefixed.test(digits) && !writesTrunk(plan, digits)
  const rest = digits.slice(trunk.length)
  return own.test(rest) && !prefixed.test(rest) && writesTrunk(plan, rest) && !any.test(digits)
}

function writesTrunk({ formats }: Plan, number: string): boolean {
  return formats.find((format) => format.leading.test(number) && format.number.test(number))?.hasTrunk ?? false
}

function planOf(country: CountryCode): Plan | null {
  const known = plans.get(country)
  if (known !== undefined) return known
  const plan = makePlan(country)
  plans.set(country, plan)
  return plan
}

/** None for a country whose numbers change when they are formatted. */
function makePlan(country: CountryCode): Plan | null {
  const row: Row | undefined = metadata.countries[country]
  if (row === undefined || text(row[ROW.transform]) !== '') return null
  const neighbours = rowsOf(String(row[ROW.callingCode]))
  const main = neighbours[0] ?? row
  const formats = list(row[ROW.formats]) ?? list(main[ROW.formats]) ?? []
  if (formats.some((format) => /\d/.test(String(format[FORMAT.text]).replace(/\$\d/g, '')))) return null
  const trunk = text(row[ROW.trunk])
  const rule = text(row[ROW.trunkRule]) || text(main[ROW.trunkRule])
  if (formats.some((format) => !['', trunk].includes(digitsWritten(format, rule)))) return null
  const prefix = text(row[ROW.prefix]) || trunk
  return {
    own: whole(validNumbers(row)),
    any: whole(neighbours.flatMap(validNumbers)),
    prefixed: prefix === '' ? /(?!)/ : new RegExp(`^(?:${prefix})`),
    outgoing: new RegExp(`^(?:${text(row[ROW.outgoing]) || '(?!)'})`),
    trunk,
    formats: formats.map((format) => toFormat(format, rule, trunk)),
  }
}

function rowsOf(callingCode: string): Row[] {
  return (metadata.country_calling_codes[callingCode as CountryCallingCode] ?? []).flatMap((country) => {
    const row = metadata.countries[country]
    return row === undefined ? [] : [row]
  })
}

/** Patterns of its kinds of numbers, where countries share a calling code; of any number otherwise. */
function validNumbers(row: Row): string[] {
  const types = list(row[ROW.types])?.flatMap((type) =>
    Array.isArray(type) && text(type[0]) !== '' ? [text(type[0])] : [],
  )
  return types ?? [text(row[ROW.number])]
}

function toFormat(format: Row, rule: string, trunk: string): Format {
  return {
    number: whole([text(format[FORMAT.number])]),
    leading: new RegExp(`^(?:${list(format[FORMAT.leading])?.at(-1) ?? ''})`),
    hasTrunk: trunk !== '' && digitsWritten(format, rule) === trunk,
  }
}

/** What a format puts before a number, digits alone. */
function digitsWritten(format: Row, rule: string): string {
  return (text(format[FORMAT.trunkRule]) || rule).replace(/\$\d/g, '').replace(/\D/g, '')
}

function whole(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${[...new Set(patterns)].join('|')})$`)
}

/** Absent values are zeros. */
function list(value: unknown): readonly Row[] | undefined {
  return Array.isArray(value) ? (value as readonly Row[]) : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
