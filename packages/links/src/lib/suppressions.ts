/**
 * Who must not get or use links: docs/formats/opaque-link.md, "Suppression list".
 *
 * @module
 */

import type { ResolvedLink } from '../link-service/link-state.js'
import type { Pepper, PepperRing } from '../link-service/pepper-ring.js'
import type { SuppressionSubject } from '../link-service/revocation.js'
import type { Respondent } from '../respondent.js'
import { allowPersonalRespondent } from '../respondent.js'
import type { Scope } from '../scope.js'
import type { Suppression, SuppressionKind, SuppressionStore } from '../suppression-store.js'
import { respondentArgument } from './arguments.js'
import { encodeBase64url } from './base64url.js'
import { scopeArgument } from './derive.js'
import { bindDigest, DIGEST_LABELS, type Digester, pepperArgument } from './digest.js'
import { MAX_COHORT_BYTES } from './link-record.js'
import { generateOpaqueId } from './opaque-id.js'
import { type EncodedRespondent, encodeRespondent } from './respondent-codec.js'
import { textArgument } from './text.js'

/** One suppression under one pepper, before it is known whether it is stored. */
type Candidate = Pick<Suppression, 'digest' | 'pepperId' | 'kind'>

interface Digesters extends Record<SuppressionKind, Digester> {
  readonly pepperId: string
  /** Of the survey itself, which has no further parts. */
  readonly closed: string
}

const KINDS = ['erased', 'respondent', 'cohort', 'survey'] as const satisfies readonly SuppressionKind[]

/** The suppression list as one scope sees it; the peppers stay inside. */
export class Suppressions {
  readonly #scope: Scope
  readonly #peppers: readonly Pepper[]
  readonly #digesters: readonly Digesters[]
  /** What stands for the closed survey itself. */
  readonly #closed: readonly string[]

  constructor(scope: Scope, ring: PepperRing) {
    this.#scope = scope
    this.#peppers = pepperArgument(ring)
    this.#digesters = this.#bind(scope.survey)
    this.#closed = this.#digesters.map(({ closed }) => closed)
  }

  /** Tells whether a link is suppressed. */
  async covers(
    store: Pick<SuppressionStore, 'suppressed'>,
    { respondent, cohort }: Pick<ResolvedLink, 'respondent' | 'cohort'>,
  ): Promise<boolean> {
    const digests = this.#digestsOf(respondent, cohort)
    return (await store.suppressed([...digests, ...this.#closed])).length > 0
  }

  /** Tells which of these links are suppressed, in their order. */
  async check(
    store: Pick<SuppressionStore, 'suppressed'>,
    links: readonly Pick<ResolvedLink, 'respondent' | 'cohort'>[],
  ): Promise<readonly boolean[]> {
    const digests = links.map(({ respondent, cohort }) => this.#digestsOf(respondent, cohort))
    const rows = await store.suppressed([...new Set([...digests.flat(), ...this.#closed])])
    const found = new Set(rows.map(({ digest }) => digest))
    const closed = this.#closed.some((digest) => found.has(digest))
    return digests.map((of) => closed || of.some((digest) => found.has(digest)))
  }

  /** Tells whether the survey itself is closed. */
  async isClosed(store: Pick<SuppressionStore, 'suppressed'>): Promise<boolean> {
    return (await store.suppressed(this.#closed)).length > 0
  }

  /** Adds a suppression under every pepper; one that is there already gets the rows that it lacks. */
  async add(store: SuppressionStore, subject: SuppressionSubject, addedAt: number): Promise<void> {
    const candidates = this.#candidates(subject)
    const [known] = await store.suppressed(candidates.map(({ digest }) => digest))
    const entry = known?.entry ?? encodeBase64url(generateOpaqueId())
    await store.suppress(candidates.map((candidate) => ({ ...candidate, entry, addedAt })))
  }

  /** Tells whether a subject itself is on the list. */
  async has(store: Pick<SuppressionStore, 'suppressed'>, subject: SuppressionSubject): Promise<boolean> {
    return (await store.suppressed(this.#candidates(subject).map(({ digest }) => digest))).length > 0
  }

  /**
   * Tells who of these was erased; of the others nobody is until the transaction ends. Who writes about somebody asks first: an
   * erasure does not see what is not committed, and so waits for it.
   */
  async erased(
    store: Pick<SuppressionStore, 'withhold'>,
    respondents: readonly Respondent[],
  ): Promise<readonly boolean[]> {
    const digests = respondents.map((respondent) => {
      const encoded = encodeRespondent(respondent)
      return encoded === null ? [] : this.#digesters.map((of) => of.erased(personParts(encoded)))
    })
    const found = new Set(await store.withhold([...new Set(digests.flat())]))
    return digests.map((of) => of.some((digest) => found.has(digest)))
  }

  /** Removes a suppression; tells how many there were. */
  async remove(store: SuppressionStore, subject: SuppressionSubject): Promise<number> {
    return store.unsuppress({ digests: this.#candidates(subject).map(({ digest }) => digest) })
  }

  #candidates(subject: SuppressionSubject): readonly Candidate[] {
    const { kind, parts, survey } = readSubject(subject, this.#scope.survey)
    const digesters = survey === this.#scope.survey ? this.#digesters : this.#bind(survey)
    return digesters.map((of) => ({ kind, pepperId: of.pepperId, digest: of[kind](parts) }))
  }

  #digestsOf(respondent: Respondent, cohort: string | null): readonly string[] {
    const encoded = encodeRespondent(respondent)
    const person = encoded === null ? [] : personParts(encoded)
    return this.#digesters.flatMap(({ erased, respondent: ofRespondent, cohort: ofCohort }) => [
      ...[erased(person), ofRespondent(person)],
      ...(cohort === null ? [] : [ofCohort([new TextEncoder().encode(cohort)])]),
    ])
  }

  #bind(survey: string): readonly Digesters[] {
    const { tenant, survey: surveyBytes, purpose } = scopeArgument({ ...this.#scope, survey })
    return this.#peppers.map((pepper) => {
      const [erased, respondent, cohort, closed] = KINDS.map((kind) => {
        const where = kind === 'erased' ? [tenant] : [tenant, surveyBytes, purpose]
        return bindDigest(pepper, DIGEST_LABELS.suppression, [new TextEncoder().encode(kind), ...where])
      }) as [Digester, Digester, Digester, Digester]
      return { pepperId: pepper.id, erased, respondent, cohort, survey: closed, closed: closed([]) }
    })
  }
}

function readSubject(
  subject: SuppressionSubject,
  survey: string,
): { readonly kind: SuppressionKind; readonly parts: readonly Uint8Array[]; readonly survey: string } {
  if ('respondent' in subject) {
    const encoded = respondentArgument(subject.respondent, { [allowPersonalRespondent]: true })
    return { kind: subject.everywhere === true ? 'erased' : 'respondent', parts: personParts(encoded), survey }
  }
  if ('cohort' in subject) {
    return { kind: 'cohort', parts: [textArgument(subject.cohort, 'cohort', MAX_COHORT_BYTES)], survey }
  }
  return { kind: 'survey', parts: [], survey: subject.survey }
}

function personParts({ type, bytes }: EncodedRespondent): readonly Uint8Array[] {
  return [Uint8Array.of(type), bytes]
}
