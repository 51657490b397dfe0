/**
 * Sealing many links.
 *
 * @module
 */

import type { LinkFields, SealedLink } from './link-context.js'
import type { SealLinkOptions } from './seal-link.js'

/** Lists of link contents, as they come. */
export type LinkBatches = AsyncIterable<readonly LinkFields[]> | Iterable<readonly LinkFields[]>

/**
 * Seals batches of links, many at once, without holding more than one batch.
 *
 * Every batch gives one list of links, in its order; a thousand or more items make a good batch. Each link is what
 * {@link sealLink} makes of the same content, so a run may be repeated and gives the same links. After another key was
 * promoted it does so with `keyId`, which every link records.
 *
 * @example
 * Links for customers that are read from a database in pages.
 *
 * ```ts
 * import { type Keyring, sealLinks } from '@surveyseal/links'
 *
 * export async function* links(pages: AsyncIterable<readonly { id: string }[]>, keyring: Keyring): AsyncGenerator<string> {
 *   const expiresAt = new Date('2027-01-31T00:00:00Z')
 *   const batches = (async function* () {
 *     for await (const page of pages) yield page.map(({ id }) => ({ respondent: id, expiresAt }))
 *   })()
 *   const options = { tenant: 'acme', survey: 'onboarding', purpose: 'survey', keyring, baseUrl: 'https://feedback.example/s' }
 *   for await (const sealed of sealLinks(batches, options)) yield* sealed.map(({ url }) => url)
 * }
 * ```
 *
 * @param batches - See {@link LinkBatches}.
 * @param options - See {@link SealLinkOptions}.
 * @returns One list of links for each batch. The first item that is refused ends it with the error of
 * {@link sealLink}; nothing of its batch is given.
 * @throws {@link LinkError} Like {@link sealLink}; besides, `ERR_LINK_KEY_UNKNOWN` or `ERR_LINK_KEY_REVOKED` for a
 * `keyId` that cannot seal.
 * @see docs/formats/sealed-link.md
 */
export async function* sealLinks(
  batches: LinkBatches,
  options: SealLinkOptions,
): AsyncGenerator<SealedLink[], void, undefined> {
  const context = options.keyring.bind(options)
  for await (const batch of batches) yield context.sealAll(batch, options)
}
