/**
 * Witnesses of a log, as a command takes them.
 *
 * @module
 */

import { CliError } from '../errors.js'
import type { TextOption } from './options.js'

/** The options of commands whose checkpoints witnesses may have cosigned. */
export const witnessOptions: Readonly<Record<'witnesses' | 'quorum', TextOption>> = {
  witnesses: { type: 'string', hint: 'VKEYS', does: 'verifier keys of witnesses, with commas' },
  quorum: {
    type: 'string',
    hint: 'N',
    does: 'how many of them must have cosigned the newest checkpoint, all if left out',
  },
}

/**
 * Reads a quorum.
 *
 * @throws {@link CliError} `ERR_CLI_USAGE`
 */
export function countOf(text: string): number {
  if (/^[0-9]{1,3}$/.test(text)) return Number(text)
  throw new CliError('ERR_CLI_USAGE', '--quorum takes a number')
}
