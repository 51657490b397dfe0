import type { CoarsenDateRule } from '@surveyseal/core/anonymize'
import type { DateType, Dialect } from '../dialect.js'
import type { Outcome, SqlTools, Value } from '../value.js'
import { byType } from '../value.js'

export function coarsenDate({ to }: CoarsenDateRule, value: Value, tools: SqlTools): Outcome {
  const { dialect } = tools
  const { sql, type } = value
  if (!dialect.isDynamic && (type === 'date' || type === 'timestamp' || type === 'timestamptz')) {
    return { sql: PERIODS[to](dialect.dayOf(sql, type satisfies DateType), dialect), type: 'text' }
  }
  const text = (written: string) => {
    const day = `${dialect.hasForm(written, 'date')} THEN CASE WHEN ${isDay(written, dialect)} THEN ${PERIODS[to](written, dialect)} END`
    const shorter = (form: ShortForm) => {
      const left = SHORTER[to][form]?.(written, dialect)
      return left === undefined ? '' : ` WHEN ${dialect.hasForm(written, form)} THEN ${left}`
    }
    return `CASE WHEN ${day}${(['week', 'month', 'quarter', 'year'] as const).map(shorter).join('')} END`
  }
  return byType(value, { text, number: null }, tools)
}

type ShortForm = 'week' | 'month' | 'quarter' | 'year'
type Shorten = (text: string, dialect: Dialect) => string

const same: Shorten = (text) => text
const year: Shorten = (text) => `substr(${text}, 1, 4)`
const quarter: Shorten = (text, dialect) => {
  const number = dialect.quotient(`(CAST(substr(${text}, 6, 2) AS INTEGER) + 2)`, '3')
  return `substr(${text}, 1, 4) || '-Q' || CAST(${number} AS ${dialect.text})`
}

/** What is left of dates already shortened. Weeks lie in no month and no year, and nothing but days in weeks. */
const SHORTER: Readonly<Record<CoarsenDateRule['to'], Partial<Record<ShortForm, Shorten>>>> = {
  day: { week: same, month: same, quarter: same, year: same },
  week: { week: same },
  month: { month: same, quarter: same, year: same },
  quarter: { month: quarter, quarter: same, year: same },
  year: { month: year, quarter: year, year: same },
}

const PERIODS: Readonly<Record<CoarsenDateRule['to'], Shorten>> = {
  day: (text) => `substr(${text}, 1, 10)`,
  week: (text, dialect) => dialect.weekOf(`substr(${text}, 1, 10)`),
  month: (text) => `substr(${text}, 1, 7)`,
  quarter,
  year,
}

/** Whether a text of the form of a date names a day of the calendar. */
function isDay(text: string, dialect: Dialect): string {
  const part = (from: number, length: number) => dialect.binary(`substr(${text}, ${from}, ${length})`)
  const [year, month, day] = [`CAST(substr(${text}, 1, 4) AS INTEGER)`, part(6, 2), part(9, 2)]
  const isLeap = `${year} % 4 = 0 AND (${year} % 100 <> 0 OR ${year} % 400 = 0)`
  const last = [
    `CASE WHEN ${month} IN ('04', '06', '09', '11') THEN '30'`,
    `WHEN ${month} = '02' THEN CASE WHEN ${isLeap} THEN '29' ELSE '28' END`,
    `ELSE '31' END`,
  ].join(' ')
  return `${year} > 0 AND ${month} BETWEEN '01' AND '12' AND ${day} BETWEEN '01' AND ${last}`
}
