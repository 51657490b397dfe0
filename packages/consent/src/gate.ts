/**
 * The gate over a store.
 *
 * @module
 */

import type { Assessment } from '@surveyseal/core/risk'
import type { ChainHead, ChainKey, ConsentStore } from './consent-store.js'
import { readEventRecord } from './event-record.js'
import type { Notice } from './notice.js'
import { evaluatePermission, type Objection, type Permission } from './permission.js'

/** What the gate works with. */
export interface GateOptions {
  readonly store: Pick<ConsentStore<never>, 'events'>
  /** The programme's assessment at an instant, from `assessProgramme` of `@surveyseal/core/risk`. */
  readonly assess: (at: Date) => Assessment
  /**
   * The notices in force, or what they were at an instant, since an answer about the past needs those of the past:
   * `noticesOverTime` of `@surveyseal/consent/notices` makes them of everything that was published.
   */
  readonly notices: readonly Notice[] | ((at: Date) => readonly Notice[])
  /** A person's objections, for instance from `objectionsOf` of `@surveyseal/consent/rights`. @defaultValue none */
  readonly objections?: (question: GateQuestion) => Promise<readonly Objection[]>
  /** @defaultValue the system's clock */
  readonly clock?: () => Date
}

/** Whether a practice may run on one person's data. */
export interface GateQuestion extends ChainKey {
  readonly practice: string
  /** The person's pseudonym with this tenant, for {@link GateOptions.objections}. */
  readonly person?: string
  /** Events known from elsewhere; see {@link evaluatePermission}. */
  readonly heads?: readonly ChainHead[]
  /** An instant of the past; when left out, everything recorded counts, whatever the servers' clocks say. */
  readonly at?: Date
}

/** The gate of one tenant. */
export interface Gate {
  /** Decides on one practice and one person; see {@link evaluatePermission}. */
  evaluate(question: GateQuestion): Promise<Permission>
}

/**
 * Makes a gate: {@link evaluatePermission} on what the store, the programme and the notices say at that instant.
 *
 * It denies by throwing when the store fails or holds a changed event: never run a practice without an allow.
 *
 * @param options - See {@link GateOptions}.
 * @returns The gate.
 */
export function createGate(options: GateOptions): Gate {
  const { store, notices, assess, objections: readObjections = async () => [], clock = () => new Date() } = options
  return {
    async evaluate(question): Promise<Permission> {
      const { practice, subject, survey, heads = [], at } = question
      const [records, objections] = await Promise.all([store.events({ subject, survey }), readObjections(question)])
      const events = records.map(readEventRecord)
      const now = at ?? clock()
      return evaluatePermission({
        practice,
        assessment: assess(now),
        events,
        objections,
        heads,
        notices: typeof notices === 'function' ? notices(now) : notices,
        at:
          at ??
          latest([now.getTime(), ...events.map(({ receivedAt }) => receivedAt), ...objections.map(({ from }) => from)]),
      })
    },
  }
}

/** What another server with a faster clock recorded is recorded all the same. */
function latest(instants: readonly number[]): Date {
  return new Date(Math.max(...instants))
}
