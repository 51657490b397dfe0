import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { Notice, NoticePurpose } from '../notice.js'
import { type CompareNoticesOptions, compareNotices } from './compare-notices.js'

/**
 * Tells which decisions made under earlier versions still count under the current one, in the gate's terms.
 *
 * Every earlier version is kept for the purposes that the current one has not changed materially, and for no practice that
 * the current one does not permit; the digests stay, so that what people signed is found. Hand the result to
 * `evaluatePermission` as the notices in force; for `createGate`, `noticesOverTime` does this at every instant. Show people
 * the last version and no other.
 *
 * @example
 * Only those who accepted a changed purpose are asked again.
 *
 * ```ts
 * import type { Notice } from '@surveyseal/consent'
 * import { noticesInForce } from '@surveyseal/consent/notices'
 *
 * export function inForce(first: Notice, corrected: Notice): readonly Notice[] {
 *   return noticesInForce([first, corrected], { isEditorial: ({ path }) => path === 'wording.fr.summary' })
 * }
 * ```
 *
 * @param versions - Of one notice, the oldest first, the current one last. Each is compared with the current one.
 * @param options - As for {@link compareNotices}; `isEditorial` is asked for every earlier version.
 * @returns The current version, then the earlier ones that still count for something, with the purposes they count for.
 * @throws RangeError `ERR_INVALID_ARG_VALUE` when there is no version.
 */
export function noticesInForce(versions: readonly Notice[], options: CompareNoticesOptions = {}): readonly Notice[] {
  if (!Array.isArray(versions)) throw invalidArgumentType('versions', 'array', versions)
  const current = versions.at(-1)
  if (current === undefined) throw invalidArgumentValue('versions', 'one version or more')
  const earlier = versions.slice(0, -1).map((version: Notice): Notice => {
    const { askAgain } = compareNotices(version, current, options)
    const purposes = version.purposes.flatMap((purpose) => stillPermitted(purpose, { current, askAgain }))
    return Object.freeze({ ...version, purposes: Object.freeze(purposes) })
  })
  return [current, ...earlier.filter(({ purposes }) => purposes.length > 0)]
}

function stillPermitted(
  purpose: NoticePurpose,
  { current, askAgain }: { readonly current: Notice; readonly askAgain: readonly string[] },
): readonly NoticePurpose[] {
  const now = current.purposes.find(({ id }) => id === purpose.id)
  if (now === undefined || askAgain.includes(purpose.id)) return []
  const practices = purpose.practices.filter((practice) => now.practices.includes(practice))
  return [Object.freeze({ ...purpose, practices: Object.freeze(practices) })]
}
