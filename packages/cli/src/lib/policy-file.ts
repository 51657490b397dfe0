/**
 * The policy a command applies, and the refusal of what it cannot be applied to.
 *
 * @module
 */

import type { Policy } from '@surveyseal/core/anonymize'
import { defaultPolicy, parsePolicy } from '@surveyseal/core/anonymize'
import { CliError } from '../errors.js'
import { readJson } from './input.js'
import type { Io } from './io.js'

/** An e-mail address, or a whole cell that may be a telephone or customer number. */
const PERSONAL = /[^\s@]@[^\s@.]+\.[^\s@]|^[\s+().-]*(?:\d[\s().-]*){7,}$/u

/** Reads a policy; `default` is the one for customer records. */
export async function readPolicy(path: string, io: Io): Promise<Policy> {
  return path === 'default' ? defaultPolicy('en') : parsePolicy(await readJson(path, io))
}

/**
 * The columns are kept: in a file without a header those would be the first person's own data.
 *
 * @throws {@link CliError} `ERR_CLI_HEADER_PERSONAL_DATA`
 */
export function refuseHeaderOfData({ header }: { readonly header: readonly string[] | null }): void {
  if (!header?.some((column) => PERSONAL.test(column))) return
  throw new CliError(
    'ERR_CLI_HEADER_PERSONAL_DATA',
    'a column is called by an address or number: is the header missing?',
  )
}
