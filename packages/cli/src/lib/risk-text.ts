/**
 * The report on disclosure risk, as text.
 *
 * @module
 */

import type { DisclosureFigures, Suggestion } from '@surveyseal/core/disclosure'
import { printable } from './printable.js'
import type { RiskReport } from './risk-report.js'
import { RISK_WORDS } from './risk-words.js'

/** For a terminal. */
export function riskText(
  {
    measured,
    columns,
    person,
    sensitive,
    hasReference,
    suggestion,
  }: Omit<RiskReport, 'contributions'> & { readonly columns: number },
  all: boolean,
): string {
  const { rows, persons, other } = measured
  const whom = person === undefined ? `${rows} rows, each taken for one person` : `${persons} persons in ${rows} rows`
  const words = RISK_WORDS.en
  return [
    `${whom}, known by ${columns} columns${all ? ' (all of them)' : ''}`,
    '',
    figures(measured),
    figures(other),
    ...(suggestion === null ? [] : [suggested(suggestion)]),
    `${words.notTested}:`,
    `  ${words.notColumns}`,
    ...(sensitive.length === 0 ? [`  ${words.notSensitive}`] : []),
    ...(hasReference ? [] : [`  ${words.notReference}`]),
    `  ${words.notLink}`,
    '',
    'What these columns do not tell, other columns, texts and other sources may.',
    '',
  ].join('\n')
}

const READING = { class: 'A suppressed value is a value of its own', wildcard: 'A suppressed value may be any value' }

function figures({
  suppressed,
  k,
  classes,
  uniques,
  averageRisk,
  highestRisk,
  journalistRisk,
  kMap,
  l,
  t,
}: DisclosureFigures): string {
  return [
    `${READING[suppressed]}:`,
    `  k             ${k}`,
    ...(classes === null ? [] : [`  classes       ${classes}`]),
    `  uniques       ${uniques}`,
    `  average risk  ${averageRisk}`,
    `  highest risk  ${highestRisk}`,
    ...(kMap === null
      ? []
      : [`  k-map         ${kMap.k}, ${kMap.unmatched} not in the reference`, `  journalist    ${journalistRisk}`]),
    ...(l === null
      ? []
      : [
          `  l             ${l.distinct} distinct, ${l.entropy} by entropy, ${l.recursive.l} recursive (c = ${l.recursive.c})`,
        ]),
    ...(t === null ? [] : [`  t             ${t}`]),
    '',
  ].join('\n')
}

function suggested({ reached, k, personsBelow, loss, rules }: Suggestion): string {
  const outcome = reached ? `reach k = ${k}` : `leave ${personsBelow} persons in smaller groups (k = ${k})`
  return [
    rules.length === 0
      ? `Nothing changed would ${outcome}.`
      : `These rules ${outcome}, and lose ${(loss * 100).toFixed(1)} % of the information:`,
    ...rules.map(({ column, rule }) => `  ${printable(column)}  ${printable(JSON.stringify(rule))}`),
    '',
  ].join('\n')
}
