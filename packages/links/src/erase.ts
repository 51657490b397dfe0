/**
 * A person's links, as something that is erased with their records.
 *
 * @module
 */

import type { ErasureItem, ErasureTarget } from '@surveyseal/core/erase'
import { encodeRespondent } from './lib/respondent-codec.js'
import type { LinkService } from './link-service.js'

/**
 * Makes an erasure target of a link service: the links of each of the person's references are removed from all surveys and
 * purposes of the tenant, with spends and drafts, and the reference goes on the suppression list, so that links sent before stay
 * dead and nobody invites the person again unknowingly.
 *
 * The references are the respondents that the targets before it found, as text, so it stands after those in the list. The suppression
 * list keeps keyed digests of them: residual personal data, which the certificate names. One service of a tenant is enough.
 *
 * @param links - A link service of the tenant.
 * @param options - The target's name in plans and journals, `links` if left out.
 * @returns The target.
 *
 * @example
 * Records first, then the links that hang on them.
 *
 * ```ts
 * import type { ErasureTarget } from '@surveyseal/core/erase'
 * import type { LinkService } from '@surveyseal/links'
 * import { linkErasure } from '@surveyseal/links/erase'
 *
 * export const targets = (records: ErasureTarget, links: LinkService<unknown>) => [records, linkErasure(links)]
 * ```
 */
export function linkErasure<Tx>(
  links: Pick<LinkService<Tx>, 'erase' | 'isErased'>,
  { name = 'links' }: { readonly name?: string } = {},
): ErasureTarget {
  return {
    name,
    async find({ references, fingerprint }) {
      const items: ErasureItem[] = []
      for (const reference of references) {
        // What no link can name has none.
        if (encodeRespondent(reference) === null || (await links.isErased(reference))) continue
        items.push({ ...NOTHING, id: reference, before: await fingerprint(reference), references: [reference] })
      }
      return items
    },
    erase: async ({ id }) => void (await links.erase(id)),
    finish: async () => [SUPPRESSION],
  }
}

const NOTHING = { relation: 'dependent', after: null, changes: [], warnings: [], notices: [] } as const

const SUPPRESSION = {
  en: 'A keyed hash of the reference on the suppression list of links, until it is expired.',
  fr: 'Une empreinte à clé de la référence dans la liste d’opposition des liens, jusqu’à son expiration.',
}
