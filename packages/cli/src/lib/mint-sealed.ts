/**
 * Minting sealed links.
 *
 * @module
 */

import type { Scope } from '@surveyseal/links'
import type { Io } from './io.js'
import { openScope } from './keyring-file.js'
import { invalidRespondent, respondentOf, rowWriter } from './mint-input.js'
import type { OptionValues } from './options.js'
import { write } from './output.js'
import { atRecord, ownValue, type recordOptions, requireColumns, withRecords } from './records.js'

/** What to seal. */
export interface SealedMint extends Scope {
  readonly operand: string
  readonly records: OptionValues<typeof recordOptions>
  readonly column: string
  readonly json: boolean
  readonly keyring: string
  readonly baseUrl: string
  readonly expiresAt: Date
}

type Seal = (respondent: string) => string

/** Seals a link for each record and writes it as it is read. */
export async function mintSealed(mint: SealedMint, io: Io): Promise<void> {
  const { operand, records, column, json, expiresAt, baseUrl } = mint
  const context = await openScope(mint, mint.keyring, io)
  const seal: Seal = (respondent) => context.seal({ respondent, expiresAt }, { baseUrl }).url
  seal('0') // An unfit base URL or expiry is refused before anything is read.
  await withRecords(operand, records, io, async (source) => {
    requireColumns(source, [column])
    const { header, format } = rowWriter(source, json)
    await write(io.stdout, header)
    let number = 0
    for await (const batch of source.batches) {
      const rows = batch.map((record) => {
        number++
        return { record, ...atRecord(number, () => sealed(ownValue(record, column), seal)) }
      })
      await write(io.stdout, format(rows))
    }
  })
}

function sealed(value: unknown, seal: Seal): { respondent: string; link: string } {
  const respondent = respondentOf(value)
  try {
    return { respondent, link: seal(respondent) }
  } catch (error) {
    // What else could be wrong with a link was tried before the first record.
    throw error instanceof TypeError || error instanceof RangeError ? invalidRespondent() : error
  }
}
