import type { DisclosureOptions, DisclosureRisk, Row } from '@surveyseal/core/disclosure'
import { measureDisclosureRisk } from '@surveyseal/core/disclosure'
import { PushdownError } from '../errors.js'
import type { Overview, Question } from './question.js'
import { ask, keyed, quasiNames, RELATION, referred } from './question.js'

const mostRows = 1_000_000

/**
 * Reads the rows and measures here, what no statement can.
 *
 * @throws {@link PushdownError} `ERR_PUSHDOWN_TOO_LARGE`
 */
export async function rowsInJavaScript(
  question: Question,
  { rows, populationRows }: Overview,
  options: DisclosureOptions,
): Promise<DisclosureRisk> {
  if (rows > mostRows || populationRows > mostRows) {
    const problem = `histories with suppressed values are not compared beyond ${mostRows} rows`
    throw new PushdownError('ERR_PUSHDOWN_TOO_LARGE', problem)
  }
  const quasiIdentifiers = quasiNames(question)
  const sensitive = question.sensitive.map((_, at) => `s${at}`)
  const { reference } = question
  const names = [...quasiIdentifiers, ...sensitive, 'person']
  const read = await readRows(question, names, `${keyed(question)} SELECT`, RELATION.keyed)
  const population =
    reference === null
      ? undefined
      : await readRows(question, quasiIdentifiers, `WITH ${referred(question, reference)} SELECT`, RELATION.referred)
  return measureDisclosureRisk(read, {
    ...options,
    quasiIdentifiers,
    sensitive,
    person: 'person',
    reference: population,
    suppressedValues: [],
  })
}

async function readRows(
  question: Question,
  names: readonly string[],
  select: string,
  relation: string,
): Promise<readonly Row[]> {
  const list = names.map((name) => `CAST(${name} AS ${question.tools.dialect.text}) AS ${name}`)
  return ask(question, `${select} ${list.join(', ')} FROM ${relation}`)
}
