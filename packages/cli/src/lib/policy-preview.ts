/**
 * What a policy would do to a file, and what it would leave that looks like an identifier.
 *
 * @module
 */

import type { Policy } from '@surveyseal/core/anonymize'
import { compilePolicy } from '@surveyseal/core/anonymize'
import { type FieldIdentifiers, tallyIdentifiers } from '@surveyseal/core/recognize'
import { type Certificate, createTally } from './certificate.js'
import type { ExitCode } from './command.js'
import { FINDINGS, OK } from './command.js'
import type { Io } from './io.js'
import { write } from './output.js'
import { refuseHeaderOfData } from './policy-file.js'
import { printable } from './printable.js'
import { atRecord, withRecords } from './records.js'

/** What is asked of a preview. */
export interface PolicyPreviewValues {
  readonly path: string
  readonly json: boolean
  readonly delimiter: string | undefined
  readonly format: string | undefined
}

/** The certificate that there would be, and what is in the values that stay. */
interface Preview extends Certificate {
  readonly left: readonly FieldIdentifiers[]
}

/** Applies the policy to every record, and writes none of them. */
export async function previewPolicy(
  policy: Policy,
  { path, json, ...options }: PolicyPreviewValues,
  { io, summary }: { readonly io: Io; readonly summary: (certificate: Certificate) => string },
): Promise<ExitCode> {
  const preview = await withRecords(path, options, io, async (source): Promise<Preview> => {
    refuseHeaderOfData(source)
    const columns = source.header ?? []
    const compiled = compilePolicy(policy, { columns, parsed: true })
    const [tally, identifiers] = [createTally(policy), tallyIdentifiers(policy, { columns })]
    for await (const records of source.batches) {
      for (const given of records) {
        const { record, changes } = atRecord(tally.records + 1, () => compiled.apply(given))
        tally.add(changes)
        if (record !== null) identifiers.add(record)
      }
    }
    return { ...tally.certificate(), left: identifiers.findings() }
  })
  await write(io.stdout, json ? `${JSON.stringify(preview)}\n` : `${summary(preview)}${leftText(preview.left)}`)
  return preview.left.length > 0 ? FINDINGS : OK
}

function leftText(left: readonly FieldIdentifiers[]): string {
  return [
    left.length > 0
      ? 'Nothing was written. The values kept hold what is recognized:\n'
      : 'Nothing was written. Nothing is recognized in the values kept.\n',
    ...left.map(({ field, kind, values }) => `  ${kind.padEnd(11)}  ${values} of ${printable(field)}\n`),
    'Looked for: e-mail, telephone, IBAN, card, national id, IP, and members called like an identifier; not for names of people.\n',
  ].join('')
}
