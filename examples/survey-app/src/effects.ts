/**
 * Acting on what the outbox tells: whoever withdrew is invited no more, and what they had permitted stops.
 *
 * @module
 */
import { type ConsentWithdrawn, createDispatcher, type Dispatcher } from '@surveyseal/consent/outbox'
import type { Sql } from '@surveyseal/stores'
import { noteEffect } from './data/effects.js'
import { findInvitation, stateOf } from './data/invitations.js'
import { cancelCalls } from './data/records.js'
import type { Host } from './host.js'
import { revokeInvitation } from './invite.js'
import { type ProgrammePractice, practices } from './programme.js'

/** Makes what delivers this host's messages. Any number of processes may run one. */
export function createEffects(host: Host): Dispatcher {
  return createDispatcher({
    store: host.outbox,
    handlers: {
      'consent.withdrawn': ({ body }) => stop(host, body),
      // Whatever rested on the permission went with it, calls and invitations too; nobody else was given the pseudonym.
      'consent.erased': async () => undefined,
      // This company shows reviews on no widget and has no replies out. One that does takes them down here.
      'erasure.review': async () => undefined,
      'erasure.reply': async () => undefined,
      'erasure.completed': async () => undefined,
    },
    onFailure: ({ id, attempt, buried }) =>
      console.error(`outbox ${id}: attempt ${attempt} failed${buried ? ', given up' : ''}`),
  })
}

/** Every part of it may be done again. */
async function stop(host: Host, { event, subject, survey, practices, links }: ConsentWithdrawn): Promise<void> {
  const at = Date.now()
  for (const id of links) {
    const invitation = await findInvitation(host.sql, id)
    const state = invitation === null ? null : stateOf(invitation, at)
    if (invitation !== null && state === 'open') await revokeInvitation(host, invitation)
    // An invitation answered meanwhile leaves nothing to stop; one revoked before may be the work of an earlier delivery.
    if (state === 'open' || state === 'revoked') await noteEffect(host.sql, { event, kind: 'link', what: id, at })
  }
  await host.sql.transaction(async (tx) => {
    const person = await host.personBehind(subject, { of: survey, sql: tx })
    for (const practice of practices.filter(isOurs)) {
      if (person !== null) await stopPractice(host, { tx, person, survey, practice })
      await noteEffect(tx, { event, kind: 'practice', what: practice, at })
    }
  })
}

interface Stop {
  readonly tx: Sql
  readonly person: string
  readonly survey: string
  readonly practice: ProgrammePractice
}

/** Reading and showing answers asks the gate each time, so only what was planned is left to cancel. */
async function stopPractice(host: Host, { tx, person, survey, practice }: Stop): Promise<void> {
  if (practice !== 'close-the-loop') return
  // Whoever has said yes again since is called after all.
  const permission = await host.mayRun(practice, person, { of: survey, sql: tx })
  if (permission.outcome === 'deny') await cancelCalls(tx, { person, survey })
}

function isOurs(practice: string): practice is ProgrammePractice {
  return (practices as readonly string[]).includes(practice)
}
