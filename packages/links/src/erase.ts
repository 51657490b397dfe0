/**
 * A person's links, as something that is erased with their records.
 *
 * @module
 */

import type { ErasureTarget } from '@surveyseal/core/erase'
import type { LinkService } from './link-service.js'

/**
 * Makes an erasure target of a link service: the links of each of the person's references stop working in all surveys and
 * purposes of the tenant, and the reference goes on the suppression list, so that nobody invites them again unknowingly.
 *
 * The references are the respondents that the targets before it found, so it stands after those in the list. The suppression
 * list keeps keyed hashes of them: residual personal data, which the certificate names. One service of a tenant is enough.
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
  links: Pick<LinkService<Tx>, 'revoke'>,
  { name = 'links' }: { readonly name?: string } = {},
): ErasureTarget {
  const revoke = (respondent: string): Promise<number> => links.revoke({ respondent, everywhere: true })
  return {
    name,
    find: async ({ references, fingerprint }) =>
      Promise.all(
        references.map(async (reference) => ({
          id: reference,
          relation: 'dependent' as const,
          before: await fingerprint(reference),
          after: null,
          changes: [],
          warnings: [],
          references: [reference],
          notices: [],
        })),
      ),
    erase: async ({ id }) => void (await revoke(id)),
    async isGone(references) {
      for (const reference of references) if ((await revoke(reference)) > 0) return false
      return true
    },
    finish: async () => [SUPPRESSION],
  }
}

const SUPPRESSION = {
  en: 'A keyed hash of the reference on the suppression list of links, until it is expired.',
  fr: 'Une empreinte à clé de la référence dans la liste d’opposition des liens, jusqu’à son expiration.',
}
