import { platformRandomBytes, type RandomBytes } from '../anonymize/random-word.js'
import { invalidArgumentValue } from '../errors.js'
import type { SubjectMatch } from '../recognize.js'
import type { ErasureJournal } from './erasure-journal.js'
import type {
  ErasureChange,
  ErasureItem,
  ErasureRelation,
  ErasureSearch,
  ErasureTarget,
  OtherPersonRecord,
} from './erasure-target.js'
import { fingerprintWith, newSalt, subjectFingerprint } from './fingerprint.js'
import { referencesOf, unfinished } from './unfinished.js'

/** A verdict on what is left of the person, as `assessSubject` of `core/disclosure` gives it. */
export interface ResidualVerdict {
  readonly verdict: 'singled-out' | 'linkable' | 'not-singled-out'
  readonly because: readonly unknown[]
}

/** What {@link planErasure} needs. */
export interface PlanErasureOptions {
  readonly subject: SubjectMatch
  /**
   * Where to look, in the order in which one finds the references that the next needs: records first, then links and
   * consent. Erasing goes the other way round, so that no answer arrives meanwhile.
   */
  readonly targets: readonly ErasureTarget[]
  /** How long the plan may be executed, in milliseconds. @defaultValue 15 minutes */
  readonly validFor?: number
  /** The time in milliseconds. @defaultValue `Date.now` */
  readonly now?: () => number
  /** Judges the records that would be left of the person; asked only when there are any. @defaultValue no verdict */
  readonly assess?: (left: {
    readonly records: readonly Readonly<Record<string, unknown>>[]
    readonly others: readonly OtherPersonRecord[]
  }) => ResidualVerdict | Promise<ResidualVerdict>
  /** @defaultValue the platform's secure source */
  readonly randomBytes?: RandomBytes
  /**
   * That of the execution. An erasure of the same identifiers that could not be completed there is continued: a record that came
   * meanwhile may hold nothing but a reference that no other record has any more.
   *
   * @defaultValue nothing is continued
   */
  readonly journal?: ErasureJournal
}

/** One record of a plan, for whoever confirms it. */
export interface PlannedRecord {
  /** Names the record in the plan. */
  readonly key: string
  readonly target: string
  readonly id: string
  readonly relation: ErasureRelation
  readonly changes: readonly ErasureChange[]
  readonly warnings: readonly string[]
}

/**
 * What an erasure would do. Plain JSON: it may be stored until it is confirmed, by the host and not in the browser, and must
 * be deleted then, for it names the records of one person.
 */
export interface ErasurePlan {
  readonly id: string
  readonly salt: string
  /** Fingerprint of the identifiers. */
  readonly subject: string
  /** Fingerprint of everything that was found. */
  readonly data: string
  /** In milliseconds since 1970-01-01T00:00:00Z. */
  readonly expiresAt: number
  readonly records: readonly PlannedRecord[]
  /** The erasures in the journal whose place the plan takes. */
  readonly continues: readonly string[]
  readonly warnings: readonly string[]
  /** `null` when nobody was asked, or nothing is left of the person. */
  readonly residual: ResidualVerdict | null
}

/**
 * Finds everything about a person and tells what an erasure would do; changes nothing.
 *
 * @example
 * What an operator sees first.
 *
 * ```ts
 * import { assessSubject } from '@surveyseal/core/disclosure'
 * import { type ErasurePlan, type ErasureTarget, planErasure } from '@surveyseal/core/erase'
 * import { matchSubject } from '@surveyseal/core/recognize'
 *
 * export function preview(email: string, targets: readonly ErasureTarget[]): Promise<ErasurePlan> {
 *   return planErasure({ subject: matchSubject({ email }), targets, assess: (left) => assessSubject(left) })
 * }
 * ```
 *
 * @param options - See {@link PlanErasureOptions}.
 * @returns The plan; without records when nothing was found.
 * @throws {@link ErasureError} `ERR_ERASURE_ID_DUPLICATE`, `ERR_ERASURE_ID_PERSONAL`, `ERR_ERASURE_JOURNAL_INVALID`; what a
 * target's `find` and the journal throw.
 * @throws RangeError `ERR_INVALID_ARG_VALUE` when two targets have one name or `validFor` is no positive number.
 */
export async function planErasure(options: PlanErasureOptions): Promise<ErasurePlan> {
  const { subject, targets, validFor = 15 * 60_000, now = Date.now, assess } = options
  const { randomBytes = platformRandomBytes } = options
  if (!(validFor > 0)) throw invalidArgumentValue('options.validFor', 'a positive number of milliseconds')
  const salt = newSalt(randomBytes)
  const others: OtherPersonRecord[] = []
  const onOther = assess && ((other: OtherPersonRecord) => void others.push(other))
  const continues = options.journal === undefined ? [] : await unfinished(options.journal, subject)
  const references = options.journal === undefined ? [] : await referencesOf(options.journal, continues)
  const found = await findAll(targets, { subject, salt, references, ...(onOther && { onOther }) })
  const records = found.items.map(toPlanned)
  const left = found.items.filter(({ relation }) => relation === 'subject').map(({ after }) => after)
  return {
    id: newSalt(randomBytes),
    salt,
    subject: await subjectFingerprint(subject, salt),
    data: await dataFingerprint(found.items, salt),
    expiresAt: now() + validFor,
    records,
    continues,
    warnings: [...new Set(records.flatMap(({ warnings }) => warnings))],
    residual:
      assess === undefined || left.length === 0
        ? null
        : await assess({ records: left as Readonly<Record<string, unknown>>[], others }),
  }
}

/** @internal Something found, and where. */
export interface FoundItem extends ErasureItem {
  readonly target: string
}

/** @internal Asks the targets in their order, each with the references of those before it. */
export async function findAll(
  targets: readonly ErasureTarget[],
  search: Omit<ErasureSearch, 'fingerprint'> & { readonly salt: string },
): Promise<{ readonly items: readonly FoundItem[]; readonly references: readonly string[] }> {
  if (new Set(targets.map(({ name }) => name)).size < targets.length) {
    throw invalidArgumentValue('options.targets', 'targets of different names')
  }
  const { salt, references: known, ...rest } = search
  const fingerprint = fingerprintWith(salt)
  const items: FoundItem[] = []
  const references = new Set(known)
  for (const target of targets) {
    for (const item of await target.find({ ...rest, references: [...references], fingerprint })) {
      items.push({ ...item, target: target.name })
      for (const reference of item.references) references.add(reference)
    }
  }
  return { items, references: [...references] }
}

/** @internal What was seen and what would be done to it; not what random address it would get. */
export function dataFingerprint(items: readonly FoundItem[], salt: string): Promise<string> {
  const seen = items.map(({ target, id, before, relation, changes }) =>
    [target, id, before, relation, ...changes.flatMap(({ field, technique }) => [field, technique])].map(String),
  )
  return fingerprintWith(salt)(seen.sort((one, other) => (keyText(one) < keyText(other) ? -1 : 1)))
}

/** @internal Targets' names and ids may hold any character, so they are counted in. */
export function keyOf({ target, id }: { readonly target: string; readonly id: string }): string {
  return `${target.length}:${target}:${id}`
}

function keyText(parts: readonly string[]): string {
  return JSON.stringify(parts)
}

function toPlanned(item: FoundItem): PlannedRecord {
  const { target, id, relation, changes, warnings } = item
  return { key: keyOf(item), target, id, relation, changes, warnings }
}
