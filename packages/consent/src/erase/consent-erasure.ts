/**
 * A person's consent, as something that is erased with their records.
 *
 * @module
 */

import { randomBytes } from '@noble/hashes/utils.js'
import type { ErasureItem, ErasureTarget } from '@surveyseal/core/erase'
import { base64url } from 'jose'
import type { ConsentLedger } from '../consent-ledger.js'
import type { ChainKey, ConsentStore } from '../consent-store.js'
import { ConsentError } from '../errors.js'
import { assertDigest, assertName } from '../lib/arguments.js'
import { monthsArgument } from '../lib/month.js'
import { toOutboxRecord } from '../outbox/outbox-event.js'
import type { OutboxRecord, OutboxStore } from '../outbox/outbox-store.js'
import type { Signer } from '../signer.js'
import { type SummaryTerms, summarize } from './summary.js'

/** What {@link consentErasure} works with. */
export interface ConsentErasureOptions<Tx> {
  readonly store: ConsentStore<Tx>
  /** The pseudonym of a reference in a survey: what the host derives with `pseudonymize`. */
  readonly subjectOf: (reference: string, survey: string) => string
  /** Signs the summaries. */
  readonly signer: Signer
  /** The controller's identifier, usually its web origin. */
  readonly audience: string
  /** How long after an event its summary is kept, in whole months: `P3Y`. The law of the place says how long claims can be made. */
  readonly keepFor: string
  /** The log that the service commits events to. @defaultValue none */
  readonly ledger?: Pick<ConsentLedger<Tx>, 'erase'>
  /**
   * Where it is told, as part of the transaction that erases: `consent.erased` takes the place of whatever waits there about the
   * person. A dispatcher needs a handler for it.
   *
   * @defaultValue nowhere
   */
  readonly outbox?: Pick<OutboxStore<Tx>, 'enqueue' | 'removeAbout'>
  /** The target's name in plans and journals. @defaultValue `consent` */
  readonly name?: string
  /** @defaultValue the system's clock */
  readonly clock?: () => Date
}

/**
 * Makes an erasure target of the history of consent: in every survey the person's events, receipts and requests are destroyed, and of
 * each event a summary signed by the controller takes their place, under its hash and no name.
 *
 * The references are those that the targets before it found, so it stands after them in the list. All of a person's history in one
 * survey goes in one transaction, with its log entries and what is told. Receipts stay valid and provable in the log; whoever
 * withdraws by one is told `ERR_CONSENT_ERASED`. A person who is asked again begins anew.
 *
 * @param options - See {@link ConsentErasureOptions}.
 * @returns The target. Its `find` and `erase` also throw what `subjectOf` and the stores throw.
 * @throws {TypeError | RangeError} `ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`.
 *
 * @example
 * Consent goes with the records it hangs on.
 *
 * ```ts
 * import { type ConsentStore, pseudonymize, type Signer } from '@surveyseal/consent'
 * import { consentErasure } from '@surveyseal/consent/erase'
 *
 * export const targetOf = (store: ConsentStore<unknown>, signer: Signer, secret: Uint8Array) =>
 *   consentErasure({
 *     store,
 *     signer,
 *     audience: 'https://feedback.example',
 *     subjectOf: (reference, survey) => pseudonymize(reference, { secret, survey }),
 *     keepFor: 'P3Y',
 *   })
 * ```
 */
export function consentErasure<Tx>(options: ConsentErasureOptions<Tx>): ErasureTarget {
  const { store, subjectOf, signer, audience, keepFor, name = 'consent' } = options
  assertName('options.audience', audience)
  const terms = { signer, audience, months: monthsArgument('options.keepFor', keepFor) }
  return {
    name,
    async find({ references, fingerprint }) {
      const items: ErasureItem[] = []
      if (references.length === 0) return items
      for (const survey of await store.surveys()) {
        for (const reference of references) {
          const chain = { subject: subjectOf(reference, survey), survey }
          if (!(await store.holds(chain))) continue
          const head = await store.head(chain)
          items.push({ ...DEPENDENT, id: idOf(chain), before: await fingerprint(head), references: [reference] })
        }
      }
      return items
    },
    erase: ({ id }) => reduce(options, chainOf(id), terms),
    finish: async () => [LEFT],
  }
}

const DEPENDENT = { relation: 'dependent', after: null, changes: [], warnings: [], notices: [] } as const

/** Losing this many races in a row against one person's own devices is not chance. */
const ATTEMPTS = 16

/** Signs before the transaction begins, so that a slow key service does not hold the database, and anew when the chain grew. */
async function reduce<Tx>(options: ConsentErasureOptions<Tx>, chain: ChainKey, terms: SummaryTerms): Promise<void> {
  const { store, ledger, outbox, clock = () => new Date() } = options
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (!(await store.holds(chain))) return
    const events = await store.events(chain)
    const { seq, hash } = events.at(-1) ?? { seq: 0, hash: null }
    const summaries = await summarize(events, terms)
    const isDone = await store.transaction(async (inner, tx) => {
      if (!(await inner.reduce(chain, { head: hash === null ? null : { seq, hash }, summaries }))) return false
      for (const event of events) await ledger?.erase(event.hash, tx)
      await outbox?.removeAbout(tx, chain.subject)
      await outbox?.enqueue(tx, [tellErasure(chain, clock())])
      return true
    })
    if (isDone) return
  }
  throw new ConsentError('ERR_CONSENT_HEAD_MOVED', 'the person’s history kept growing')
}

/** The id is random: derived from the chain, it would outlive it. */
function tellErasure({ subject, survey }: ChainKey, at: Date): OutboxRecord {
  const id = `consent-erased:${base64url.encode(randomBytes(16))}`
  return toOutboxRecord({ id, type: 'consent.erased', occurredAt: at.getTime(), body: { subject, survey } })
}

/** A pseudonym has a fixed length. */
function idOf({ subject, survey }: ChainKey): string {
  assertDigest('options.subjectOf', subject)
  return `${subject}:${survey}`
}

function chainOf(id: string): ChainKey {
  return { subject: id.slice(0, PSEUDONYM), survey: id.slice(PSEUDONYM + 1) }
}

const PSEUDONYM = 43

const LEFT = {
  en: 'A signed summary of each consent event without name, place in a history or day, until its time is over; receipts in other hands.',
  fr: 'Un résumé signé de chaque événement de consentement, sans nom, rang ni jour, jusqu’à son terme ; les reçus détenus par d’autres.',
}
