/**
 * What a person asks for, and how the desk answers in time.
 *
 * @module
 */
import { type AccessReport, periodEnd, type RightsRequest } from '@surveyseal/consent/rights'
import { holidays } from '../calendar.js'
import type { SeedCustomer } from '../data/seed-customers.js'
import { writeDay } from '../i18n.js'
import { type Proof, prove } from './report.js'
import { deskOf, gateFor, inLanguage, type Scene } from './scene.js'
import type { Seen } from './visitor.js'

/** Asking for a copy: the day it is due stands on both sides. */
export async function askForCopy({ host, visitor, margaret, language }: Scene): Promise<Proof> {
  const entry = await visitor.open(inLanguage(host.rightsLink(margaret.person), language))
  prove(entry.status === 200 && (await asked(host, margaret)).length === 0, 'opening the link asks for nothing')
  const own = await visitor.send('/rights/open')
  prove(own.address === '/rights', 'the token leaves the address')
  const nothing = await fetch(`${host.origin}/rights/access.json`)
  prove(nothing.status === 404, 'nobody else gets a copy')
  const page = await visitor.send('/rights/ask/access')
  const [request] = await asked(host, margaret)
  prove(request?.state === 'received', 'the request is kept')
  const due = periodEnd(new Date(request.receivedAt), { months: 1, timeZone: 'Europe/Paris', holidays })
  prove(request.lastDay === due && page.html.includes(writeDay(Date.parse(due), language)), 'with its last day')
  prove((await visitor.download('/rights/access.json')).startsWith('<'), 'there is no copy before the desk answers')
  const desk = await visitor.open(inLanguage('/operator/requests', language))
  prove(desk.html.includes(request.id) && desk.html.includes(`datetime="${due}"`), 'the desk sees the day')
  prove(desk.html.indexOf('data-request') < desk.html.indexOf(request.id), 'what is due before stands before')
  return [`received, to be answered by ${due}; the desk sees it below one that is due earlier`]
}

/** Who asks is checked, the copy is read, and then it is theirs. */
export async function answerWithCopy(scene: Scene): Promise<Proof> {
  const { host, visitor, margaret, language } = scene
  const [request] = await asked(host, margaret)
  prove(request !== undefined, 'the request is there')
  await step(scene, request, 'identity-check')
  await step(scene, request, 'received')
  const preview = await visitor.download(`/operator/requests/${request.id}/copy.html`)
  prove(preview.includes(margaret.email), 'the desk reads the copy first')
  await step(scene, request, 'fulfilled')
  const page = await visitor.open(inLanguage('/rights', language))
  prove(page.html.includes('/rights/access.json'), 'the copy is on the person’s page')
  const report = JSON.parse(await visitor.download('/rights/access.json')) as AccessReport
  prove(report.records.length === margaret.answers.length + 2, 'the profile and every answer are in it')
  prove(report.events.length === 2 && report.links.length === 2, 'the choices, the withdrawal and the links too')
  prove(!JSON.stringify(report).includes(margaret.person), 'our own reference is not')
  const html = await visitor.download('/rights/access.html')
  prove(html.includes(margaret.firstName) && html.includes(`lang="${language}"`), 'it is there to read and print')
  return [
    `${report.records.length} records, ${report.events.length} events, ${report.links.length} links: JSON and HTML`,
  ]
}

/** An objection stands from the moment it arrives. */
export async function object(scene: Scene): Promise<Proof> {
  const { host, visitor, helene, language } = scene
  prove((await gateFor(host, helene.person))['standard-survey'] === 'allow', 'the survey may run before')
  await visitor.open(inLanguage(host.rightsLink(helene.person), language))
  await visitor.send('/rights/open')
  await visitor.send('/rights/ask/objection')
  prove((await gateFor(host, helene.person))['standard-survey'] === 'objected', 'the gate shuts at once')
  await visitor.open('/operator/links')
  const refused = await visitor.send('/operator/links/issue', { person: helene.person, kind: 'sealed' })
  prove(refused.status === 409 && !refused.html.includes('id="issued-link"'), 'nobody who objects is invited')
  const [request] = await asked(host, helene)
  prove(request !== undefined, 'the request is there')
  await step(scene, request, 'refused:compelling-grounds')
  prove((await gateFor(host, helene.person))['standard-survey'] === 'allow', 'a reasoned refusal ends it')
  await visitor.open(inLanguage('/rights', language))
  await visitor.send('/rights/ask/objection')
  const again = (await asked(host, helene)).find(({ closedAt }) => closedAt === null)
  prove(again !== undefined, 'they may object again')
  await step(scene, again, 'fulfilled')
  prove((await gateFor(host, helene.person))['standard-survey'] === 'objected', 'upheld, it stands for good')
  return ['gate: standard-survey allow -> deny (objected), and no invitation while it stands']
}

/** Asking to be erased; the anonymizing that follows answers it. */
export async function askForErasure(scene: Scene): Promise<Proof> {
  const { host, visitor, margaret, language } = scene
  await visitor.open(inLanguage(host.rightsLink(margaret.person), language))
  await visitor.send('/rights/open')
  const once = await visitor.send('/rights/ask/erasure')
  prove(!once.html.includes('/rights/ask/erasure'), 'asked once is enough')
  const cancelled = await visitor.send('/rights/cancel')
  prove(cancelled.html.includes('/rights/ask/erasure'), 'and may be taken back')
  await visitor.send('/rights/ask/erasure')
  scene.erasure = (await asked(host, margaret)).find(({ closedAt }) => closedAt === null)?.id ?? ''
  const desk = await visitor.open(inLanguage('/operator/requests', language))
  prove(desk.html.includes('/operator/anonymize'), 'the desk is led to the records')
  await visitor.open(deskOf(margaret))
  return ['asked, taken back, asked again; the desk sees it with its day']
}

/** What was asked is answered by what was done. */
export async function erasureIsAnswered({ host, visitor, margaret, erasure, language }: Scene): Promise<Proof> {
  const request = await host.requests.find(erasure)
  prove(request?.state === 'fulfilled', 'the request is answered when everything is done')
  prove((await asked(host, margaret)).length === 0, 'no request leads to the person any more, nor to another of theirs')
  const link = await visitor.open(host.rightsLink(margaret.person))
  prove(link.status === 404, 'the link to their page is stopped')
  const desk = await visitor.open(inLanguage('/operator/requests', language))
  prove(!desk.html.includes(request.id), 'nobody waits any more')
  return ['fulfilled once everything was done; it can still be shown, and not whose it was']
}

/** A step as the desk takes it. */
async function step({ visitor, language }: Scene, { id }: RightsRequest, value: string): Promise<Seen> {
  await visitor.open(inLanguage('/operator/requests', language))
  const page = await visitor.send(`/operator/requests/${id}`, { step: value })
  prove(page.status === 200 && page.address === '/operator/requests', `the desk takes the step ${value}`)
  return page
}

function asked(host: Scene['host'], { person }: SeedCustomer): Promise<readonly RightsRequest[]> {
  return host.requests.ofPerson(host.nameOf(person))
}
