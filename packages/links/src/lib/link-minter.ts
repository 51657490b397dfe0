/**
 * Issuing, sealing and importing links, past the suppression list.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { LinkError } from '../errors.js'
import type { LinkContext, LinkFields } from '../link-context.js'
import type { ImportCount, ImportedLink } from '../link-service/imported-link.js'
import type { Invitation, IssuedLink, IssueOptions } from '../link-service/invitation.js'
import type { LegacyLinks } from '../link-service/legacy-links.js'
import type { MintedLink, SealBatchOptions } from '../link-service/minted-link.js'
import type { IdSpelling } from '../link-service/options.js'
import type { Invitee, LinkRecord, LinkStore } from '../link-store.js'
import type { Placement } from '../placement.js'
import type { Respondent, RespondentOptions } from '../respondent.js'
import type { Scope } from '../scope.js'
import type { LinkBatches } from '../seal-links.js'
import { instantArgument, respondentArgument, serialArgument } from './arguments.js'
import { invitationBatches } from './invitation-batches.js'
import type { LinkFinder } from './link-finder.js'
import type { LinkKeys } from './link-keys.js'
import { invitationRecord, MAX_COHORT_BYTES } from './link-record.js'
import { drawOpaqueId } from './opaque-id.js'
import { toReference } from './reference.js'
import type { Suppressions } from './suppressions.js'
import { textArgument } from './text.js'

/** What minting needs of a service. */
export interface Minting<Tx> {
  readonly scope: Scope
  readonly store: LinkStore<Tx>
  readonly keys: LinkKeys
  readonly suppressions: Suppressions
  readonly finder: LinkFinder
  readonly context: LinkContext | null
  readonly respondents: RespondentOptions
  readonly ids: IdSpelling
  readonly legacy: LegacyLinks | null
  readonly baseUrl: string
  readonly placement: Placement
  addToken(token: string): string
  now(): number
}

const MAX_IMPORTED_CHARACTERS = 1024

/** See {@link LinkService.issue}. */
export async function* issueLinks<Tx>(
  minting: Minting<Tx>,
  invitations: Iterable<Invitation> | AsyncIterable<Invitation>,
  options: IssueOptions,
): AsyncGenerator<IssuedLink> {
  const { batch, onSuppressed } = options
  if (batch !== undefined) textArgument(batch, 'batch', MAX_COHORT_BYTES)
  await assertOpen(minting)
  for await (const list of invitationBatches(invitations, minting.respondents)) {
    const { free, suppressed } = await divide(minting, list)
    for (const invitation of suppressed) onSuppressed?.(invitation)
    yield* issueBatch(
      minting,
      batch === undefined ? free : await withoutHeld(minting, free, { ...options, batch }),
      options,
    )
  }
}

/** See {@link LinkService.seal}. */
export async function* sealBatches<Tx>(
  minting: Minting<Tx>,
  batches: LinkBatches,
  { keyId, onSuppressed }: SealBatchOptions,
): AsyncGenerator<MintedLink[]> {
  const { context, respondents, baseUrl, placement } = minting
  if (context === null) throw invalidArgumentValue('keyring', 'given, for sealing')
  const options = { ...respondents, baseUrl, placement, ...(keyId === undefined ? {} : { keyId }) }
  await assertOpen(minting)
  for await (const batch of batches) {
    for (const { respondent } of batch) respondentArgument(respondent, respondents)
    const cohorts = await Promise.all(
      batch.map(({ respondent, serial = 0 }) => minting.finder.cohortOf({ respondent, serial })),
    )
    const items = batch.map((fields, at) => ({ ...fields, fields, cohort: cohorts[at] ?? undefined }))
    const { free, suppressed } = await divide(minting, items)
    for (const { fields } of suppressed) onSuppressed?.(fields)
    yield pairUp(
      free.map(({ fields }) => fields),
      context.sealAll(
        free.map(({ fields }) => fields),
        options,
      ),
    )
  }
}

/** See {@link LinkService.import}. */
export async function importLinks<Tx>(
  minting: Minting<Tx>,
  links: Iterable<ImportedLink> | AsyncIterable<ImportedLink>,
): Promise<ImportCount> {
  if (minting.legacy === null) throw invalidArgumentValue('legacy', 'given, for importing')
  const until = instantArgument(minting.legacy.until, 'legacy.until')
  const count = { imported: 0, suppressed: 0, present: 0 }
  await assertReachable(minting)
  for await (const list of invitationBatches(links, minting.respondents)) {
    const { free, suppressed } = await divide(minting, list)
    const fresh = await withoutPresent(minting, free)
    const { kept, erased } = await keepLinks(
      minting,
      fresh.map((link) => ({ record: importedRecord(minting, link, until), respondent: link.respondent })),
    )
    count.imported += kept.length
    count.suppressed += suppressed.length + erased.length
    count.present += free.length - fresh.length
  }
  return count
}

/** Leaves out who has a live link here, and tokens that came in before: under any pepper, revoked ones too. */
async function withoutPresent<Tx>(
  minting: Minting<Tx>,
  list: readonly ImportedLink[],
): Promise<readonly ImportedLink[]> {
  const live = new Set((await recordsOf(minting, list)).filter(isLive).map(nameOfRecord))
  const inBatch = new Set<string>()
  const fresh = list.filter((link) => {
    const token = tokenArgument(link)
    const wanted = !live.has(nameOf(link)) && !inBatch.has(token)
    if (wanted) inBatch.add(token)
    return wanted
  })
  const found = await Promise.all(fresh.map(({ token }) => wasImported(minting, token)))
  return fresh.filter((_, at) => found[at] !== true)
}

async function wasImported<Tx>({ keys, store }: Minting<Tx>, token: string): Promise<boolean> {
  for (const key of keys.ofImported(token)) if ((await store.find(key)) !== null) return true
  return false
}

function tokenArgument({ token }: ImportedLink): string {
  if (typeof token !== 'string') throw invalidArgumentType('token', 'string', token)
  if (token === '' || token.length > MAX_IMPORTED_CHARACTERS) {
    throw invalidArgumentValue('token', `1 to ${MAX_IMPORTED_CHARACTERS} characters`)
  }
  return token
}

async function* issueBatch<Tx>(
  minting: Minting<Tx>,
  invitations: readonly Invitation[],
  { batch, onSuppressed }: IssueOptions,
): AsyncGenerator<IssuedLink> {
  if (invitations.length === 0) return
  const { keys, ids, addToken } = minting
  const links = invitations.map((invitation) => {
    const { id, token } = drawOpaqueId(ids)
    const record = invitationRecord(keys.ofNew(id), invitation, batch ?? null)
    const { respondent } = invitation
    return { record, respondent, invitation, url: addToken(token), token }
  })
  const { kept, erased } = await keepLinks(minting, links)
  for (const { invitation } of erased) onSuppressed?.(invitation)
  for (const { url, token, respondent, record } of kept) yield { url, token, respondent, serial: record.serial }
}

/** Whose erasure ended since they were looked up is left out, and one that begins waits: it cannot see what is not committed. */
async function keepLinks<Tx, T extends { readonly record: LinkRecord; readonly respondent: Respondent }>(
  { store, suppressions, now }: Minting<Tx>,
  links: readonly T[],
): Promise<{ readonly kept: readonly T[]; readonly erased: readonly T[] }> {
  const respondents = links.map(({ respondent }) => respondent)
  return store.transaction(async (inner) => {
    const marks = await suppressions.erased(inner, respondents)
    const kept = links.filter((_, at) => marks[at] !== true)
    await inner.issue(
      kept.map(({ record }) => record),
      now(),
    )
    return { kept, erased: links.filter((_, at) => marks[at] === true) }
  })
}

/** Leaves out who keeps a link of this batch, and whose links of this batch others have revoked. */
async function withoutHeld<Tx>(
  minting: Minting<Tx>,
  invitations: readonly Invitation[],
  { batch, holds }: IssueOptions & { readonly batch: string },
): Promise<readonly Invitation[]> {
  const made = new Map<string, boolean>()
  for (const record of await recordsOf(minting, invitations)) {
    if (record.batch !== batch) continue
    const name = nameOfRecord(record)
    made.set(name, made.get(name) === true || isLive(record))
  }
  const wanted: Invitation[] = []
  for (const invitation of invitations) {
    const live = made.get(nameOf(invitation))
    if (live === undefined || (live && !(await asked(holds)(invitation)))) wanted.push(invitation)
  }
  return wanted
}

function asked(holds: IssueOptions['holds']): Exclude<IssueOptions['holds'], undefined> {
  if (holds === undefined) {
    throw new LinkError('ERR_LINK_BATCH_EXISTS', 'the batch has links already: say which of them you hold')
  }
  return holds
}

/** Tells the suppressed from the others. */
async function divide<Tx, T extends { readonly respondent: Respondent; readonly cohort?: string | undefined }>(
  { suppressions, store }: Minting<Tx>,
  list: readonly T[],
): Promise<{ readonly free: readonly T[]; readonly suppressed: readonly T[] }> {
  const links = list.map(({ respondent, cohort = null }) => ({ respondent, cohort }))
  const marks = await suppressions.check(store, links)
  return { free: list.filter((_, at) => marks[at] !== true), suppressed: list.filter((_, at) => marks[at] === true) }
}

async function assertOpen<Tx>(minting: Minting<Tx>): Promise<void> {
  await assertReachable(minting)
  if (await minting.suppressions.isClosed(minting.store)) {
    throw new LinkError('ERR_LINK_SURVEY_CLOSED', 'the survey was revoked')
  }
}

/** A list that cannot be consulted must not be passed by. */
async function assertReachable<Tx>({ store, keys }: Minting<Tx>): Promise<void> {
  const counts = await store.countSuppressions(keys.pepperIds)
  if (counts.some(({ unreachable }) => unreachable > 0)) {
    throw new LinkError('ERR_LINK_PEPPER_MISSING', 'part of the suppression list is under a pepper that is missing')
  }
}

async function recordsOf<Tx>(
  { store, scope }: Minting<Tx>,
  list: readonly Invitation[],
): Promise<readonly LinkRecord[]> {
  const { survey, purpose } = scope
  return store.issued(
    list.map(({ respondent, serial = 0 }): Invitee => {
      return { survey, purpose, respondent: toReference(respondent), serial: serialArgument(serial) }
    }),
  )
}

function importedRecord<Tx>({ keys }: Minting<Tx>, link: ImportedLink, until: number): LinkRecord {
  const record = invitationRecord(keys.ofImported(link.token)[0], link, null)
  return { ...record, validUntil: Math.min(record.validUntil ?? until, until) }
}

function pairUp(
  list: readonly LinkFields[],
  links: readonly { url: string; token: string; keyId: number }[],
): MintedLink[] {
  return links.flatMap((link, at) => {
    const fields = list[at]
    return fields === undefined ? [] : [{ ...link, respondent: fields.respondent, serial: fields.serial ?? 0 }]
  })
}

function isLive({ revokedAt }: LinkRecord): boolean {
  return revokedAt === null
}

function nameOf({ respondent, serial = 0 }: Invitation): string {
  return `${serial} ${toReference(respondent)}`
}

function nameOfRecord({ respondent, serial }: LinkRecord): string {
  return `${serial} ${respondent}`
}
