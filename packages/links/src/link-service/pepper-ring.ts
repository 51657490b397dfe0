/**
 * The secrets behind stored digests.
 *
 * @module
 */

/** A secret that turns link ids into stored digests. */
export interface Pepper {
  /** 1 to 64 printable ASCII characters, stored beside every digest. */
  readonly id: string
  /** 32 random bytes or more, kept apart from the database. */
  readonly secret: Uint8Array
}

/**
 * Peppers by age: new digests use `current`, lookups try the others too. Ids and secrets must differ.
 *
 * To rotate, first give every process the new pepper among `others`, then make it `current`. Processes may disagree about
 * the current one meanwhile: a sealed link is spent under each of them, and counts once for each when a respondent or
 * survey is revoked. Without the pepper it was spent under a sealed link is as good as new, and an opaque one unknown: keep
 * old peppers until the links have expired and the suppressions made under them were removed. {@link LinkService.health}
 * tells what is missing.
 */
export interface PepperRing {
  readonly current: Pepper
  readonly others?: readonly Pepper[]
}
