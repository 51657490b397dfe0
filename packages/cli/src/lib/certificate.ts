/**
 * What can be said about an anonymization without saying whose it was: counts and the policy.
 *
 * @module
 */

import type { Change, Policy, TechniqueId } from '@surveyseal/core/anonymize'
import { RETAIN_IDENTIFIERS } from '@surveyseal/core/anonymize'
import { policyDigest } from './policy-digest.js'

/** What was done to a file. It names no record and no instant, so that it links nothing. */
export interface Certificate {
  readonly records: number
  /** For each technique, how many values it was applied to; values that were kept are not counted. */
  readonly techniques: Readonly<Partial<Record<TechniqueId, number>>>
  /** The same by field; `*` stands for names that only the records know. */
  readonly fields: readonly FieldCount[]
  readonly warnings: readonly string[]
  /** SHA-256 of the policy's canonical JSON (RFC 8785), in base64url. */
  readonly policyDigest: string
  /** Why the policy may keep direct identifiers, where it may. */
  readonly identifiersRetained?: string
}

/** How many values of one field one technique was applied to, and whether a rule named them. */
interface FieldCount {
  readonly field: string
  readonly technique: TechniqueId
  readonly because: Change['because']
  readonly count: number
}

/** Counts as records are done. */
export interface Tally {
  /** How many records were counted. */
  readonly records: number
  add(changes: readonly Change[]): void
  /** Counts records whose changes were counted together. */
  addAll(records: number, changes: readonly Change[]): void
  certificate(): Certificate
}

/** Starts counting for one policy. */
export function createTally(policy: Policy): Tally {
  const fields = new Map<string, FieldCount & { count: number }>()
  const warnings = new Set<string>()
  let records = 0
  // Records treated alike share their report: it is counted first and taken apart once.
  const reports = new Map<readonly Change[], number>()
  const settle = (): void => {
    for (const [changes, times] of reports) addTo(fields, changes, times)
    for (const { warning } of [...reports.keys()].flat()) if (warning !== undefined) warnings.add(warning)
    reports.clear()
  }
  return {
    get records() {
      return records
    },
    add(changes) {
      records++
      reports.set(changes, (reports.get(changes) ?? 0) + 1)
      if (reports.size > maxReports) settle()
    },
    addAll(more, changes) {
      records += more
      reports.set(changes, 1)
    },
    certificate() {
      settle()
      return certificateOf(policy, { records, fields: [...fields.values()], warnings: [...warnings] })
    },
  }
}

function certificateOf(policy: Policy, counted: Pick<Certificate, 'records' | 'fields' | 'warnings'>): Certificate {
  const { records, fields, warnings } = counted
  const techniques: Partial<Record<TechniqueId, number>> = {}
  for (const { technique, count } of fields) techniques[technique] = (techniques[technique] ?? 0) + count
  const reason = policy[RETAIN_IDENTIFIERS]
  return {
    ...{ records, techniques, fields, warnings, policyDigest: policyDigest(policy) },
    ...(reason !== undefined && { identifiersRetained: reason }),
  }
}

/** Beyond this, records are treated each in its own way. */
const maxReports = 1000

function addTo(fields: Map<string, FieldCount & { count: number }>, changes: readonly Change[], times: number): void {
  for (const { field, technique, because, count } of changes) {
    const key = `${technique} ${because} ${field}`
    const counted = fields.get(key)
    if (counted === undefined) fields.set(key, { field, technique, because, count: count * times })
    else counted.count += count * times
  }
}
