import type { Anonymized, CompiledPolicy } from '@surveyseal/core/anonymize'

/** What a policy that suppresses no record leaves of one. */
export function applied({ apply }: CompiledPolicy, record: object): Anonymized & { record: Record<string, unknown> } {
  const { record: left, changes } = apply(record)
  if (left === null) throw new Error('the record was suppressed')
  return { record: left, changes }
}
