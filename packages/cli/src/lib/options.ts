/**
 * Declared options: parsed by Node, described by `--help`.
 *
 * @module
 */

import { parseArgs } from 'node:util'
import { CliError } from '../errors.js'

/** One option of a command. */
interface Option {
  readonly type: 'string' | 'boolean'
  /** What its value stands for, in the help. */
  readonly hint?: string
  /** What it does, in the help. */
  readonly does: string
  readonly required?: boolean
}

/** An option with a value that may be left out. */
export type TextOption = Option & { readonly type: 'string' }

/** An option with a value that must be given. */
export type RequiredTextOption = TextOption & { readonly required: true }

/** The options of a command, by name without dashes. */
export type OptionTable = Readonly<Record<string, Option>>

/** What options a user gave, typed by their table. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: Options[Name] extends { readonly type: 'boolean' }
    ? boolean
    : Options[Name] extends { readonly required: true }
      ? string
      : string | undefined
}

/**
 * Parses what follows the name of a command.
 *
 * @param args - The arguments after the command.
 * @param options - The options it knows.
 * @param operand - What its one operand stands for, or `null` when it takes none; one that ends in `...` may be several,
 *   one in brackets may be left out.
 * @throws {@link CliError} `ERR_CLI_USAGE`; the message names options, never their values.
 */
export function parseOptions<Options extends OptionTable>(
  args: readonly string[],
  options: Options,
  operand: string | null,
): { values: OptionValues<Options>; operand: string; operands: readonly string[] } {
  const { values, positionals } = parse(args, options)
  const most = operand === null ? 0 : operand.endsWith('...') ? Number.POSITIVE_INFINITY : 1
  const least = operand === null || operand.startsWith('[') ? 0 : 1
  const isExpected = positionals.length >= least && positionals.length <= most
  if (!isExpected) throw usage(`expected ${operand ?? 'no operand'}`)
  const entries = Object.entries(options).map(([name, { type, required }]) => {
    const value = values[name] ?? (type === 'boolean' ? false : undefined)
    if (required && (value === undefined || value === '')) throw usage(`--${name} is required`)
    return [name, value]
  })
  return { values: Object.fromEntries(entries), operand: positionals[0] ?? '', operands: positionals }
}

function parse(args: readonly string[], options: OptionTable): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...args], options: { ...options }, allowPositionals: true })
  } catch (error) {
    throw usage(explanation(error, options))
  }
}

/** Node's own messages repeat what was typed, which may be a link or an address. */
function explanation(error: unknown, options: OptionTable): string {
  const message = error instanceof Error ? error.message : ''
  const known = Object.keys(options).find((name) => message.includes(`'--${name}`))
  return known === undefined ? 'unknown option' : `--${known} was given wrongly`
}

function usage(problem: string): CliError {
  return new CliError('ERR_CLI_USAGE', `${problem} (see --help)`)
}
