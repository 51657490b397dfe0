import type { DisclosureOptions, DisclosureRisk, Row } from '@surveyseal/core/disclosure'
import { measureDisclosureRisk } from '@surveyseal/core/disclosure'
import { PushdownError } from '../errors.js'
import type { Overview, Question } from './question.js'
import { ask, keyed } from './question.js'

const mostRows = 1_000_000

/**
 * Reads the rows and measures here, what no statement can.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_TOO_LARGE`
 */
export async function rowsInJavaScript(
  question: Question,
  { rows }: Overview,
  options: DisclosureOptions,
): Promise<DisclosureRisk> {
  if (rows > mostRows) {
    const problem = `histories with suppressed values are not compared beyond ${mostRows} rows`
    throw new PushdownError('ERR_PUSHDOWN_TOO_LARGE', problem)
  }
  const { quasiIdentifiers, sensitive, tools } = question
  const names = [...quasiIdentifiers.map((_, at) => `q${at}`), ...sensitive.map((_, at) => `s${at}`), 'person']
  const list = names.map((name) => `CAST(${name} AS ${tools.dialect.text}) AS ${name}`)
  const read: readonly Row[] = await ask(question, `${keyed(question)} SELECT ${list.join(', ')} FROM keyed`)
  return measureDisclosureRisk(read, {
    ...options,
    quasiIdentifiers: names.filter((name) => name.startsWith('q')),
    sensitive: names.filter((name) => name.startsWith('s')),
    person: 'person',
    suppressedValues: [],
  })
}
