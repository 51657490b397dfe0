/**
 * The policy a command applies, and the refusal of what it cannot be applied to.
 *
 * @module
 */

import type { Policy } from '@surveyseal/core/anonymize'
import { defaultPolicy, parsePolicy, RETAIN_IDENTIFIERS } from '@surveyseal/core/anonymize'
import { CliError } from '../errors.js'
import { readJson } from './input.js'
import type { Io } from './io.js'
import type { TextOption } from './options.js'

/** An e-mail address, or a whole cell that may be a telephone or customer number. */
const PERSONAL = /[^\s@]@[^\s@.]+\.[^\s@]|^[\s+().-]*(?:\d[\s().-]*){7,}$/u

/** Reads a policy; `default` is the one for customer records. With a reason it may keep direct identifiers. */
export async function readPolicy(
  path: string,
  io: Io,
  { 'retain-identifiers': reason }: { readonly 'retain-identifiers': string | undefined },
): Promise<Policy> {
  if (path === 'default') return defaultPolicy('en')
  const json = await readJson(path, io)
  if (reason === undefined || typeof json !== 'object' || json === null) return parsePolicy(json)
  return parsePolicy({ ...json, [RETAIN_IDENTIFIERS]: reason })
}

/** The option that says the reason. */
export const retainIdentifiers: TextOption = {
  type: 'string',
  hint: 'REASON',
  does: 'lets the policy keep e-mail addresses, names and the like; the certificate repeats the reason',
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
