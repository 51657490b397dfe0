/**
 * Issuing and revoking links of both kinds.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { addInvitation, type Invitation, invitationsOf, type LinkKind, markRevoked } from './data/invitations.js'
import type { Host } from './host.js'

const day = 86_400_000

/** Whom to invite. */
export interface InviteOptions {
  readonly person: string
  readonly kind: LinkKind
  readonly days: number
}

/** Invites someone and returns the link: for an opaque one the only time it can be had. */
export async function invite(host: Host, { person, kind, days }: InviteOptions): Promise<string> {
  const issuedAt = Date.now()
  const invitation = {
    id: randomUUID(),
    person,
    kind,
    serial: (await invitationsOf(host.sql, person)).length,
    issuedAt,
    expiresAt: issuedAt + days * day,
  }
  const url = kind === 'sealed' ? host.sealedSurveyLink(invitation) : await issueOpaque(host, invitation)
  await addInvitation(host.sql, invitation)
  return url
}

/** Issues the opaque link of an invitation; an earlier one for the same invitation stops working. */
export async function issueOpaque(
  host: Host,
  { id, person, serial, expiresAt }: Pick<Invitation, 'id' | 'person' | 'serial' | 'expiresAt'>,
): Promise<string> {
  // The invitation is a cohort of its own, so that its link can be revoked although nobody has it any more.
  const links = host.surveyLinks.issue([{ respondent: person, serial, cohort: id, expiresAt: new Date(expiresAt) }])
  for await (const { url } of links) return url
  throw new Error('no link was issued')
}

/** Stops the link of an invitation. */
export async function revokeInvitation(host: Host, invitation: Invitation): Promise<void> {
  const { id, kind } = invitation
  await host.surveyLinks.revoke(kind === 'sealed' ? { link: host.sealedSurveyLink(invitation) } : { cohort: id })
  await markRevoked(host.sql, id, Date.now())
}
