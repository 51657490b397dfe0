/**
 * The keyring file and the scope links are made for.
 *
 * @module
 */

import { open } from 'node:fs/promises'
import { platform } from 'node:process'
import type { Keyring, LinkContext } from '@surveyseal/links'
import { loadKeyring } from '@surveyseal/links'
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
 * @throws {@link CliError} `ERR_CLI_FILE_UNREADABLE`, `ERR_CLI_KEYRING_EXPOSED`
 * @throws LinkError `ERR_LINK_KEYRING_INVALID`
 */
export async function readKeyring(path: string): Promise<Keyring> {
  return loadKeyring(await readPrivateFile(path))
}

async function readPrivateFile(path: string): Promise<string> {
  const file = await open(path).catch(() => null)
  try {
    const stat = await file?.stat()
    if (file === null || !stat || stat.isDirectory()) {
      throw new CliError('ERR_CLI_FILE_UNREADABLE', `${JSON.stringify(path)} cannot be read`)
    }
    // Windows has access lists instead of these bits.
    if (platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      const problem = `others than its owner may use ${JSON.stringify(path)}: chmod 600`
      throw new CliError('ERR_CLI_KEYRING_EXPOSED', problem)
    }
    return await file.readFile('utf8')
  } finally {
    await file?.close()
  }
}
