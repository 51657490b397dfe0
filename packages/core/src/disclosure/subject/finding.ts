/**
 * What betrays a person.
 *
 * @module
 */

import type { Text } from '../../lib/text.js'

/** The three risks of WP216, the opinion on anonymisation techniques of the Article 29 Working Party. */
export type SubjectRisk = 'singling-out' | 'linkability' | 'inference'

/** One way in which a person is betrayed by their records. */
export interface SubjectFinding {
  readonly risk: SubjectRisk
  /** The fields that do it together, none of which can be left out; none when the number of records does it alone. */
  readonly fields: readonly string[]
  /**
   * Singling out: how many persons share this, the subject included. Linkability: how many persons have records like those
   * that can be linked. Inference: how many share these fields, and with them, nine times in ten or always, the inferred value.
   */
  readonly persons: number
  /** For inference, the field whose value can be told from the others. */
  readonly inferred?: string
  /** The finding as a sentence. It may hold values the person's records still have, and no others. */
  readonly text: Text
}

/** `1 record`, `9 records`. */
export function records(count: number): Text {
  return {
    en: count === 1 ? '1 record' : `${count} records`,
    fr: count === 1 ? '1 enregistrement' : `${count} enregistrements`,
  }
}

/** Who shares it: nobody else, or how many. */
export function sharedBy(persons: number): Text {
  if (persons <= 1) return { en: 'nobody else', fr: 'personne d’autre' }
  const others = persons - 1
  return {
    en: others === 1 ? 'only 1 other person' : `only ${others} other persons`,
    fr: others === 1 ? 'seulement 1 autre personne' : `seulement ${others} autres personnes`,
  }
}
