/**
 * The keys under which links of one scope are stored.
 *
 * @module
 */

import type { Pepper, PepperRing } from '../link-service/pepper-ring.js'
import type { LinkKey } from '../link-store.js'
import type { Scope } from '../scope.js'
import { scopeArgument } from './derive.js'
import { bindDigest, DIGEST_LABELS, type Digester, identityParts, pepperArgument } from './digest.js'
import type { EncodedRespondent } from './respondent-codec.js'

/** Where the row of a link is, if it has one. */
export interface PepperedKey extends LinkKey {
  readonly pepperId: string
}

/** One key for each pepper, the current one first. */
export type PepperedKeys = readonly [PepperedKey, ...PepperedKey[]]

interface Digesters {
  readonly pepperId: string
  readonly opaque: Digester
  readonly identity: Digester
  readonly imported: Digester
}

/** Turns links into keys; the peppers stay inside. */
export class LinkKeys {
  readonly #scope: Scope
  readonly #digesters: readonly [Digesters, ...Digesters[]]

  constructor(scope: Scope, ring: PepperRing) {
    this.#scope = scope
    const { tenant, survey, purpose } = scopeArgument(scope)
    const bind = (pepper: Pepper): Digesters => ({
      pepperId: pepper.id,
      opaque: bindDigest(pepper, DIGEST_LABELS.opaque, [tenant, survey, purpose]),
      identity: bindDigest(pepper, DIGEST_LABELS.identity, [tenant, survey, purpose]),
      imported: bindDigest(pepper, DIGEST_LABELS.imported, [tenant, survey, purpose]),
    })
    const [current, ...others] = pepperArgument(ring)
    this.#digesters = [bind(current), ...others.map(bind)]
  }

  /** The names of the peppers. */
  get pepperIds(): readonly string[] {
    return this.#digesters.map(({ pepperId }) => pepperId)
  }

  ofOpaque(id: Uint8Array): PepperedKeys {
    return this.#keys(({ opaque }) => opaque([id]))
  }

  /** The key for a new opaque link, under the current pepper. */
  ofNew(id: Uint8Array): PepperedKey {
    const [current] = this.#digesters
    return this.#key(current, current.opaque([id]))
  }

  ofSealed(respondent: EncodedRespondent, serial: number): PepperedKeys {
    const parts = identityParts(respondent, serial)
    return this.#keys(({ identity }) => identity(parts))
  }

  ofImported(token: string): PepperedKeys {
    const bytes = new TextEncoder().encode(token)
    return this.#keys(({ imported }) => imported([bytes]))
  }

  #keys(digest: (digesters: Digesters) => string): PepperedKeys {
    const [current, ...others] = this.#digesters
    const key = (digesters: Digesters): PepperedKey => this.#key(digesters, digest(digesters))
    return [key(current), ...others.map(key)]
  }

  #key({ pepperId }: Digesters, digest: string): PepperedKey {
    const { survey, purpose } = this.#scope
    return { survey, purpose, digest, pepperId }
  }
}
