/**
 * `surveyseal risk`: how easily a person in a file can be singled out.
 *
 * @module
 */

import type { DisclosureMeasure, Row, Suggestion } from '@surveyseal/core/disclosure'
import { createDisclosureMeasure, suggestGeneralization } from '@surveyseal/core/disclosure'
import type { Language } from '@surveyseal/core/report'
import { CliError } from '../errors.js'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { makeFile } from '../lib/files.js'
import type { Io } from '../lib/io.js'
import { languageOf, languageOption } from '../lib/language.js'
import { write } from '../lib/output.js'
import type { RecordSource } from '../lib/records.js'
import { atRecord, recordOptions, requireColumns, withRecords } from '../lib/records.js'
import type { RiskReport } from '../lib/risk-report.js'
import { riskReport } from '../lib/risk-report.js'
import { riskText } from '../lib/risk-text.js'
import { assertOneInput, isAboutTable, tableOptions } from '../lib/table-options.js'

/** `surveyseal risk DATA`, or `--database URL --table T` */
export const risk: Command = defineCommand({
  summary: 'Measures how easily a person in a file or table can be singled out by some of its columns',
  operand: '[DATA]',
  options: {
    quasi: { type: 'string', hint: 'a,b', does: 'the columns an attacker knows; without it, all others' },
    sensitive: {
      type: 'string',
      hint: 's',
      does: 'the columns whose values must not be inferred: l-diversity, t-closeness',
    },
    person: { type: 'string', hint: 'COLUMN', does: 'whose row it is, to count persons instead of rows' },
    suppressed: {
      type: 'string',
      hint: 'class|wildcard',
      does: 'a suppressed value is a value of its own (default), or may be any value',
    },
    reference: {
      type: 'string',
      hint: 'FILE',
      does: 'the population, one row a person, for k-map; with --table another table',
    },
    suggest: { type: 'string', hint: 'K', does: 'suggests what to generalise so that groups have K persons at least' },
    'max-loss': { type: 'string', hint: 'SHARE', does: 'the most information --suggest may lose, 0 to 1 (default 1)' },
    html: { type: 'string', hint: 'FILE', does: 'writes a report with charts' },
    language: languageOption,
    ...recordOptions,
    ...tableOptions,
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ operand, values }, io) {
    const options = parsed(values)
    const isTable = isAboutTable(values)
    const isFileOnly = [values.html, values.suggest].some((value) => value !== undefined)
    assertOneInput({ operand, isTable, isFileOnly })
    if (isTable) {
      const sensitive = named(values.sensitive)
      const columnsOf = (header: readonly string[]) => quasiColumns({ header }, values, sensitive)
      const { measureTable } = await import('../lib/measure-table.js')
      const told = await measureTable({ ...values, ...options, sensitive, columnsOf }, io)
      const text = () => riskText({ suggestion: null, ...told }, values.quasi === undefined)
      await write(io.stdout, values.json ? `${JSON.stringify(told.measured)}\n` : text())
      return OK
    }
    const report = await measured(operand, { ...values, ...options }, io)
    if (values.html !== undefined) {
      await makeFile(values.html, 0o666, (put) => put(riskReport(report, options.language)))
    }
    const { suggestion } = report
    const json = suggestion === null ? report.measured : { ...report.measured, suggestion }
    await write(
      io.stdout,
      values.json
        ? `${JSON.stringify(json)}\n`
        : riskText({ ...report, columns: report.contributions.length }, values.quasi === undefined),
    )
    return OK
  },
})

interface Parsed {
  readonly suppressed: 'class' | 'wildcard'
  readonly language: Language
  readonly suggest: number | undefined
  readonly maxLoss: number
}

type Given = Readonly<
  Record<'quasi' | 'sensitive' | 'person' | 'reference' | 'delimiter' | 'format', string | undefined>
>

function parsed(
  values: Readonly<Record<'suppressed' | 'language' | 'suggest' | 'max-loss', string | undefined>>,
): Parsed {
  const { suppressed = 'class', suggest } = values
  if (suppressed !== 'class' && suppressed !== 'wildcard') throw usage('--suppressed is class or wildcard')
  const language = languageOf(values.language)
  const maxLoss = Number(values['max-loss'] ?? 1)
  if (values['max-loss'] === '' || !(maxLoss >= 0 && maxLoss <= 1)) throw usage('--max-loss is a number from 0 to 1')
  if (suggest !== undefined && !/^[1-9]\d{0,8}$/.test(suggest)) throw usage('--suggest is an integer from 2')
  if (suggest === '1') throw usage('--suggest is an integer from 2')
  return { suppressed, language, suggest: suggest === undefined ? undefined : Number(suggest), maxLoss }
}

async function measured(path: string, options: Given & Parsed, io: Io): Promise<RiskReport> {
  const { person, reference, suggest, maxLoss, suppressed } = options
  return withRecords(path, options, io, async (source) => {
    const sensitive = named(options.sensitive)
    const quasiIdentifiers = quasiColumns(source, options, sensitive)
    requireColumns(source, [...quasiIdentifiers, ...sensitive, ...(person === undefined ? [] : [person])])
    const measure = createDisclosureMeasure({
      ...{ quasiIdentifiers, sensitive, person, suppressed },
      reference: reference === undefined ? undefined : [],
    })
    if (reference !== undefined) await addReference(measure, { reference, quasiIdentifiers, options }, io)
    const kept = await addAll(source, measure, suggest !== undefined)
    const suggestion: Suggestion | null =
      suggest === undefined ? null : suggestGeneralization(kept, { quasiIdentifiers, person, k: suggest, maxLoss })
    return {
      measured: measure.result(),
      contributions: measure.contributions(),
      sensitive,
      person,
      hasReference: reference !== undefined,
      suggestion,
    }
  })
}

/** Measures what arrives, and keeps it only where it is needed twice. */
async function addAll(source: RecordSource, measure: DisclosureMeasure, keep: boolean): Promise<Row[]> {
  const kept: Row[] = []
  let number = 0
  for await (const batch of source.batches) {
    for (const record of batch) {
      atRecord(++number, () => measure.add(record))
      if (keep) kept.push(record)
    }
  }
  return kept
}

async function addReference(
  measure: DisclosureMeasure,
  { reference, quasiIdentifiers, options }: { reference: string; quasiIdentifiers: readonly string[]; options: Given },
  io: Io,
): Promise<void> {
  if (reference === '-') throw usage('--reference is a file')
  const format = /\.(csv|ndjson|jsonl)$/i.test(reference) ? undefined : options.format
  await withRecords(reference, { delimiter: options.delimiter, format }, io, async (source) => {
    requireColumns(source, quasiIdentifiers)
    let number = 0
    for await (const batch of source.batches) {
      for (const record of batch) atRecord(++number, () => measure.addReference(record))
    }
  })
}

function quasiColumns(
  source: Pick<RecordSource, 'header'>,
  { quasi, person }: Pick<Given, 'quasi' | 'person'>,
  sensitive: readonly string[],
): readonly string[] {
  if (quasi !== undefined) {
    const columns = named(quasi)
    if (columns.length === 0) throw usage('--quasi names at least one column')
    if (columns.some((column) => sensitive.includes(column)))
      throw usage('--quasi and --sensitive name no column twice')
    return columns
  }
  if (source.header === null) throw usage('--quasi is required for ndjson, whose records need not have the same fields')
  const others = source.header.filter((column) => column !== person && !sensitive.includes(column))
  if (others.length === 0) throw usage('--quasi: no other column is left')
  return others
}

function named(list: string | undefined): string[] {
  if (list === undefined) return []
  return [...new Set(list.split(',').map((column) => column.trim()))].filter((column) => column !== '')
}

function usage(problem: string): CliError {
  return new CliError('ERR_CLI_USAGE', problem)
}
