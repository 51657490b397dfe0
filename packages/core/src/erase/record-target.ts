import { ANONYMIZED_DOMAIN } from '../anonymize/anonymized-comment.js'
import { parsePath } from '../anonymize/path.js'
import type { CompiledPolicy, Policy } from '../anonymize.js'
import { compilePolicy, parsePolicy } from '../anonymize.js'
import { invalidArgumentType } from '../errors.js'
import type { Text } from '../lib/text.js'
import type { SubjectMatch } from '../recognize.js'
import { changesTo, mentionChanges } from './changes.js'
import type {
  ErasureItem,
  ErasureNotice,
  ErasureRelation,
  ErasureSearch,
  ErasureStep,
  ErasureStepTools,
  ErasureTarget,
} from './erasure-target.js'
import { ErasureError } from './errors.js'
import { fingerprintWith } from './fingerprint.js'
import { mentions, valuesAt, withoutIdentifier } from './search-record.js'

/** A record as JSON: members that are `undefined` do not count. */
export type StoredRecord = Readonly<Record<string, unknown>>

/** What reads and replaces the records of one table, collection or file. */
export interface RecordStore {
  /** Every record with its id, in batches, so that no more than one batch is held at a time. */
  scan(): AsyncIterable<readonly (readonly [id: string, record: StoredRecord])[]>
  /**
   * Reads one record, hands it over and stores what comes back, as one: nobody else's change comes between. `null` stores
   * nothing. A record that is not there is not handed over. `tx` is the handle of the transaction in which that happens, if there
   * is one.
   *
   * @throws {@link ErasureError} `ERR_ERASURE_ID_DUPLICATE` when several records have the id.
   */
  replace(id: string, change: (record: StoredRecord, tx?: unknown) => Promise<StoredRecord | null>): Promise<void>
  /** The record as it is read back once it was stored, where that differs. */
  asStored?(after: StoredRecord, before: StoredRecord): StoredRecord
  /** As {@link ErasureTarget.finish}. */
  finish?(): Promise<readonly Text[]>
}

/** How {@link recordTarget} treats records. */
export interface RecordTargetOptions {
  /** As {@link ErasureTarget.name}. */
  readonly name: string
  readonly store: RecordStore
  /** What is left of a record of the person. */
  readonly policy: Policy
  /**
   * The fields, as policies write them, that say whose record it is. The identifier there makes the record the person's; in
   * any other field of a record whose identity fields name somebody else, or that has a reference, it is a mention.
   *
   * @defaultValue `['email', 'phone']`
   */
  readonly identity?: readonly string[]
  /**
   * The field that is the same in all records of one person, and by which other targets know them. Records that have it in
   * common with a record found are the person's too, whatever else they hold. It is removed, whatever the policy says.
   *
   * @defaultValue none
   */
  readonly reference?: string
  /**
   * Fields shown elsewhere, and what has to be told when they change.
   *
   * @defaultValue `reviewComment` is a review, `directReply` and `autoReply` are replies
   */
  readonly notices?: Readonly<Record<string, ErasureNotice>>
  /** Field names that are the host's own and may be named in previews. */
  readonly columns?: readonly string[]
}

const NOTICES: Readonly<Record<string, ErasureNotice>> = {
  reviewComment: 'review',
  directReply: 'reply',
  autoReply: 'reply',
}

/**
 * Makes an erasure target of a store of records.
 *
 * Every record is read at every search, whatever indexes there are: an identifier in a comment has none. Of a record of the
 * person is left what the policy leaves, less the identifier should the policy keep a value that holds it. Of a mention only
 * the identifier goes. What else tells who somebody is, such as a name in another's comment, is not looked for.
 *
 * @example
 * A target over records in memory.
 *
 * ```ts
 * import { defaultPolicy } from '@surveyseal/core/anonymize'
 * import { type ErasureTarget, type RecordStore, recordTarget, type StoredRecord } from '@surveyseal/core/erase'
 *
 * export function targetOf(records: Map<string, StoredRecord>): ErasureTarget {
 *   const store: RecordStore = {
 *     async *scan() {
 *       yield [...records]
 *     },
 *     async replace(id, change) {
 *       const record = records.get(id)
 *       const after = record && (await change(record))
 *       if (after) records.set(id, after)
 *     },
 *   }
 *   return recordTarget({ name: 'answers', store, policy: defaultPolicy('en'), reference: 'respondent' })
 * }
 * ```
 *
 * @param options - See {@link RecordTargetOptions}.
 * @returns The target. Its `find` and `erase` also throw what the store throws, and `AnonymizeError` for a record of
 * the person that no policy can be applied to.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`; `AnonymizeError` as `compilePolicy` does, and `ERR_POLICY_PATH_INVALID` for a
 * field that is no path.
 */
export function recordTarget(options: RecordTargetOptions): ErasureTarget {
  return new RecordTarget(options)
}

class RecordTarget implements ErasureTarget {
  readonly name: string
  readonly #store: RecordStore
  readonly #policy: Policy
  readonly #compiled: CompiledPolicy
  readonly #identity: readonly ReturnType<typeof parsePath>[]
  readonly #reference: ReturnType<typeof parsePath> | undefined
  readonly #notices: Readonly<Record<string, ErasureNotice>>

  constructor(options: RecordTargetOptions) {
    const { name, store, policy, identity = ['email', 'phone'], reference, notices = NOTICES, columns = [] } = options
    if (typeof name !== 'string') throw invalidArgumentType('options.name', 'string', name)
    this.name = name
    this.#store = store
    this.#policy = withoutReference(policy, reference)
    this.#compiled = compilePolicy(this.#policy, { columns })
    this.#identity = identity.map((path, index) => parsePath(path, `identity[${index}]`))
    this.#reference = reference === undefined ? undefined : parsePath(reference, 'reference')
    this.#notices = notices
  }

  /** The digest has no salt: it is the same for whoever has the policy. */
  async policyDigest(): Promise<string> {
    return fingerprintWith('')(this.#policy)
  }

  async find(search: ErasureSearch): Promise<readonly ErasureItem[]> {
    const found = new Map<string, ErasureItem>()
    const references = new Set(this.#reference === undefined ? [] : search.references)
    for await (const [id, record] of records(this.#store)) {
      const relation = this.#relation(record, search.subject)
      if (relation === null) continue
      add(found, await this.#item({ id, record, relation, search }))
      if (relation === 'subject') for (const reference of this.#referencesOf(record)) references.add(reference)
    }
    if (references.size > 0) await this.#addByReference(found, references, search)
    if (search.onOther !== undefined) await this.#tellOthers(found, search.onOther)
    return [...found.values()]
  }

  async erase({ id, before, after }: ErasureStep, { fingerprint, tell }: ErasureStepTools): Promise<void> {
    await this.#store.replace(id, async (record, tx) => {
      const now = await fingerprint(record)
      if (now !== before && now !== (await fingerprint(after))) {
        throw new ErasureError('ERR_ERASURE_DATA_CHANGED', 'a record was changed after it was planned for')
      }
      await tell(tx)
      return now === before ? (after as StoredRecord) : null
    })
  }

  async finish(): Promise<readonly Text[]> {
    return (await this.#store.finish?.()) ?? []
  }

  /**
   * The identifier in a record that says nothing of whose it is was written by the person themselves. A reference says it: what
   * somebody wrote must not make their links and consent another's.
   */
  #relation(record: StoredRecord, subject: SubjectMatch): ErasureRelation | null {
    if (!mentions(record, subject)) return null
    const identity = this.#identity.flatMap((path) => valuesAt(record, path))
    if (identity.some((value) => mentions(value, subject))) return 'subject'
    return identity.some(isSomebody) || this.#referencesOf(record).length > 0 ? 'mention' : 'subject'
  }

  async #addByReference(
    found: Map<string, ErasureItem>,
    references: Set<string>,
    search: ErasureSearch,
  ): Promise<void> {
    for await (const [id, record] of records(this.#store)) {
      if (found.get(id)?.relation === 'subject') continue
      if (!this.#referencesOf(record).some((reference) => references.has(reference))) continue
      if (found.get(id)?.relation === 'mention') found.delete(id)
      add(found, await this.#item({ id, record, relation: 'subject', search }))
    }
  }

  async #item(found: {
    readonly id: string
    readonly record: StoredRecord
    readonly relation: ErasureRelation
    readonly search: ErasureSearch
  }): Promise<ErasureItem> {
    const { id, record, relation, search } = found
    const { subject, fingerprint } = search
    if (subject.find(id).length > 0) {
      throw new ErasureError('ERR_ERASURE_ID_PERSONAL', 'the id of a record holds the identifier')
    }
    const applied = relation === 'subject' ? this.#compiled.apply(record) : { record, changes: [] }
    const cleaned = withoutIdentifier(applied.record ?? {}, subject)
    const left = cleaned.value as StoredRecord
    const after = this.#store.asStored?.(left, record) ?? left
    return {
      id,
      relation,
      before: await fingerprint(record),
      after,
      changes: [...changesTo(record, left, applied.changes), ...mentionChanges(cleaned.fields)],
      warnings: [...new Set(applied.changes.flatMap(({ warning }) => warning ?? []))],
      references: relation === 'subject' ? this.#referencesOf(record) : [],
      notices: relation === 'subject' ? this.#noticesOf(record) : [],
    }
  }

  #referencesOf(record: StoredRecord): readonly string[] {
    if (this.#reference === undefined) return []
    return valuesAt(record, this.#reference).filter(isSomebody).map(String)
  }

  #noticesOf(record: StoredRecord): readonly ErasureNotice[] {
    const shown = Object.entries(this.#notices).filter(
      ([name]) => Object.hasOwn(record, name) && isSomebody(record[name]),
    )
    return [...new Set(shown.map(([, notice]) => notice))]
  }

  async #tellOthers(
    found: ReadonlyMap<string, ErasureItem>,
    tell: NonNullable<ErasureSearch['onOther']>,
  ): Promise<void> {
    for await (const [id, record] of records(this.#store)) {
      if (found.get(id)?.relation === 'subject') continue
      const [person = id] = [...this.#referencesOf(record), ...this.#identityOf(record)]
      tell({ person, record: this.#compiled.apply(record).record ?? {} })
    }
  }

  #identityOf(record: StoredRecord): readonly string[] {
    const values = this.#identity.flatMap((path) => valuesAt(record, path))
    return values.filter(isSomebody).map((value) => String(value).trim().toLowerCase())
  }
}

async function* records(store: RecordStore): AsyncGenerator<readonly [string, StoredRecord], void, undefined> {
  for await (const batch of store.scan()) yield* batch
}

function add(found: Map<string, ErasureItem>, item: ErasureItem): void {
  if (found.has(item.id)) throw new ErasureError('ERR_ERASURE_ID_DUPLICATE', 'two records have one id')
  found.set(item.id, item)
}

/** Whether a value names anybody: masks and random addresses do not. */
function isSomebody(value: unknown): boolean {
  if (typeof value === 'number') return true
  return typeof value === 'string' && !/^[\s*–-]*$/.test(value) && !value.endsWith(`@${ANONYMIZED_DOMAIN}`)
}

/** The reference goes whatever the policy says: it would still group the person's records. */
function withoutReference(policy: Policy, reference: string | undefined): Policy {
  if (reference === undefined) return parsePolicy(policy)
  return parsePolicy({ ...policy, fields: { ...policy.fields, [reference]: { technique: 'remove' } } })
}
