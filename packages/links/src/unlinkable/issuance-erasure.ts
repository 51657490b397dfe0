/**
 * That a person has a token, as something that is erased with their records.
 *
 * @module
 */

import type { ErasureItem, ErasureTarget } from '@surveyseal/core/erase'
import { encodeRespondent } from '../lib/respondent-codec.js'
import type { IssuanceRef, IssuanceStore } from './issuance-store.js'
import { PersonDigests } from './lib/person-digest.js'
import type { WaveScope } from './wave.js'

/** What {@link issuanceErasure} needs. */
export interface IssuanceErasureOptions {
  readonly store: Pick<IssuanceStore<never>, 'find' | 'remove'>
  /** The waves that are open, each with the pepper it was opened with. Where the pepper is destroyed, no row is about anybody. */
  readonly waves: readonly { readonly scope: WaveScope; readonly pepper: Uint8Array }[]
  /** The target's name in plans and journals. @defaultValue `issuances` */
  readonly name?: string
}

/**
 * Makes an erasure target of issuances: that each of the person's references was given a token is removed.
 *
 * It stands before the target of links, so that links are erased first and no token is issued meanwhile. The token in the person's
 * browser, and the answer given with it, are out of reach: nobody can tell which they are. The cohort counts one person fewer,
 * which can only delay a release. Whoever is taken off the suppression list and invited again while the wave is open gets
 * another token.
 *
 * @param options - See {@link IssuanceErasureOptions}.
 * @returns The target.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`, for a pepper below 32 bytes.
 *
 * @example
 * Records first, then who has a token, then links.
 *
 * ```ts
 * import type { ErasureTarget } from '@surveyseal/core/erase'
 * import { type IssuanceErasureOptions, issuanceErasure } from '@surveyseal/links/unlinkable'
 *
 * export const targetsOf = (records: ErasureTarget, links: ErasureTarget, options: IssuanceErasureOptions) => [
 *   records,
 *   issuanceErasure(options),
 *   links,
 * ]
 * ```
 */
export function issuanceErasure({ store, waves, name = 'issuances' }: IssuanceErasureOptions): ErasureTarget {
  const people = waves.map(({ scope, pepper }) => ({ scope, digests: new PersonDigests(scope, pepper) }))
  return {
    name,
    async find({ references, fingerprint }) {
      const items: ErasureItem[] = []
      for (const reference of references.filter((text) => encodeRespondent(text) !== null)) {
        for (const { scope, digests } of people) {
          const { survey, wave } = scope
          const found = await store.find({ survey, wave, person: digests.of(reference) })
          if (found === null) continue
          items.push({ ...DEPENDENT, id: idOf(found), before: await fingerprint(found), references: [reference] })
        }
      }
      return items
    },
    erase: async ({ id }) => store.remove(issuanceOf(id)),
    finish: async () => [TOKEN],
  }
}

const DEPENDENT = { relation: 'dependent', after: null, changes: [], warnings: [], notices: [] } as const

function idOf({ survey, wave, person }: IssuanceRef): string {
  return JSON.stringify([survey, wave, person])
}

function issuanceOf(id: string): IssuanceRef {
  const [survey, wave, person] = JSON.parse(id) as [string, string, string]
  return { survey, wave, person }
}

const TOKEN = {
  en: 'The token of an unlinkable survey in the person’s browser, and an answer given with it: nobody can tell which it is.',
  fr: 'Le jeton d’une enquête non reliable dans le navigateur de la personne, et la réponse donnée avec lui : nul ne peut dire laquelle c’est.',
}
