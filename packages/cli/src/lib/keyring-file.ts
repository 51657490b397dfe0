/**
 * The keyring file and the scope links are made for.
 *
 * @module
 */

import { stat } from 'node:fs/promises'
import { SurveySealError } from '@surveyseal/core/errors'
import type { Keyring, LinkContext, Scope } from '@surveyseal/links'
import { loadKeyring } from '@surveyseal/links'
import { loadKeyringFile } from '@surveyseal/links/node'
import { CliError } from '../errors.js'
import { readText } from './input.js'
import type { Io } from './io.js'
import type { RequiredTextOption, TextOption } from './options.js'

/** The option of every command that uses keys. */
export const keyringOption: Readonly<Record<'keyring', RequiredTextOption>> = {
  keyring: { type: 'string', hint: 'FILE', does: 'the keys', required: true },
}

/** The options of every command that makes or opens links. */
export const scopeOptions: Readonly<
  Record<'tenant' | 'survey' | 'purpose', RequiredTextOption> & Record<'keyring', TextOption>
> = {
  tenant: { type: 'string', hint: 'T', does: 'whose respondents these are', required: true },
  survey: { type: 'string', hint: 'S', does: 'the survey', required: true },
  purpose: { type: 'string', hint: 'P', does: 'what opening a link permits', required: true },
  keyring: { type: 'string', hint: 'FILE', does: 'the keys of sealed links; /dev/stdin takes them from a pipe' },
}

/** Loads the keys and binds them to the scope. */
export async function openScope({ tenant, survey, purpose }: Scope, keyring: string, io: Io): Promise<LinkContext> {
  return (await readKeyring(keyring, io)).bind({ tenant, survey, purpose })
}

/** What a process was handed by the one that started it; a pipe among these is read by nobody else. */
const INHERITED = /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/[0-9]+)$/

/**
 * Loads a keyring file that nobody but its owner can read, or a keyring from a pipe that the process was handed.
 *
 * @throws {@link CliError} `ERR_CLI_FILE_UNREADABLE`, those of {@link readText}
 * @throws LinkError `ERR_LINK_KEYRING_FILE_EXPOSED`, `ERR_LINK_KEYRING_INVALID`
 */
export async function readKeyring(path: string, io: Io): Promise<Keyring> {
  return (await isInheritedPipe(path)) ? loadKeyring(await readText(path, io)) : readKeyringFile(path)
}

/** {@link readKeyring} of files only. */
export async function readKeyringFile(path: string): Promise<Keyring> {
  try {
    return await loadKeyringFile(path)
  } catch (error) {
    if (error instanceof SurveySealError) throw error
    throw new CliError('ERR_CLI_FILE_UNREADABLE', `${JSON.stringify(path)} cannot be read`)
  }
}

async function isInheritedPipe(path: string): Promise<boolean> {
  if (!INHERITED.test(path)) return false
  const status = await stat(path).catch(() => null)
  return status?.isFIFO() ?? false
}
