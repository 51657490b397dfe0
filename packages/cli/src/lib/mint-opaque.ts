/**
 * Minting opaque links.
 *
 * @module
 */

import type { Invitation, LinkService } from '@surveyseal/links'
import { CliError } from '../errors.js'
import { readEarlierLinks } from './earlier-links.js'
import type { Io } from './io.js'
import { type LinkDatabase, withLinks } from './link-database.js'
import { invalidRespondent, type MintedRow, respondentOf, rowWriter } from './mint-input.js'
import type { JsonRecord } from './ndjson.js'
import type { OptionValues } from './options.js'
import { write } from './output.js'
import { atRecord, ownValue, type recordOptions, requireColumns, withRecords } from './records.js'

/** What to issue. */
export interface OpaqueMint extends LinkDatabase {
  readonly operand: string
  readonly records: OptionValues<typeof recordOptions>
  readonly column: string
  readonly cohortColumn: string | undefined
  readonly json: boolean
  readonly batch: string
  readonly resume: string | undefined
  readonly uses: number
  readonly expiresAt: Date
}

/** Rows written at once; as many links at most are stored and not written when the process is killed. */
const ROWS = 500

/** Issues a link for each record; rows are written when their links are stored, before the next are issued. */
export async function mintOpaque(mint: OpaqueMint, io: Io): Promise<void> {
  const { operand, records, column, cohortColumn, resume } = mint
  await withLinks(mint, io, (links) =>
    withRecords(operand, records, io, async (source) => {
      requireColumns(source, cohortColumn === undefined ? [column] : [column, cohortColumn])
      const { header, isJson, format } = rowWriter(source, mint.json)
      const { delimiter } = records
      const earlier =
        resume === undefined ? null : await readEarlierLinks({ path: resume, isJson, column, delimiter }, io)
      const issuer = new Issuer(mint, links, earlier)
      await write(io.stdout, header)
      for await (const batch of source.batches) {
        for (let at = 0; at < batch.length; at += ROWS) {
          await write(io.stdout, format(await issuer.issue(batch.slice(at, at + ROWS))))
        }
      }
      if (issuer.leftOut > 0) await write(io.stderr, `surveyseal: ${leftOut(issuer.leftOut)}\n`)
    }),
  )
}

/** An invitation and the record it was read from, counted from 1. */
interface Numbered {
  readonly number: number
  readonly invitation: Invitation
}

class Issuer {
  /** Records without a link: their invitees are suppressed, or their links of this batch were revoked. */
  leftOut = 0
  readonly #mint: OpaqueMint
  readonly #links: LinkService<unknown>
  readonly #earlier: ReadonlyMap<string, string> | null
  /** What this run has given to whom: a respondent who stands in the input twice has one link. */
  readonly #given = new Map<string, string>()
  #number = 0

  constructor(mint: OpaqueMint, links: LinkService<unknown>, earlier: ReadonlyMap<string, string> | null) {
    this.#mint = mint
    this.#links = links
    this.#earlier = earlier
  }

  async issue(records: readonly JsonRecord[]): Promise<readonly MintedRow[]> {
    const wanted = new Map<string, Numbered>()
    const read = records.map((record) => {
      const number = ++this.#number
      const respondent = atRecord(number, () => respondentOf(ownValue(record, this.#mint.column)))
      if (!this.#given.has(respondent) && !wanted.has(respondent)) {
        wanted.set(respondent, { number, invitation: this.#invitation(respondent, record, number) })
      }
      return { record, respondent }
    })
    await this.#give([...wanted.values()])
    const rows = read.flatMap(({ record, respondent }): MintedRow[] => {
      const link = this.#given.get(respondent)
      return link === undefined ? [] : [{ record, respondent, link }]
    })
    this.leftOut += records.length - rows.length
    return rows
  }

  #invitation(respondent: string, record: JsonRecord, number: number): Invitation {
    const { cohortColumn, uses, expiresAt } = this.#mint
    const cohort = cohortColumn === undefined ? undefined : ownValue(record, cohortColumn)
    const hasCohort = cohort !== undefined && cohort !== null && cohort !== ''
    return {
      respondent,
      uses,
      expiresAt,
      ...(hasCohort ? { cohort: atRecord(number, () => cohortOf(cohort)) } : {}),
    }
  }

  /** The service checks an invitation when it has taken it, before it stores any of these. */
  async #give(wanted: readonly Numbered[]): Promise<void> {
    let taken = 0
    function* invitations(): Generator<Invitation> {
      for (const { number, invitation } of wanted) {
        taken = number
        yield invitation
      }
      taken = 0
    }
    const { batch } = this.#mint
    const holds = this.#earlier === null ? {} : { holds: (invitation: Invitation) => this.#holds(invitation) }
    try {
      for await (const { url, respondent } of this.#links.issue(invitations(), { batch, ...holds })) {
        this.#given.set(String(respondent), url)
      }
    } catch (error) {
      if (taken === 0) throw error
      atRecord(taken, () => {
        throw error instanceof TypeError || error instanceof RangeError ? invalidRespondent() : error
      })
    }
  }

  /** A link that was written and then replaced, by a run that was not told of it, is not held any more. */
  async #holds({ respondent }: Invitation): Promise<boolean> {
    const link = this.#earlier?.get(String(respondent))
    if (link === undefined) return false
    const found = await this.#links.open(link)
    if (found.state === 'unknown' || found.state === 'revoked' || found.link.respondent !== respondent) return false
    this.#given.set(String(respondent), link)
    return true
  }
}

const MAX_COHORT_BYTES = 128

function cohortOf(value: unknown): string {
  const cohort = Number.isSafeInteger(value) ? String(value) : value
  if (typeof cohort === 'string' && Buffer.byteLength(cohort) <= MAX_COHORT_BYTES && !/[\p{Cc}\p{Cs}]/u.test(cohort)) {
    return cohort
  }
  throw new CliError('ERR_CLI_COHORT_INVALID', `the cohort is not text of 1 to ${MAX_COHORT_BYTES} bytes`)
}

function leftOut(count: number): string {
  const records = count === 1 ? '1 record was' : `${count} records were`
  return `${records} left out: the invitee is suppressed, or the link of this batch was revoked`
}
