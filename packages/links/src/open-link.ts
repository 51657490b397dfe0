/**
 * Opening one link.
 *
 * @module
 */

import type { Keyring } from './keyring.js'
import type { OpenedLink, OpenOptions } from './link-context.js'
import type { Scope } from './scope.js'

/** What {@link openLink} needs besides the link. */
export interface OpenLinkOptions extends Scope, OpenOptions {
  readonly keyring: Keyring
}

/**
 * Opens a sealed link.
 *
 * Checks, in this order: length, version, spelling, key id, authenticity, content, validity. It does not check the
 * host of the URL, nor whether the link was used or revoked: that is {@link createLinkService}'s. Nothing is stored, so
 * opening a link any number of times changes nothing.
 *
 * @example
 * Reading a link, and its coded refusal.
 *
 * ```ts
 * import { type Keyring, LinkError, openLink } from '@surveyseal/links'
 *
 * export function respondentOf(url: string, keyring: Keyring): string | null {
 *   try {
 *     const link = openLink(url, { tenant: 'acme', survey: 'onboarding', purpose: 'survey', keyring })
 *     return String(link.respondent)
 *   } catch (error) {
 *     if (error instanceof LinkError && error.code === 'ERR_LINK_EXPIRED') return null
 *     throw error
 *   }
 * }
 * ```
 *
 * @param url - The absolute or relative URL, or the token alone.
 * @param options - See {@link OpenLinkOptions}.
 * @returns What the link held.
 * @throws {@link LinkError} `ERR_LINK_MALFORMED`, `ERR_LINK_KEY_UNKNOWN`, `ERR_LINK_KEY_REVOKED`,
 * `ERR_LINK_AUTHENTICATION_FAILED`, `ERR_LINK_NOT_YET_VALID` or `ERR_LINK_EXPIRED`.
 * @see docs/formats/sealed-link.md
 */
export function openLink(url: string, options: OpenLinkOptions): OpenedLink {
  return options.keyring.bind(options).open(url, options)
}
