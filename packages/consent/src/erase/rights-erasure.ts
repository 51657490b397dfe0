/**
 * A person's requests about their data, as something that is erased with their records.
 *
 * @module
 */

import { randomBytes } from '@noble/hashes/utils.js'
import type { ErasureItem, ErasureTarget } from '@surveyseal/core/erase'
import { base64url } from 'jose'
import { assertDigest } from '../lib/arguments.js'
import type { RightsRequest, RightsStore } from '../rights/rights-store.js'

/** What {@link rightsErasure} works with. */
export interface RightsErasureOptions {
  readonly store: Pick<RightsStore<never>, 'ofPerson' | 'separate'>
  /** The pseudonym of a reference under which requests are kept. */
  readonly personOf: (reference: string) => string
  /** The target's name in plans and journals. @defaultValue `rights` */
  readonly name?: string
}

/**
 * Makes an erasure target of the requests people made: each that is closed, and each for erasure, gets a fresh random pseudonym of its
 * own. What was asked when, and how it was answered, can still be shown; whose it was, and which were one person's, cannot.
 *
 * Objections that stand keep their pseudonym, for without it nobody would heed them, and so do other requests that are open, until
 * they are closed and the person is erased again. A request for erasure is moved on by its id as before.
 *
 * @param options - See {@link RightsErasureOptions}.
 * @returns The target. Its `find` and `erase` also throw what `personOf` and the store throw.
 *
 * @example
 * Beside the history of consent.
 *
 * ```ts
 * import { pseudonymize } from '@surveyseal/consent'
 * import { rightsErasure } from '@surveyseal/consent/erase'
 * import type { RightsStore } from '@surveyseal/consent/rights'
 *
 * export const targetOf = (store: RightsStore<never>, secret: Uint8Array) =>
 *   rightsErasure({ store, personOf: (reference) => pseudonymize(reference, { secret, survey: 'rights' }) })
 * ```
 */
export function rightsErasure({ store, personOf, name = 'rights' }: RightsErasureOptions): ErasureTarget {
  return {
    name,
    async find({ references, fingerprint }) {
      const items: ErasureItem[] = []
      for (const reference of references) {
        const person = personOf(reference)
        assertDigest('options.personOf', person)
        for (const request of (await store.ofPerson(person)).filter(isSeparable)) {
          const { id, state } = request
          items.push({ ...DEPENDENT, id, before: await fingerprint([id, state]), references: [reference] })
        }
      }
      return items
    },
    erase: async ({ id }) => void (await store.separate(id, base64url.encode(randomBytes(32)))),
    finish: async () => [LEFT],
  }
}

const DEPENDENT = { relation: 'dependent', after: null, changes: [], warnings: [], notices: [] } as const

function isSeparable({ right, state, closedAt }: RightsRequest): boolean {
  return right === 'erasure' || (closedAt !== null && !(right === 'objection' && state === 'fulfilled'))
}

const LEFT = {
  en: 'Requests about their data without name: what was asked and answered, and when. Open ones and standing objections keep a pseudonym.',
  fr: 'Les demandes relatives à ses données, sans nom : objet, réponse et dates. Celles en cours et les oppositions gardent un pseudonyme.',
}
