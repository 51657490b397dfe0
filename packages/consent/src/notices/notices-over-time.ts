import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import { assertDate } from '../lib/arguments.js'
import type { Notice } from '../notice.js'
import type { CompareNoticesOptions } from './compare-notices.js'
import { noticesInForce } from './notices-in-force.js'

/** A version of a notice, and when people were shown it. */
export interface PublishedNotice {
  readonly notice: Notice
  /** From this instant on it is the current version of its notice. */
  readonly from: Date
  /** When it left force without a version to follow; nothing rests on it afterwards. @defaultValue it has not */
  readonly until?: Date
}

/**
 * Makes the `notices` option of `createGate` from everything that was ever published: {@link noticesInForce}, for each
 * notice by its id, at whatever instant the gate is asked about.
 *
 * All comparisons are made once, here. Versions published later change no answer about the past.
 *
 * @example
 * A gate that knows the corrected version, and what the first one still permits.
 *
 * ```ts
 * import { createGate, type GateOptions, type Notice } from '@surveyseal/consent'
 * import { noticesOverTime } from '@surveyseal/consent/notices'
 *
 * export const gateOver = (options: Omit<GateOptions, 'notices'>, [first, second]: readonly [Notice, Notice]) =>
 *   createGate({
 *     ...options,
 *     notices: noticesOverTime([
 *       { notice: first, from: new Date('2026-01-01') },
 *       { notice: second, from: new Date('2026-06-01') },
 *     ]),
 *   })
 * ```
 *
 * @param published - In any order; no two versions of one notice begin at the same instant.
 * @param options - As for {@link noticesInForce}.
 * @returns What is in force at an instant, empty before the first publication.
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, RangeError `ERR_INVALID_ARG_VALUE`.
 */
export function noticesOverTime(
  published: readonly PublishedNotice[],
  options: CompareNoticesOptions = {},
): (at: Date) => readonly Notice[] {
  if (!Array.isArray(published)) throw invalidArgumentType('published', 'array', published)
  const histories = [...byNotice(published).values()].map((versions) => periodsOf(versions, options))
  return (at) => {
    assertDate('at', at)
    return histories.flatMap((periods) => {
      const period = periods.findLast(({ from }) => from <= at.getTime())
      return period === undefined || period.until <= at.getTime() ? [] : period.notices
    })
  }
}

/** The time in which a version is the current one, and all that is in force then. */
interface Period {
  readonly from: number
  readonly until: number
  readonly notices: readonly Notice[]
}

function byNotice(published: readonly PublishedNotice[]): ReadonlyMap<string, readonly PublishedNotice[]> {
  const histories = new Map<string, PublishedNotice[]>()
  for (const version of published) {
    assertDate('published.from', version.from)
    if (version.until !== undefined) assertEnd(version.until, version.from)
    histories.set(version.notice.id, [...(histories.get(version.notice.id) ?? []), version])
  }
  return histories
}

function assertEnd(until: Date, from: Date): void {
  assertDate('published.until', until)
  if (until < from) throw invalidArgumentValue('published.until', 'an instant after its "from"')
}

function periodsOf(published: readonly PublishedNotice[], options: CompareNoticesOptions): readonly Period[] {
  const versions = published.toSorted((a, b) => a.from.getTime() - b.from.getTime())
  if (new Set(versions.map(({ from }) => from.getTime())).size < versions.length) {
    throw invalidArgumentValue('published', 'versions of one notice that begin at different instants')
  }
  return versions.map(({ from, until }, index) => ({
    from: from.getTime(),
    until: until?.getTime() ?? Number.POSITIVE_INFINITY,
    notices: noticesInForce(
      versions.slice(0, index + 1).map(({ notice }) => notice),
      options,
    ),
  }))
}
