/**
 * Sealing one link as JSON Web Encryption.
 *
 * @module
 */

import type { LinkFields, SealedLink } from '../link-context.js'
import type { SealLinkOptions } from '../seal-link.js'
import { bindJwe } from './jwe-context.js'

/**
 * Seals a respondent reference like `sealLink`, into a JWE (RFC 7516, `dir` and `A256GCM`) that other JOSE
 * libraries can read.
 *
 * Four times as long as a sealed link, and the same input gives another link each time. Algorithms and key id are
 * visible in the header, and the length tells that of the reference. A scope under one key is good for 2^32 links.
 *
 * @example
 * A link that a partner's JOSE library reads.
 *
 * ```ts
 * import { generateKeyring, loadKeyring } from '@surveyseal/links'
 * import { sealJweLink } from '@surveyseal/links/jwe'
 *
 * const keyring = await loadKeyring(generateKeyring())
 * const { url } = await sealJweLink(
 *   { respondent: '0b9f6a3e-51d2-4c8e-9d0a-7f6f2f3c1a55', expiresAt: new Date('2027-01-31T00:00:00Z') },
 *   { tenant: 'acme', survey: 'onboarding', purpose: 'survey', keyring, baseUrl: 'https://feedback.example/s' },
 * )
 * ```
 *
 * @param fields - What the link carries.
 * @param options - See {@link SealLinkOptions}.
 * @returns The link; {@link openJweLink} reads it.
 * @throws LinkError with the codes of `sealLink`.
 * @see docs/formats/jwe-link.md
 */
export async function sealJweLink(fields: LinkFields, options: SealLinkOptions): Promise<SealedLink> {
  return bindJwe(options.keyring, options).seal(fields, options)
}
