/**
 * Consent records of others, in this package's words.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { ConsentError } from '../errors.js'
import { fromKantara } from '../lib/from-kantara.js'
import type { Json } from '../lib/json-ld-node.js'
import { publicPath, readForeign } from '../lib/read-foreign.js'
import { decodeNode } from '../lib/record-codec.js'
import type { ConsentRecord, LostMember, RecordReceipt } from './consent-record.js'
import type { RecordFinding } from './finding.js'

/** A record or receipt that was accepted. */
export interface ImportedRecord {
  readonly format: '27560' | 'kantara'
  /** Null for a record that came without a receipt of ISO/IEC TS 27560 around it. */
  readonly receipt: RecordReceipt | null
  /** One or more; nobody has proved what they say. */
  readonly records: readonly ConsentRecord[]
  /** What no member of a record stands for. Paths point into the strict form, or the Kantara receipt. */
  readonly lost: readonly LostMember[]
  /** What whoever wrote it should know. */
  readonly warnings: readonly RecordFinding[]
}

/** A record or receipt that was refused; `findings` says why, without values of the document. */
export class RecordRefusedError extends ConsentError {
  readonly findings: readonly RecordFinding[]

  constructor(findings: readonly RecordFinding[]) {
    super('ERR_CONSENT_IMPORT_REFUSED', 'the consent record has errors')
    this.findings = findings
  }
}

/**
 * Reads a consent record or receipt of ISO/IEC TS 27560 in terms of DPV (JSON-LD), or a Kantara Consent Receipt 1.1.
 *
 * What `validateConsentRecord` calls an error is refused. Of the rest, everything is in the records or named in `lost`.
 * A record says what somebody asserts: nothing in it is signed, and importing it records no consent.
 *
 * @param json - At most 1,048,576 characters.
 * @returns See {@link ImportedRecord}.
 * @throws {@link RecordRefusedError} `ERR_CONSENT_IMPORT_REFUSED`
 */
export function importConsentRecord(json: string): ImportedRecord {
  if (typeof json !== 'string') throw invalidArgumentType('json', 'string', json)
  const { format, findings, document, lost: before } = readForeign(json)
  if (document === null || findings.some(({ severity }) => severity === 'error')) throw new RecordRefusedError(findings)
  const lost: LostMember[] = before.map(({ path, reason }) => ({ path: publicPath(path), reason }))
  const lose = (path: string, reason: LostMember['reason']): void => {
    lost.push({ path: publicPath(path), reason })
  }
  const read = format === 'kantara' ? kantaraRead(document, lose) : recordsRead(document, lose)
  return { format, ...read, lost, warnings: findings }
}

type Lose = (path: string, reason: LostMember['reason']) => void

function kantaraRead(document: Json, lose: Lose): Pick<ImportedRecord, 'receipt' | 'records'> {
  return { receipt: null, records: [fromKantara(document, lose)] }
}

/** The schema was checked: what is decoded has the members of its type. */
function recordsRead(document: Json, lose: Lose): Pick<ImportedRecord, 'receipt' | 'records'> {
  if (document['dpv:hasRecordOfActivity'] === undefined) {
    return { receipt: null, records: [decodeNode(document, 'record', '', lose) as unknown as ConsentRecord] }
  }
  const { records, ...receipt } = decodeNode(document, 'receipt', '', lose)
  return { receipt: receipt as unknown as RecordReceipt, records: records as readonly ConsentRecord[] }
}
