import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StoreError } from '../errors.js'

/**
 * SQLite says "cannot open" whether a file is out of reach or may not be written; the system tells the two apart. The
 * folder counts as well: the write-ahead log lies beside the file.
 */
export async function whyNotOpened(error: unknown, path: string): Promise<unknown> {
  if (!(error instanceof StoreError) || error.code !== 'ERR_STORE_UNAVAILABLE') return error
  const refusals = await Promise.all([path, dirname(path)].map(refusalToWrite))
  const readOnly = refusals.some((refusal) => ['EROFS', 'EACCES', 'EPERM'].includes(String(refusal)))
  return readOnly ? new StoreError('ERR_STORE_READ_ONLY', 'the file or its folder takes no writes') : error
}

async function refusalToWrite(path: string): Promise<unknown> {
  try {
    await access(path, constants.W_OK)
    return null
  } catch (error) {
    return (error as { readonly code?: unknown }).code
  }
}
