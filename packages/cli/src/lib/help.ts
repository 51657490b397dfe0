/**
 * What `--help` prints.
 *
 * @module
 */

import type { Command } from './command.js'

/** All commands, one a line. */
export function overview(commands: Readonly<Record<string, Command>>): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const)
  return [
    'surveyseal <command> [options]',
    '',
    ...table(lines),
    '',
    'Every command takes --json and --help, and reads - as standard input.',
    'Exit codes: 0 ok, 1 findings or refused, 2 usage.',
    '',
  ].join('\n')
}

/** One command and its options. */
export function help(name: string, { summary, operand, options }: Command): string {
  const lines = Object.entries(options).map(([option, { hint, does, required }]) => {
    return [hint === undefined ? `--${option}` : `--${option} ${hint}`, required ? `${does} (required)` : does] as const
  })
  return [
    `surveyseal ${[name, ...(operand === null ? [] : [operand])].join(' ')} [options]`,
    '',
    `${summary}.`,
    '',
    ...table(lines),
    '',
  ].join('\n')
}

function table(lines: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...lines.map(([left]) => left.length))
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
