import { compareDurations, parseDuration } from '../../lib/duration.js'
import type { NoticeAi, NoticePurpose, NoticeTransfer } from '../../notice.js'
import { type Difference, type ListKinds, listKinds, type NoticePair, type Sides } from './change.js'
import type { NoticeChangeKind } from './change-kinds.js'

/** What differs in the purposes, which are told apart by their ids. */
export function changesOfPurposes({ before, after }: NoticePair): readonly Difference[] {
  const ids = [...new Set([...after.purposes, ...before.purposes].map(({ id }) => id))]
  return ids.flatMap((id) => {
    const [earlier, later] = [before, after].map(({ purposes }) => purposes.find((purpose) => purpose.id === id))
    if (earlier === undefined) return [{ path: `purposes.${id}`, kind: 'purpose-added', purpose: id }]
    if (later === undefined) return [{ path: `purposes.${id}`, kind: 'purpose-removed', purpose: id }]
    return changesOfPurpose({ before: earlier, after: later })
  })
}

function changesOfPurpose({ before, after }: Sides<NoticePurpose>): readonly Difference[] {
  const { id } = after
  const members = Object.entries(COMPARED) as [keyof NoticePurpose, Comparison][]
  return members.flatMap(([member, kindsOf]) =>
    kindsOf({ before, after }).map((kind) => ({ path: `purposes.${id}.${member}`, kind, purpose: id })),
  )
}

type Comparison = (purposes: Sides<NoticePurpose>) => readonly NoticeChangeKind[]

/** How each member of a purpose is compared. */
const COMPARED: Readonly<Record<Exclude<keyof NoticePurpose, 'id'>, Comparison>> = {
  practices: lists(({ practices }) => practices, { added: 'practice-added', removed: 'practice-removed' }),
  legalBasis: ({ before, after }) => (before.legalBasis === after.legalBasis ? [] : ['legal-basis-changed']),
  dataCategories: lists(({ dataCategories }) => dataCategories, { added: 'data-added', removed: 'data-removed' }),
  specialCategories: lists(({ specialCategories }) => specialCategories, {
    added: 'data-added',
    removed: 'data-removed',
  }),
  recipients: lists(({ recipients }) => recipients, { added: 'recipient-added', removed: 'recipient-removed' }),
  retention: ({ before, after }) => retentionKinds({ before: before.retention, after: after.retention }),
  validity: ({ before, after }) => validityKinds({ before: before.validity, after: after.validity }),
  transfers: ({ before, after }) => transferKinds({ before: before.transfers ?? [], after: after.transfers ?? [] }),
  storageLocations: lists(({ storageLocations }) => storageLocations, {
    added: 'storage-added',
    removed: 'storage-removed',
  }),
  sources: lists(({ sources }) => sources?.map(({ origin, name }) => JSON.stringify([origin, name])), {
    added: 'source-added',
    removed: 'source-removed',
  }),
  ai: lists(({ ai }) => ai?.flatMap(traitsOf), { added: 'ai-added', removed: 'ai-removed' }),
  automatedDecisions: ranks(['none', 'profiling', 'significant'], {
    of: ({ automatedDecisions }) => automatedDecisions,
    added: 'automated-decisions-added',
    removed: 'automated-decisions-removed',
  }),
  contact: lists(({ contact }) => contact, { added: 'contact-channel-added', removed: 'contact-channel-removed' }),
  provision: ranks(['voluntary', 'contractual', 'statutory'], {
    of: ({ provision }) => provision,
    added: 'obligation-added',
    removed: 'obligation-removed',
  }),
}

/** A list that was left out said nothing: what is in it now is new to people. */
function lists(of: (purpose: NoticePurpose) => readonly string[] | undefined, kinds: ListKinds): Comparison {
  return ({ before, after }) => listKinds({ before: of(before) ?? [], after: of(after) ?? [] }, kinds)
}

/** That a system is run by somebody, and that it is trained, are two things to know of it. */
function traitsOf({ system, operator, training }: NoticeAi): readonly string[] {
  const trait = JSON.stringify([system, operator])
  return training ? [trait, JSON.stringify([system, operator, 'training'])] : [trait]
}

function transferKinds({ before, after }: Sides<readonly NoticeTransfer[]>): readonly NoticeChangeKind[] {
  const goals = (transfers: readonly NoticeTransfer[]): readonly string[] =>
    transfers.map(({ recipient, country, mechanism }) => JSON.stringify([recipient, country, mechanism]))
  const references = (transfers: readonly NoticeTransfer[]): string =>
    JSON.stringify(transfers.map(({ reference = null }) => reference))
  const kinds = listKinds(
    { before: goals(before), after: goals(after) },
    { added: 'transfer-added', removed: 'transfer-removed' },
  )
  const isSame = kinds.length > 0 || references(before) === references(after)
  return isSame ? kinds : ['safeguards-reference-changed']
}

/** What is left out is presumed to be the least. */
function ranks(
  order: readonly string[],
  { of, added, removed }: ListKinds & { readonly of: (purpose: NoticePurpose) => string | undefined },
): Comparison {
  const rank = (purpose: NoticePurpose): number => Math.max(0, order.indexOf(of(purpose) ?? ''))
  return ({ before, after }) => {
    const difference = rank(after) - rank(before)
    return difference === 0 ? [] : [difference > 0 ? added : removed]
  }
}

function retentionKinds({ before, after }: Sides<string>): readonly NoticeChangeKind[] {
  if (before === after) return []
  const [earlier, later] = [parseDuration(before), parseDuration(after)]
  if (earlier === null || later === null) return ['retention-reworded']
  const difference = compareDurations(earlier, later)
  return difference === 0 ? [] : [difference > 0 ? 'retention-longer' : 'retention-shorter']
}

/** Without a validity a decision counts until it is withdrawn. */
function validityKinds({ before, after }: Sides<string | undefined>): readonly NoticeChangeKind[] {
  const [earlier, later] = [before, after].map((text) => (text === undefined ? null : parseDuration(text)))
  if (!earlier) return later ? ['validity-shorter'] : []
  if (!later) return ['validity-longer']
  const difference = compareDurations(earlier, later)
  return difference === 0 ? [] : [difference > 0 ? 'validity-longer' : 'validity-shorter']
}
