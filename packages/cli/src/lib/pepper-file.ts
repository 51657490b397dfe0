/**
 * The pepper file, without which stored links are not found.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'
import type { PepperRing } from '@surveyseal/links'
import { loadPepperFile } from '@surveyseal/links/node'
import { CliError } from '../errors.js'

/** Makes the content of a pepper file: one pepper, named by the day it was made. */
export function generatePeppers(now: Date): { readonly id: string; readonly text: string } {
  const id = now.toISOString().slice(0, 10)
  const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
  return { id, text: `${JSON.stringify({ version: 1, current: { id, secret }, others: [] }, null, 2)}\n` }
}

/**
 * Loads a pepper file that nobody but its owner can read.
 *
 * @throws {@link CliError} `ERR_CLI_FILE_UNREADABLE`
 * @throws LinkError `ERR_LINK_PEPPER_FILE_EXPOSED`, `ERR_LINK_PEPPER_FILE_INVALID`
 */
export async function readPepperFile(path: string): Promise<PepperRing> {
  try {
    return await loadPepperFile(path)
  } catch (error) {
    if (error instanceof SurveySealError) throw error
    throw new CliError('ERR_CLI_FILE_UNREADABLE', `${JSON.stringify(path)} cannot be read`)
  }
}
