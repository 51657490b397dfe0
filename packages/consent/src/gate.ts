/**
 * The gate over a store.
 *
 * @module
 */

import type { Assessment } from '@surveyseal/core/risk'
import type { ChainKey, ConsentStore } from './consent-store.js'
import { readEventRecord } from './event-record.js'

import type { Notice } from './notice.js'
import { evaluatePermission, type Permission } from './permission.js'

/** What the gate works with. */
export interface GateOptions {
  readonly store: Pick<ConsentStore<never>, 'events'>
  /** The programme's assessment at an instant, from `assessProgramme` of `@surveyseal/core/risk`. */
  readonly assess: (at: Date) => Assessment
  /** The notices in force. */
  readonly notices: readonly Notice[]
  /** @defaultValue the system's clock */
  readonly clock?: () => Date
}

/** Whether a practice may run on one person's data. */
export interface GateQuestion extends ChainKey {
  readonly practice: string
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
  const { store, notices, assess, clock = () => new Date() } = options
  return {
    async evaluate({ practice, subject, survey, at }): Promise<Permission> {
      const records = await store.events({ subject, survey })
      const events = records.map(readEventRecord)
      const now = at ?? clock()
      const seen = at ?? new Date(Math.max(now.getTime(), ...events.map(({ receivedAt }) => receivedAt)))
      return evaluatePermission({ practice, assessment: assess(now), events, notices, at: seen })
    },
  }
}
