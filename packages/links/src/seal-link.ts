/**
 * Sealing one link.
 *
 * @module
 */

import type { Keyring } from './keyring.js'
import type { LinkFields, SealedLink, SealOptions } from './link-context.js'
import type { Scope } from './scope.js'

/** What {@link sealLink} needs besides the content of the link. */
export interface SealLinkOptions extends Scope, SealOptions {
  readonly keyring: Keyring
}

/**
 * Seals a respondent reference into a link that only the same keyring opens, for the same tenant, survey and purpose.
 *
 * The same input gives the same link, so nothing need be stored and a batch may be run again. No clock is read: an
 * expiry in the past makes a link that is expired. Whoever holds the link can use it; the host's address and the
 * lengths of reference and language remain visible.
 *
 * @example
 * A link for one customer.
 *
 * ```ts
 * import { generateKeyring, loadKeyring, sealLink } from '@surveyseal/links'
 *
 * const keyring = await loadKeyring(generateKeyring())
 * const { url } = sealLink(
 *   { respondent: '0b9f6a3e-51d2-4c8e-9d0a-7f6f2f3c1a55', expiresAt: new Date('2027-01-31T00:00:00Z') },
 *   { tenant: 'acme', survey: 'onboarding', purpose: 'survey', keyring, baseUrl: 'https://feedback.example/s' },
 * )
 * ```
 *
 * @param fields - What the link carries.
 * @param options - See {@link SealLinkOptions}.
 * @returns The link; {@link openLink} reads it.
 * @throws {@link LinkError} `ERR_LINK_RESPONDENT_PERSONAL_DATA` when the reference looks like an e-mail address or a
 * telephone number; `ERR_LINK_BASE_URL_INSECURE` and `ERR_LINK_BASE_URL_PERSONAL_DATA` for an unfit base URL.
 * @see docs/formats/sealed-link.md
 */
export function sealLink(fields: LinkFields, options: SealLinkOptions): SealedLink {
  return options.keyring.bind(options).seal(fields, options)
}
