/**
 * Objections for the gate.
 *
 * @module
 */

import { invalidArgumentValue } from '@surveyseal/core/errors'
import type { GateQuestion } from '../gate.js'
import { assertDigest } from '../lib/arguments.js'
import type { Objection } from '../permission.js'
import type { RightsStore } from './rights-store.js'

/**
 * Makes what `createGate` asks for objections.
 *
 * An objection stands from the moment it was received, while it is being looked into too (article 18(1)(d)), and ends when
 * it is refused or the person cancels it. One that was fulfilled stands for good.
 *
 * @param store - The requests.
 * @returns The `objections` option of `createGate`. It throws when a question names no `person`: a gate that cannot look
 * denies.
 *
 * @example
 * A gate that knows who objected.
 *
 * ```ts
 * import { createGate, type GateOptions } from '@surveyseal/consent'
 * import { objectionsOf, type RightsStore } from '@surveyseal/consent/rights'
 *
 * export const gateOver = (options: GateOptions, requests: RightsStore<never>) =>
 *   createGate({ ...options, objections: objectionsOf(requests) })
 * ```
 */
export function objectionsOf(
  store: Pick<RightsStore<never>, 'ofPerson'>,
): (question: GateQuestion) => Promise<readonly Objection[]> {
  return async ({ person, survey: asked }) => {
    if (person === undefined) throw invalidArgumentValue('question.person', "the person's pseudonym with this tenant")
    assertDigest('question.person', person)
    const requests = await store.ofPerson(person)
    return requests.flatMap(({ id, right, survey, purposes, receivedAt, state, closedAt }) => {
      if (right !== 'objection' || (survey !== null && survey !== asked)) return []
      return [{ id, purposes, from: receivedAt, until: state === 'fulfilled' ? null : closedAt }]
    })
  }
}
