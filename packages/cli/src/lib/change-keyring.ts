/**
 * One step in the life of a key, kept in the keyring file.
 *
 * @module
 */

import { type FileHandle, lstat, open, readFile, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SurveySealError } from '@surveyseal/core/errors'
import type { KeyringDocument } from '@surveyseal/links'
import { CliError } from '../errors.js'
import { readKeyringFile } from './keyring-file.js'

/**
 * Replaces a keyring file by what a step makes of it: the old content or the new one is there at every moment.
 *
 * The new file is made beside it under one name, which at the same time keeps a second process out.
 *
 * @throws {@link CliError} `ERR_CLI_FILE_UNWRITABLE` for a symbolic link, and while another process changes the file.
 */
export async function changeKeyring(
  path: string,
  step: (document: KeyringDocument) => KeyringDocument,
): Promise<KeyringDocument> {
  await readKeyringFile(path)
  if ((await lstat(path)).isSymbolicLink()) throw unwritable(path, 'is a symbolic link: name the file itself')
  const draft = `${path}.new`
  const file = await open(draft, 'wx', 0o600).catch(() => {
    throw unwritable(
      draft,
      'cannot be made; it is there while another run changes the keyring, or after one was killed',
    )
  })
  const changed = await replaced(path, draft, file, step)
  // Only now is the draft's name free: what is under it from here on is another run's.
  await syncFolder(path).catch(() => {
    throw unwritable(path, 'was replaced, and the disk did not confirm it')
  })
  return changed
}

async function replaced(
  path: string,
  draft: string,
  file: FileHandle,
  step: (document: KeyringDocument) => KeyringDocument,
): Promise<KeyringDocument> {
  try {
    const changed = step(await documentOf(path))
    await keep(file, path, changed)
    await rename(draft, path)
    return changed
  } catch (error) {
    await unlink(draft).catch(() => {})
    throw error instanceof SurveySealError ? error : unwritable(path, 'cannot be replaced')
  } finally {
    await file.close()
  }
}

/** Read only once nobody else can change it. */
async function documentOf(path: string): Promise<KeyringDocument> {
  await readKeyringFile(path)
  return JSON.parse(await readFile(path, 'utf8'))
}

async function keep(file: FileHandle, path: string, document: KeyringDocument): Promise<void> {
  const [{ uid, gid }, made] = [await lstat(path), await file.stat()]
  if (uid !== made.uid || gid !== made.gid) await file.chown(uid, gid)
  await file.appendFile(`${JSON.stringify(document, null, 2)}\n`)
  await file.sync()
}

/** The new name must survive a power cut too. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(dirname(path), 'r')
  await folder.sync().finally(() => folder.close())
}

function unwritable(path: string, why: string): CliError {
  return new CliError('ERR_CLI_FILE_UNWRITABLE', `${JSON.stringify(path)} ${why}`)
}
