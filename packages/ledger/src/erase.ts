/**
 * A person's entries in a log, as something that is erased with their records.
 *
 * @module
 */

import type { ErasureItem, ErasureTarget } from '@surveyseal/core/erase'
import { LedgerError } from './errors.js'
import type { Ledger } from './ledger.js'

/** An entry about a person, and what stays of it. */
export interface PersonalEntry {
  readonly index: number
  /** What the signed summary says, for instance purposes, status, notice digest, legal basis, keep-until. JSON. */
  readonly summary: Readonly<Record<string, unknown>>
}

/** What {@link ledgerErasure} needs. */
export interface LedgerErasureOptions<Tx> {
  readonly ledger: Pick<Ledger<Tx>, 'read' | 'erase' | 'scrub'>
  /** Finds a person's entries by a reference that another target found; a log has no index of persons. */
  readonly entriesOf: (reference: string) => Promise<readonly PersonalEntry[]>
  /** The target's name in plans and journals. @defaultValue `ledger` */
  readonly name?: string
}

/**
 * Makes an erasure target of a log, such as the history of consent: bytes and salt of a person's entries are destroyed, and a
 * summary signed by the log takes their place. The tree and every proof stay valid.
 *
 * Nothing of the signed summary but what `entriesOf` gives depends on the person, and none of it on the moment: entries that
 * get one summary cannot be told apart from those of everybody else who got it. Backups made before and after tell.
 *
 * @param options - See {@link LedgerErasureOptions}.
 * @returns The target.
 *
 * @example
 * A log whose host knows the entries of each respondent.
 *
 * ```ts
 * import type { ErasureTarget } from '@surveyseal/core/erase'
 * import type { Ledger } from '@surveyseal/ledger'
 * import { ledgerErasure } from '@surveyseal/ledger/erase'
 *
 * export function consentOf(ledger: Ledger<unknown>, index: ReadonlyMap<string, number>): ErasureTarget {
 *   const summary = { status: 'erased', legalBasis: 'GDPR art. 17(3)(e)' }
 *   return ledgerErasure({
 *     ledger,
 *     entriesOf: async (reference) => [index.get(reference) ?? []].flat().map((place) => ({ index: place, summary })),
 *   })
 * }
 * ```
 */
export function ledgerErasure<Tx>({ ledger, entriesOf, name = 'ledger' }: LedgerErasureOptions<Tx>): ErasureTarget {
  return {
    name,
    async find({ references, fingerprint }) {
      const items: ErasureItem[] = []
      for (const reference of references) {
        for (const { index, summary } of await entriesOf(reference)) {
          const { commitment, bytes } = await ledger.read(index)
          if (bytes === null) continue
          const before = await fingerprint([...commitment])
          items.push({ ...NOTHING, id: String(index), before, after: summary, references: [reference] })
        }
      }
      return items
    },
    async erase({ id, after }) {
      try {
        await ledger.erase(Number(id), after as Record<string, unknown>)
      } catch (error) {
        if (!(error instanceof LedgerError) || error.code !== 'ERR_LEDGER_ENTRY_ERASED') throw error
      }
    },
    async finish() {
      return (await ledger.scrub()) ? [SUMMARIES] : [SUMMARIES, UNSCRUBBED]
    },
  }
}

const NOTHING = { relation: 'dependent', changes: [], warnings: [], notices: [] } as const

const SUMMARIES = {
  en: 'The signed summary of each erased entry, and receipts and proofs that others hold.',
  fr: 'Le résumé signé de chaque entrée effacée, et les reçus et preuves détenus par d’autres.',
}

const UNSCRUBBED = {
  en: 'The bytes of erased entries on the medium, while others read the log: scrub it again.',
  fr: 'Les octets des entrées effacées sur le support, tant que d’autres lisent le journal : à nettoyer de nouveau.',
}
