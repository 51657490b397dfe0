import type { TechniqueId } from '../anonymize.js'
import type { Text } from '../lib/text.js'

/** What can be said about an erasure without saying whose it was or when: counts, policies, and what was out of reach. */
export interface ErasureCertificate {
  /** Records of the person that were anonymized. */
  readonly records: number
  /** Records of others in which the identifier was masked. */
  readonly mentions: number
  /** Things that hung on the person's reference and are gone: links, consent. */
  readonly dependents: number
  /** Records that whoever confirmed decided to keep: they are as they were. */
  readonly kept: number
  /** For each technique, how many values it was applied to. */
  readonly techniques: Readonly<Partial<Record<TechniqueId, number>>>
  /** SHA-256 of each policy's canonical JSON, in hexadecimal. */
  readonly policies: readonly string[]
  /** What the targets could not reach. */
  readonly limits: readonly Text[]
}
