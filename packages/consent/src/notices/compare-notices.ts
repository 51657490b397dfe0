import { invalidArgumentType } from '@surveyseal/core/errors'
import type { Text } from '@surveyseal/core/risk'
import canonicalize from 'canonicalize'
import type { Notice, NoticeInput } from '../notice.js'
import type { Difference, NoticePair } from './changes/change.js'
import { CHANGE_KINDS, type NoticeChangeKind } from './changes/change-kinds.js'
import { changesOfNotice } from './changes/notice-changes.js'
import { changesOfPurposes } from './changes/purpose-changes.js'
import { changesOfWording } from './changes/wording-changes.js'
import { withoutDigests } from './without-digests.js'

/** One difference between two versions of a notice. It serialises to JSON as it is. */
export interface NoticeChange {
  /** Where it is, in the later version if it is there: such as `purposes.call-back.recipients`, purposes by their id. */
  readonly path: string
  readonly kind: NoticeChangeKind
  /** The purpose it is about; absent when it is about all of them. */
  readonly purpose?: string
  readonly language?: string
  /** Whether decisions made under the earlier version no longer cover the later one. */
  readonly material: boolean
  readonly reason: Text
}

/** What the later version changes. */
export interface NoticeComparison {
  /** Whether any change is material. */
  readonly material: boolean
  readonly changes: readonly NoticeChange[]
  /** The purposes of the later version whose earlier decisions no longer cover them, in its order: ask or inform again. */
  readonly askAgain: readonly string[]
}

/** Options of {@link compareNotices}. */
export interface CompareNoticesOptions {
  /**
   * Asked about each change that only a reader can judge, which are those of words: whether it means the same as before.
   * Without it every such change is taken for material.
   */
  readonly isEditorial?: (change: Omit<NoticeChange, 'material'>) => boolean
}

/**
 * Tells what a new version of a notice changes, and whether people have to be asked again.
 *
 * Whatever is added to what happens with the data is material: a purpose, practice, recipient, category of data, source,
 * transfer, country, AI, way of contact, a longer time, a legal basis or a controller other than before, a right less.
 * Whatever takes away from it is not, and neither is a language more or another address to write to. Changed words count as material until the host says
 * that they mean the same: a program cannot tell a typing mistake from another meaning.
 *
 * Compare with the version people decided on, not with the one before: small steps add up.
 *
 * @example
 * The purposes to ask about again.
 *
 * ```ts
 * import type { Notice } from '@surveyseal/consent'
 * import { compareNotices } from '@surveyseal/consent/notices'
 *
 * const corrected = ['wording.en.summary']
 *
 * export function toAsk(before: Notice, after: Notice): readonly string[] {
 *   return compareNotices(before, after, { isEditorial: ({ path }) => corrected.includes(path) }).askAgain
 * }
 * ```
 *
 * @param before - The version people decided on.
 * @param after - The version to put in force.
 * @param options - See {@link CompareNoticesOptions}.
 * @returns The changes, empty when there is none. Not legal advice.
 * @throws ConsentError `ERR_CONSENT_NOTICE_INVALID` when one is no notice.
 * @see [WP 260 rev.01](https://ec.europa.eu/newsroom/article29/items/622227), section on changes to information
 */
export function compareNotices(
  before: Notice | NoticeInput,
  after: Notice | NoticeInput,
  options: CompareNoticesOptions = {},
): NoticeComparison {
  const { isEditorial = () => false } = options
  if (typeof isEditorial !== 'function') throw invalidArgumentType('options.isEditorial', 'function', isEditorial)
  const pair = { before: withoutDigests(before), after: withoutDigests(after) }
  const changes = differencesOf(pair).map((difference): NoticeChange => {
    const { material, reason } = CHANGE_KINDS[difference.kind]
    const described = { ...difference, reason }
    return { ...described, material: material === 'host' ? isEditorial(described) !== true : material }
  })
  const isStale = (id: string): boolean =>
    changes.some(({ material, purpose }) => material && (purpose === undefined || purpose === id))
  return {
    material: changes.some(({ material }) => material),
    changes,
    askAgain: pair.after.purposes.map(({ id }) => id).filter(isStale),
  }
}

/** Two versions with different documents never differ in nothing. */
function differencesOf(pair: NoticePair): readonly Difference[] {
  const found = [...changesOfNotice(pair), ...changesOfPurposes(pair), ...changesOfWording(pair)]
  if (found.length > 0 || canonicalize(pair.before) === canonicalize(pair.after)) return found
  return [{ path: '', kind: 'restated' }]
}
