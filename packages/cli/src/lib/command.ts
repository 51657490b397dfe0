/**
 * What a command is.
 *
 * @module
 */

import type { Io } from './io.js'
import type { OptionTable, OptionValues } from './options.js'
import { parseOptions } from './options.js'

/** The command did what it was asked for, and found nothing to object to. */
export const OK = 0
/** Findings, or an input that was refused. */
export const FINDINGS = 1
/** The command line itself was wrong. */
export const USAGE = 2

/** How a command ends. */
export type ExitCode = typeof OK | typeof FINDINGS | typeof USAGE

/** A command as its file declares it. */
export interface Definition<Options extends OptionTable> {
  /** One sentence without a full stop. */
  readonly summary: string
  /** As in `parseOptions`. */
  readonly operand: string | null
  readonly options: Options
  run(
    invocation: { operand: string; operands: readonly string[]; values: OptionValues<Options> },
    io: Io,
  ): Promise<ExitCode>
}

/** A command as the table of commands holds it. */
export interface Command {
  readonly summary: string
  readonly operand: string | null
  readonly options: OptionTable
  run(args: readonly string[], io: Io): Promise<ExitCode>
}

/** Binds a definition to its options, so that `run` sees them typed. */
export function defineCommand<const Options extends OptionTable>(definition: Definition<Options>): Command {
  const { summary, operand, options } = definition
  return {
    summary,
    operand,
    options,
    run: (args, io) => definition.run(parseOptions(args, options, operand), io),
  }
}
