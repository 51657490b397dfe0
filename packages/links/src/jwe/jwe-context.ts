/**
 * A keyring bound to one scope, for links as JSON Web Encryption.
 *
 * @module
 */

import type { Keyring } from '../keyring.js'
import { JweKeys } from '../lib/jwe-keys.js'
import { secretsOf } from '../lib/loaded-keyring.js'
import type { LinkFields, OpenedLink, OpenOptions, SealedLink, SealOptions } from '../link-context.js'
import type { Scope } from '../scope.js'

/** Seals and opens JWE links of one scope; each key is derived once, when its id is first met. */
export interface JweContext {
  /** See {@link sealJweLink}. */
  seal(fields: LinkFields, options: SealOptions): Promise<SealedLink>
  /** See {@link openJweLink}. */
  open(url: string, options?: OpenOptions): Promise<OpenedLink>
  /** Opens a link that may be expired or not valid yet: whether it still permits anything is the caller's question. */
  read(url: string, options?: Pick<OpenOptions, 'placement'>): Promise<OpenedLink>
}

/**
 * Binds a keyring to one scope, for many JWE links.
 *
 * Disposing the keyring makes the context answer `ERR_LINK_KEYRING_DISPOSED`; the keys it derived are WebCrypto's, not
 * extractable, and gone when the runtime collects them.
 *
 * @example
 * Sealing for a list of customers.
 *
 * ```ts
 * import type { Keyring, SealedLink } from '@surveyseal/links'
 * import { bindJwe } from '@surveyseal/links/jwe'
 *
 * export function links(ids: readonly string[], keyring: Keyring): Promise<SealedLink[]> {
 *   const context = bindJwe(keyring, { tenant: 'acme', survey: 'onboarding', purpose: 'survey' })
 *   const fields = { expiresAt: new Date('2027-01-31T00:00:00Z') }
 *   const options = { baseUrl: 'https://feedback.example/s' }
 *   return Promise.all(ids.map((respondent) => context.seal({ ...fields, respondent }, options)))
 * }
 * ```
 *
 * @param keyring - From `loadKeyring`.
 * @param scope - See {@link Scope}.
 * @returns The context.
 */
export function bindJwe(keyring: Keyring, { tenant, survey, purpose }: Scope): JweContext {
  return new JweKeys(secretsOf(keyring), { tenant, survey, purpose })
}
