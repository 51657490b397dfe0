/**
 * One run of the command line, without the process around it.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'
import { commands } from './commands.js'
import { CliError } from './errors.js'
import type { Command, ExitCode } from './lib/command.js'
import { FINDINGS, OK, USAGE } from './lib/command.js'
import { help, overview } from './lib/help.js'
import type { Io } from './lib/io.js'
import { ReaderGone, write } from './lib/output.js'

/** Refusals that mean the command line was wrong; every other coded refusal is about what was read. */
const USAGE_CODES: readonly string[] = [
  'ERR_CLI_USAGE',
  'ERR_CLI_FILE_UNREADABLE',
  'ERR_CLI_FILE_UNWRITABLE',
  'ERR_CLI_COLUMN_MISSING',
  'ERR_CLI_COLUMN_EXISTS',
  'ERR_INVALID_ARG_TYPE',
  'ERR_INVALID_ARG_VALUE',
]

/**
 * Runs one command.
 *
 * @param args - The command line after the program's name.
 * @param io - What the command reads and writes.
 * @returns The exit code: 0 ok, 1 findings or refused, 2 usage. Refusals are written to `io.stderr`, never thrown.
 */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, io)
  } catch (error) {
    if (error instanceof ReaderGone) return OK
    const { code, message } = explained(error)
    await write(io.stderr, `surveyseal: ${code}: ${message}\n`).catch(() => {})
    return USAGE_CODES.includes(code) ? USAGE : FINDINGS
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<ExitCode> {
  const found = await findCommand(args)
  if (args.includes('--help') || args.includes('-h')) {
    await write(io.stdout, found === null ? overview(await commandsOf(args)) : help(found.name, found.command))
    return OK
  }
  if (found !== null) return found.command.run(found.rest, io)
  await write(io.stderr, overview(await commandsOf(args)))
  throw new CliError('ERR_CLI_USAGE', args.length === 0 ? 'expected a command' : 'no such command')
}

/** Those that begin with the first word; all of them when none does. */
async function commandsOf([group]: readonly string[]): Promise<Readonly<Record<string, Command>>> {
  const all = Object.entries(commands)
  const own = all.filter(([name]) => name.startsWith(`${group} `))
  const shown = (own.length === 0 ? all : own).map(async ([name, load]) => [name, await load()] as const)
  return Object.fromEntries(await Promise.all(shown))
}

/** A command is called by one word or two. */
async function findCommand(
  args: readonly string[],
): Promise<{ name: string; command: Command; rest: readonly string[] } | null> {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ')
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (load !== undefined) return { name, command: await load(), rest: args.slice(words) }
  }
  return null
}

/** An error without a code is a defect of ours, whose message may hold anything: only its kind is told. */
function explained(error: unknown): { code: string; message: string } {
  if (error instanceof SurveySealError) return error
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    if (error.code.startsWith('ERR_INVALID_ARG_')) return { code: error.code, message: error.message }
  }
  return new CliError('ERR_CLI_INTERNAL', `unexpected ${error instanceof Error ? error.name : typeof error}`)
}
