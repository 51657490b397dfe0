import type { Invitee, LinkRecord } from '@surveyseal/links'
import type { SqlRow } from '../sql.js'

/** Cuts a list into groups of one survey, purpose and serial; of several with one name the first counts. */
export function groupsOf<T extends Invitee>(
  list: readonly T[],
  nameOf: (item: T) => string,
): readonly (readonly T[])[] {
  const groups = new Map<string, Map<string, T>>()
  for (const item of list) {
    const where = JSON.stringify([item.survey, item.purpose, item.serial])
    const group = groups.get(where) ?? new Map<string, T>()
    groups.set(where, group)
    if (!group.has(nameOf(item))) group.set(nameOf(item), item)
  }
  return [...groups.values()].map((group) => [...group.values()])
}

/** Takes the uses that invitees have spent through earlier links from those of their new ones. */
export function lessSpent(group: readonly LinkRecord[], counts: readonly SqlRow[]): readonly LinkRecord[] {
  if (counts.length === 0) return group
  const spent = new Map(counts.map((row) => [row['respondent'], Number(row['spent'])]))
  return group.map((record) => ({
    ...record,
    usesLeft: Math.max(0, record.usesLeft - (spent.get(record.respondent) ?? 0)),
  }))
}

/** Leaves out links whose digests are among these rows. */
export function without(group: readonly LinkRecord[], gone: readonly SqlRow[]): readonly LinkRecord[] {
  const digests = new Set(gone.map(({ digest }) => digest))
  return group.filter(({ digest }) => !digests.has(digest))
}

/** Of several links for one respondent the last one counts, as if they were issued one after the other. */
export function revokeReplaced(group: readonly LinkRecord[], at: number): readonly LinkRecord[] {
  const last = new Map(group.map((record) => [record.respondent, record]))
  return group.map((record) =>
    last.get(record.respondent) === record ? record : { ...record, revokedAt: record.revokedAt ?? at },
  )
}
