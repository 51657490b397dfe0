/**
 * `surveyseal risk`: how easily a person in a file can be singled out.
 *
 * @module
 */

import type { DisclosureFigures, DisclosureRisk } from '@surveyseal/core/disclosure'
import { createDisclosureMeasure } from '@surveyseal/core/disclosure'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { write } from '../lib/output.js'
import type { RecordSource } from '../lib/records.js'
import { atRecord, recordOptions, requireColumns, withRecords } from '../lib/records.js'

/** `surveyseal risk DATA` */
export const risk: Command = defineCommand({
  summary: 'Measures how easily a person in a file can be singled out by some of its columns',
  operand: 'DATA',
  options: {
    quasi: { type: 'string', hint: 'a,b', does: 'the columns an attacker knows; without it, all but --person' },
    person: { type: 'string', hint: 'COLUMN', does: 'whose row it is, to count persons instead of rows' },
    suppressed: {
      type: 'string',
      hint: 'class|wildcard',
      does: 'a suppressed value is a value of its own (default), or may be any value',
    },
    ...recordOptions,
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ operand, values }, io) {
    const { person, suppressed = 'class' } = values
    if (suppressed !== 'class' && suppressed !== 'wildcard') {
      throw new CliError('ERR_CLI_USAGE', '--suppressed is class or wildcard')
    }
    const { measured, columns } = await withRecords(operand, values, io, async (source) => {
      const columns = quasiColumns(source, values.quasi, person)
      requireColumns(source, [...columns, ...(person === undefined ? [] : [person])])
      const measure = createDisclosureMeasure({ quasiIdentifiers: columns, person, suppressed })
      let number = 0
      for await (const batch of source.batches) {
        for (const record of batch) atRecord(++number, () => measure.add(record))
      }
      return { measured: measure.result(), columns }
    })
    await write(io.stdout, values.json ? `${JSON.stringify(measured)}\n` : report(measured, columns.length, values))
    return OK
  },
})

function quasiColumns(source: RecordSource, quasi: string | undefined, person: string | undefined): readonly string[] {
  if (quasi !== undefined) return quasi.split(',').map((column) => column.trim())
  if (source.header !== null) return source.header.filter((column) => column !== person)
  throw new CliError('ERR_CLI_USAGE', '--quasi is required for ndjson, whose records need not have the same fields')
}

function report(
  measured: DisclosureRisk,
  columns: number,
  { quasi, person }: { quasi: string | undefined; person: string | undefined },
): string {
  const { rows, persons, other } = measured
  const whom = person === undefined ? `${rows} rows, each taken for one person` : `${persons} persons in ${rows} rows`
  return [
    `${whom}, known by ${columns} columns${quasi === undefined ? ' (all of them)' : ''}`,
    '',
    figures(measured),
    figures(other),
    'What these columns do not tell, other columns, texts and other sources may.',
    '',
  ].join('\n')
}

const READING = { class: 'A suppressed value is a value of its own', wildcard: 'A suppressed value may be any value' }

function figures({ suppressed, k, classes, uniques, averageRisk, highestRisk }: DisclosureFigures): string {
  return [
    `${READING[suppressed]}:`,
    `  k             ${k}`,
    ...(classes === null ? [] : [`  classes       ${classes}`]),
    `  uniques       ${uniques}`,
    `  average risk  ${averageRisk}`,
    `  highest risk  ${highestRisk}`,
    '',
  ].join('\n')
}
