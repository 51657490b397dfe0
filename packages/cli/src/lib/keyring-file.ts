/**
 * The keyring file and the scope links are made for.
 *
 * @module
 */

import { SurveySealError } from '@surveyseal/core/errors'
import type { Keyring, LinkContext } from '@surveyseal/links'
import { loadKeyringFile } from '@surveyseal/links/node'
import { CliError } from '../errors.js'
import type { RequiredTextOption } from './options.js'

/** The option of every command that uses keys. */
export const keyringOption: Readonly<Record<'keyring', RequiredTextOption>> = {
  keyring: { type: 'string', hint: 'FILE', does: 'the keys', required: true },
}

/** The options of every command that makes or opens links. */
export const scopeOptions: Readonly<Record<'tenant' | 'survey' | 'purpose' | 'keyring', RequiredTextOption>> = {
  tenant: { type: 'string', hint: 'T', does: 'whose respondents these are', required: true },
  survey: { type: 'string', hint: 'S', does: 'the survey', required: true },
  purpose: { type: 'string', hint: 'P', does: 'what opening a link permits', required: true },
  ...keyringOption,
}

/** Loads the keys and binds them to the scope. */
export async function openScope(values: Readonly<Record<keyof typeof scopeOptions, string>>): Promise<LinkContext> {
  const { tenant, survey, purpose } = values
  return (await readKeyring(values.keyring)).bind({ tenant, survey, purpose })
}

/**
 * Loads a keyring file that nobody but its owner can read.
 *
 * @throws {@link CliError} `ERR_CLI_FILE_UNREADABLE`
 * @throws LinkError `ERR_LINK_KEYRING_FILE_EXPOSED`, `ERR_LINK_KEYRING_INVALID`
 */
export async function readKeyring(path: string): Promise<Keyring> {
  try {
    return await loadKeyringFile(path)
  } catch (error) {
    if (error instanceof SurveySealError) throw error
    throw new CliError('ERR_CLI_FILE_UNREADABLE', `${JSON.stringify(path)} cannot be read`)
  }
}
