/**
 * Links that are issued, used once and revoked, over any store.
 *
 * @module
 */

import { StoredLinks } from './lib/stored-links.js'
import type { LinkServiceOptions } from './link-service/options.js'
import type { LinkService } from './link-service.js'

/**
 * Creates the service for the links of one tenant, survey and purpose.
 *
 * It knows opaque links, which it issues, and with a keyring also sealed ones, which leave a row when they are first
 * spent or revoked. Stored are keyed digests, never a token.
 *
 * @example
 * One opaque link, from issue to answer, on the store for tests.
 *
 * ```ts
 * import { createLinkService } from '@surveyseal/links'
 * import { memoryLinkStore } from '@surveyseal/links/testing'
 *
 * const answers: string[] = []
 * const links = createLinkService({
 *   tenant: 'acme',
 *   survey: 'onboarding',
 *   purpose: 'survey',
 *   store: memoryLinkStore(),
 *   peppers: { current: { id: '2026', secret: crypto.getRandomValues(new Uint8Array(32)) } },
 *   baseUrl: 'https://feedback.example/s',
 * })
 * for await (const { url } of links.issue([{ respondent: '4711' }])) {
 *   const claim = await links.claim(url)
 *   if (claim.state !== 'usable') continue
 *   await links.submit(url, {
 *     idempotencyKey: claim.idempotencyKey,
 *     accept: async (tx) => tx.onCommit(() => answers.push('very satisfied')),
 *   })
 * }
 * ```
 *
 * @param options - See {@link LinkServiceOptions}.
 * @returns The service.
 * @throws {@link LinkError} `ERR_LINK_BASE_URL_INSECURE` or `ERR_LINK_BASE_URL_PERSONAL_DATA` for an unfit base URL.
 * @typeParam Tx - The store's transaction handle.
 */
export function createLinkService<Tx>(options: LinkServiceOptions<Tx>): LinkService<Tx> {
  return new StoredLinks(options)
}
