/**
 * What the operator does before and between.
 *
 * @module
 */
import { listInvitations } from '../data/invitations.js'
import type { ProgrammePractice } from '../programme.js'
import { type Proof, prove } from './report.js'
import { deskOf, inLanguage, knownOf, type Scene, tokenOf } from './scene.js'
import type { Seen } from './visitor.js'

/** The programme page shows what is missing. */
export async function assessRisk({ host, visitor, language }: Scene): Promise<Proof> {
  const page = await visitor.open(inLanguage('/operator/programme', language))
  const { tier, missing, practices } = host.assess()
  prove(page.status === 200 && tier === 'very-high' && missing.length > 0, 'the programme is assessed')
  const report = await visitor.open('/operator/programme/report')
  prove(
    report.status === 200 && report.html.includes(`<html lang="${language}"`),
    'the report is there, in the language',
  )
  prove(report.html.includes('DPIA') || report.html.includes('AIPD'), 'the report says whether a DPIA is required')
  return [`${practices.length} practices, highest tier ${tier}, ${missing.length} countermeasures missing`]
}

/** Before any decision. */
export async function askGate({ host, visitor, margaret }: Scene): Promise<Proof> {
  const stale = { method: 'POST', headers: { Origin: host.origin }, redirect: 'manual' } as const
  const { status } = await fetch(`${host.origin}${deskOf(margaret)}/withdraw`, stale)
  prove(status === 303, 'withdrawing where nothing is given is no fault')
  const page = await visitor.open(deskOf(margaret))
  prove(gateOf(page, 'standard-survey') === 'allow', 'a low-risk practice needs no decision')
  prove(gateOf(page, 'close-the-loop') === 'deny', 'a call needs permission')
  prove(gateOf(page, 'video-feedback') === 'deny', 'video lacks countermeasures')
  return ['standard-survey allow, close-the-loop deny (no-decision), video-feedback deny (countermeasure-missing)']
}

/** A link for the person the journey follows. */
export async function issueSealed(scene: Scene): Promise<Proof> {
  const { visitor, margaret } = scene
  await visitor.open('/operator/links')
  scene.sealed = issuedLink(await visitor.send('/operator/links/issue', { person: margaret.person, kind: 'sealed' }))
  for (const known of knownOf(margaret)) prove(!scene.sealed.includes(known), 'the link carries no personal data')
  prove(!scene.sealed.includes(margaret.person), 'the link does not carry the reference either')
  return [`${tokenOf(scene.sealed).length} characters, nothing of the customer in them`]
}

/** A link for another person. */
export async function issueOpaque(scene: Scene): Promise<Proof> {
  const { visitor, helene } = scene
  scene.opaque = issuedLink(await visitor.send('/operator/links/issue', { person: helene.person, kind: 'opaque' }))
  const list = await visitor.open('/operator/links')
  prove(!list.html.includes(tokenOf(scene.opaque)), 'an opaque link is shown once')
  return [`${tokenOf(scene.opaque).length} characters, shown once, kept as a fingerprint`]
}

/** The operator stops an invitation. */
export async function revokeLink({ host, visitor }: Scene): Promise<Proof> {
  const revoked = async (): Promise<number> =>
    (await listInvitations(host.sql)).filter(({ revokedAt }) => revokedAt !== null).length
  const before = await revoked()
  await visitor.open('/operator/links')
  const page = await visitor.send('/operator/links/revoke')
  prove(page.address === '/operator/links' && page.status === 200, 'the list comes back')
  prove((await revoked()) === before + 1, 'one press revokes')
  return ['an open link is stopped']
}

function gateOf({ html }: Seen, practice: ProgrammePractice): string {
  return new RegExp(`data-practice="${practice}" data-outcome="(\\w+)"`).exec(html)?.[1] ?? 'not shown'
}

/** The link a page of the desk shows. */
export function issuedLink({ html }: Seen): string {
  const link = /id="issued-link" href="([^"]+)"/.exec(html)?.[1]
  prove(link !== undefined, 'the new link is shown')
  return link
}
