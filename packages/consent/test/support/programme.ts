import { type Assessment, assessProgramme, type PracticeFactors, type PracticeId } from '@surveyseal/core/risk'

/** A programme of these practices as core assesses it, with nothing in place. */
export function assessed(...practices: (PracticeId | PracticeFactors)[]): Assessment {
  return assessProgramme({ name: 'test', practices, evidence: [] }, { at: new Date('2026-06-01T00:00:00Z') })
}

/** A deep copy with some members set by their path, such as `purposes.0.transfers`; undefined deletes. */
export function edit<T>(value: T, changes: Readonly<Record<string, unknown>>): T {
  const copy = structuredClone(value)
  for (const [path, change] of Object.entries(changes)) {
    const members = path.split('.')
    const last = members.pop() ?? ''
    const parent = members.reduce(
      (node, member) => node[member] as Record<string, unknown>,
      copy as Record<string, unknown>,
    )
    if (change === undefined) delete parent[last]
    else parent[last] = change
  }
  return copy
}
