/**
 * A file of records in which one person is looked for.
 *
 * @module
 */

import { Readable } from 'node:stream'
import type { RecordStore } from '@surveyseal/core/erase'
import { CliError } from '../errors.js'
import { readAnyBytes } from './input.js'
import type { Io } from './io.js'
import type { OpenRecords } from './records.js'
import { openRecords } from './records.js'

/** How a file is opened. */
export interface FileOptions {
  readonly delimiter: string | undefined
  readonly format: string | undefined
}

/** A file that is read several times; each record is named by its number in it, counted from 1. */
export interface PersonFile {
  readonly header: readonly string[] | null
  readonly store: RecordStore
  open(): Promise<OpenRecords>
  /** The ids that records give themselves, by their number, as far as they were scanned. */
  readonly ownIds: ReadonlyMap<string, string>
}

/** Opens the file once to know its header. Standard input is held in memory, for it cannot be read twice. */
export async function openPersonFile(path: string, options: FileOptions, io: Io): Promise<PersonFile> {
  const held = path === '-' ? await allOf(io) : null
  const open = (): Promise<OpenRecords> =>
    openRecords(path, options, held === null ? io : { ...io, stdin: Readable.from(held) })
  const first = await open()
  await first.close()
  const ownIds = new Map<string, string>()
  return { header: first.header, store: storeOf(open, ownIds), open, ownIds }
}

function storeOf(open: () => Promise<OpenRecords>, ownIds: Map<string, string>): RecordStore {
  return {
    async *scan() {
      const source = await open()
      let number = 0
      try {
        for await (const batch of source.batches) {
          yield batch.map((record) => {
            const name = String(++number)
            const id = Object.hasOwn(record, 'id') ? record['id'] : undefined
            if (typeof id === 'string' || typeof id === 'number') ownIds.set(name, String(id))
            return [name, record] as const
          })
        }
      } finally {
        await source.close()
      }
    },
    replace: () => {
      throw new CliError('ERR_CLI_INTERNAL', 'a file is written anew, not changed')
    },
  }
}

async function allOf(io: Io): Promise<readonly Buffer[]> {
  const chunks: Buffer[] = []
  for await (const chunk of readAnyBytes('-', io)) chunks.push(chunk)
  return chunks
}
