import type { SubjectMatch } from '../recognize.js'
import { assertSubject } from './assert-subject.js'
import type { ErasureCertificate } from './erasure-certificate.js'
import type { ErasureJournal } from './erasure-journal.js'
import type { ErasureOutbox } from './erasure-outbox.js'
import type { ErasureTarget } from './erasure-target.js'
import { ErasureError } from './errors.js'
import { formatEntry, type JournalEntry } from './journal-entry.js'
import { dataFingerprint, type ErasurePlan, type FoundItem, findAll, keyOf } from './plan-erasure.js'
import { resumeErasure } from './resume-erasure.js'
import { referencesOf } from './unfinished.js'

/** What {@link executeErasure} and {@link resumeErasure} need. */
export interface ErasureTools {
  /** The identifiers as they were typed again. */
  readonly subject: SubjectMatch
  /** Those of the plan, in the same order. */
  readonly targets: readonly ErasureTarget[]
  readonly journal: ErasureJournal
  /** @defaultValue nobody is told */
  readonly outbox?: ErasureOutbox
}

/** What {@link executeErasure} needs. */
export interface ExecuteErasureOptions extends ErasureTools {
  /** The keys of the records that were looked at and are to be anonymized. */
  readonly confirmed: readonly string[]
  /** The keys of the records that are to stay as they are, because they are not the person's after all. @defaultValue none */
  readonly kept?: readonly string[]
  /** The time in milliseconds. @defaultValue `Date.now` */
  readonly now?: () => number
}

/**
 * Does what a plan says, for good.
 *
 * Nothing begins unless the plan is still valid, the identifiers typed again are those of the plan, every record and mention
 * of it is either confirmed or kept, and the data are what they were. What is to be done is then written to the journal, done
 * step by step, and looked for once more; only when nothing but what was kept is found there is a certificate, and the
 * journal is destroyed. After a crash {@link resumeErasure} goes on.
 *
 * @param plan - As {@link planErasure} made it.
 * @param options - See {@link ExecuteErasureOptions}.
 * @returns The certificate. It names neither the person nor a record nor an instant.
 * @throws {@link ErasureError} `ERR_ERASURE_PLAN_EXPIRED`, `ERR_ERASURE_IDENTIFIER_MISMATCH`, `ERR_ERASURE_UNCONFIRMED`,
 * `ERR_ERASURE_DATA_CHANGED`: nothing was changed. `ERR_ERASURE_DATA_CHANGED` and `ERR_ERASURE_INCOMPLETE` may also come
 * when everything else was done already: somebody changed or added records meanwhile. The journal is kept then, and another
 * plan that is given it finds them, also by what only the journal knows still.
 * `ERR_ERASURE_UNKNOWN` when somebody else executed the same plan meanwhile, and has finished it.
 * Whatever else a target or the journal throws leaves the erasure to {@link resumeErasure}.
 *
 * @example
 * Every record was confirmed, and the address typed again.
 *
 * ```ts
 * import { type ErasureCertificate, type ErasurePlan, type ErasureTools, executeErasure } from '@surveyseal/core/erase'
 *
 * export function erase(plan: ErasurePlan, tools: ErasureTools): Promise<ErasureCertificate> {
 *   return executeErasure(plan, { ...tools, confirmed: plan.records.map(({ key }) => key) })
 * }
 * ```
 */
export async function executeErasure(plan: ErasurePlan, options: ExecuteErasureOptions): Promise<ErasureCertificate> {
  const { subject, targets, journal, kept = [], now = Date.now } = options
  if (now() >= plan.expiresAt) throw new ErasureError('ERR_ERASURE_PLAN_EXPIRED', 'the plan has expired')
  await assertSubject(subject, plan)
  assertDecided(plan.records, options)
  const before = await referencesOf(journal, plan.continues)
  const { items, references } = await findAll(targets, { subject, salt: plan.salt, references: before })
  if ((await dataFingerprint(items, plan.salt)) !== plan.data) {
    throw new ErasureError('ERR_ERASURE_DATA_CHANGED', 'the data are not those the plan saw')
  }
  assertDecided(
    items.map((item) => ({ key: keyOf(item), relation: item.relation })),
    options,
  )
  await journal.begin(plan.id, formatEntry(entryOf(items, { plan, kept: new Set(kept), references, before })))
  // What the journal holds, not what was made here: somebody else may execute the plan at the same moment.
  return resumeErasure(plan.id, options)
}

/** Of the plan's list, and again of what was found: a list that lost a record must not decide about it. */
function assertDecided(
  records: readonly Pick<ErasurePlan['records'][number], 'key' | 'relation'>[],
  { confirmed, kept = [] }: Pick<ExecuteErasureOptions, 'confirmed' | 'kept'>,
): void {
  const decided = [...confirmed, ...kept]
  const chosen = new Set(decided)
  const keys = new Set(records.map(({ key }) => key))
  const asked = records.filter(({ relation }) => relation !== 'dependent')
  const isDecided =
    chosen.size === decided.length && decided.every((key) => keys.has(key)) && asked.every(({ key }) => chosen.has(key))
  if (!isDecided) throw new ErasureError('ERR_ERASURE_UNCONFIRMED', 'every record has to be confirmed or kept, once')
}

/** What hangs on a reference goes with the first record of the person that has it, and with those that went `before`. */
function entryOf(items: readonly FoundItem[], { plan, kept, references, before }: Decided): JournalEntry {
  const isKept = (item: FoundItem): boolean => kept.has(keyOf(item))
  const records = items.filter(({ relation }) => relation !== 'dependent')
  const gone = new Set([...before, ...records.filter((item) => !isKept(item)).flatMap((item) => item.references)])
  const spared = references.filter((reference) => !gone.has(reference))
  const steps = items.filter(
    (item) => !isKept(item) && (item.relation !== 'dependent' || item.references.some((name) => gone.has(name))),
  )
  const { salt, subject } = plan
  const left = items.filter((item) => !steps.includes(item)).map(({ target, id }) => ({ target, id }))
  return {
    version: 1,
    salt,
    subject,
    references: references.filter((name) => !spared.includes(name)),
    steps,
    kept: left,
    continues: plan.continues,
  }
}

interface Decided {
  readonly plan: ErasurePlan
  readonly kept: ReadonlySet<string>
  readonly references: readonly string[]
  /** Those of erasures that could not be completed. */
  readonly before: readonly string[]
}
