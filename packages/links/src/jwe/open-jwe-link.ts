/**
 * Opening one link that is JSON Web Encryption.
 *
 * @module
 */

import type { OpenedLink } from '../link-context.js'
import type { OpenLinkOptions } from '../open-link.js'
import { bindJwe } from './jwe-context.js'

/**
 * Opens a JWE link, whoever made it with the key of the scope.
 *
 * Checks, in this order: length, spelling, header (exactly `alg`, `enc`, `kid` and `typ` with the values of the
 * format), key id, authenticity, claims, validity. It does not check the host of the URL, nor whether the link was used
 * or revoked: single use and revocation are the host's, by tenant, survey, purpose, respondent and serial.
 *
 * @example
 * Reading a link.
 *
 * ```ts
 * import type { Keyring } from '@surveyseal/links'
 * import { openJweLink } from '@surveyseal/links/jwe'
 *
 * export async function respondentOf(url: string, keyring: Keyring): Promise<string> {
 *   const link = await openJweLink(url, { tenant: 'acme', survey: 'onboarding', purpose: 'survey', keyring })
 *   return String(link.respondent)
 * }
 * ```
 *
 * @param url - The absolute or relative URL, or the token alone.
 * @param options - See {@link OpenLinkOptions}.
 * @returns What the link held.
 * @throws LinkError with the codes of `openLink`.
 * @see docs/formats/jwe-link.md
 */
export async function openJweLink(url: string, options: OpenLinkOptions): Promise<OpenedLink> {
  return bindJwe(options.keyring, options).open(url, options)
}
