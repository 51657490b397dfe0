/**
 * The journey, told once: from the programme's risk to a customer who is no longer in the records.
 *
 * @module
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { verifyReceipt } from '@surveyseal/consent'
import { listCustomers } from '../data/customers.js'
import { findRecords, listRecords } from '../data/records.js'
import { type SeedCustomer, seedCustomers } from '../data/seed-customers.js'
import type { Host } from '../host.js'
import type { Language } from '../i18n.js'
import { notice } from '../notice.js'
import { type ProgrammePractice, practices } from '../programme.js'
import { prove, type Report } from './report.js'
import type { Seen, Visitor } from './visitor.js'

/** What a walk needs. */
export interface Walk {
  readonly host: Host
  readonly visitor: Visitor
  /** The data folder, whose bytes are searched at the end. */
  readonly folder: string
  readonly language: Language
  readonly report: Report
}

/** The words the journey's person writes, with their own name and number in them: free text always may. */
const planted = 'The night crew was splendid. Margaret Whitcombe, 020 7946 0018'

/** Walks every step; throws at the first that does not prove what it should. */
export async function walk({ host, visitor, folder, language, report }: Walk): Promise<void> {
  const [margaret, helene] = seedCustomers as readonly SeedCustomer[]
  prove(margaret !== undefined && helene !== undefined, 'the seeded customers are there')
  const here = (address: string): string => `${address}?language=${language}`
  const desk = `/operator/consents/${margaret.person}`
  let sealed = ''
  let opaque = ''
  let receipt = ''
  let withdrawal = ''

  await report.step('risk', async () => {
    const page = await visitor.open(here('/operator/programme'))
    const { tier, missing, practices } = host.assess()
    prove(page.status === 200 && tier === 'very-high' && missing.length > 0, 'the programme is assessed')
    return [`${practices.length} practices, highest tier ${tier}, ${missing.length} countermeasures missing`]
  })

  await report.step('gate before', async () => {
    const page = await visitor.open(desk)
    prove(gateOf(page, 'standard-survey') === 'allow', 'a low-risk practice needs no decision')
    prove(gateOf(page, 'close-the-loop') === 'deny', 'a call needs permission')
    prove(gateOf(page, 'video-feedback') === 'deny', 'video lacks countermeasures')
    return ['standard-survey allow, close-the-loop deny (no-decision), video-feedback deny (countermeasure-missing)']
  })

  await report.step('sealed link', async () => {
    await visitor.open('/operator/links')
    sealed = issuedLink(await visitor.send('/operator/links/issue', { person: margaret.person, kind: 'sealed' }))
    for (const known of knownOf(margaret)) prove(!sealed.includes(known), 'the link carries no personal data')
    prove(!sealed.includes(margaret.person), 'the link does not carry the reference either')
    return [`${tokenOf(sealed).length} characters, nothing of the customer in them`]
  })

  await report.step('opaque link', async () => {
    opaque = issuedLink(await visitor.send('/operator/links/issue', { person: helene.person, kind: 'opaque' }))
    const list = await visitor.open('/operator/links')
    prove(!list.html.includes(tokenOf(opaque)), 'an opaque link is shown once')
    return [`${tokenOf(opaque).length} characters, shown once, kept as a fingerprint`]
  })

  await report.step('opening is inert', async () => {
    for (const method of ['HEAD', 'GET', 'GET']) {
      const { status, headers } = await fetch(sealed, { method })
      prove(status === 200, `${method} is answered`)
      prove(headers.get('referrer-policy') === 'no-referrer', 'the address travels nowhere')
      prove(headers.get('cache-control') === 'no-store', 'the page is kept nowhere')
      prove(headers.get('x-robots-tag')?.includes('noindex') === true, 'the page is listed nowhere')
    }
    prove((await host.surveyLinks.open(sealed)).state === 'usable', 'the link is as usable as before')
    return ['HEAD and GET answered 200 and left the link usable; no-referrer, no-store, noindex']
  })

  await report.step('foreign requests', async () => {
    const statusOf = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${host.origin}/operator/links/issue`, { method: 'POST', headers })).status
    prove((await statusOf({ Origin: 'https://elsewhere.example' })) === 403, 'another origin is refused')
    prove((await statusOf({ Origin: host.origin, 'Sec-Fetch-Site': 'cross-site' })) === 403, 'another site is refused')
    prove((await statusOf({})) === 403, 'no origin at all is refused')
    return ['a form sent by another site is refused (403)']
  })

  await report.step('notice', async () => {
    const invite = await visitor.open(here(sealed))
    prove(invite.status === 200, 'the link opens')
    const page = await visitor.send('/respond/claim')
    prove(page.address === '/respond/notice', 'the notice comes before the survey')
    prove(!/<input[^>]*\schecked/.test(page.html), 'nothing is ticked beforehand')
    return [`shown with three choices, none made beforehand${addressBar(invite)}`]
  })

  await report.step('signed consent', async () => {
    const page = await visitor.choose({ 'follow-up': 'given', verbatims: 'given', insights: 'refused' })
    prove(page.address === '/respond/survey', 'the survey comes after the choices')
    const [event] = await host.eventsOf(margaret.person)
    prove(event?.kind === 'decision', 'the event is in the store')
    prove(event.notice === notice.digests[language], 'it names the wording that was shown')
    const gate = await gateFor(host, margaret.person)
    prove(gate['close-the-loop'] === 'allow' && gate['share-verbatims'] === 'allow', 'the gate opens')
    prove(gate['mine-survey-verbatims'] === 'refused', 'and stays shut where they said no')
    return [
      `ES256 by the respondent's own key (${event.keyAssurance}), over the ${language} wording`,
      'gate: close-the-loop deny -> allow, share-verbatims deny -> allow, mine-survey-verbatims deny (refused)',
    ]
  })

  await report.step('answer', async () => {
    const before = (await listRecords(host.sql)).length
    const page = await visitor.answer({ nps: 9, npsComment: planted, followUpDetails: 'After six, 020 7946 0018' })
    prove(page.address === '/respond/receipt' && page.status === 200, 'the answer is received')
    const records = await listRecords(host.sql)
    prove(records.length === before + 1 && records[0]?.person === margaret.person, 'and kept, matched as permitted')
    return ['kept and the link spent in one transaction']
  })

  await report.step('answer again', async () => {
    const before = (await listRecords(host.sql)).length
    await visitor.open('/respond/survey')
    const page = await visitor.answer({ nps: 1, npsComment: 'again' })
    prove(page.status === 200 && (await listRecords(host.sql)).length === before, 'a repetition changes nothing')
    return [`“${page.heading.trim()}”, ${before} records as before`]
  })

  await report.step('used and forged links', async () => {
    const used = await visitor.open(sealed)
    const forged = await visitor.open(`${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`)
    const unknown = await visitor.open(`${host.origin}/i/never-issued`)
    prove(
      [used, forged, unknown].every(({ status }) => status === 404),
      'they do not open',
    )
    prove(used.html === forged.html && forged.html === unknown.html, 'and say the same to everyone')
    return ['one page, one status (404), byte for byte the same']
  })

  await report.step('receipt', async () => {
    const page = await visitor.open('/respond/receipt')
    withdrawal = /id="withdrawal-link" href="([^"]+)"/.exec(page.html)?.[1] ?? ''
    prove(withdrawal !== '', 'the receipt page holds a withdrawal link')
    receipt = await visitor.download('/respond/receipt.txt')
    const keys = JSON.parse(await visitor.download('/keys.json')) as typeof host.keys.controllerKeys
    const { proved, notProved } = await verifyReceipt(receipt, { keys })
    const broken = verifyReceipt(flip(receipt), { keys }).then(
      () => false,
      () => true,
    )
    prove(await broken, 'one changed character is noticed')
    return [
      `verified with the public keys alone`,
      `proved: ${proved.join(', ')}`,
      `not proved: ${notProved.join(', ')}`,
    ]
  })

  await report.step('answers, by permission', async () => {
    const page = await visitor.open(here('/operator/answers'))
    prove(page.html.includes('The night crew was splendid'), 'permitted words are shown')
    prove(page.html.includes('After six, 020 7946 0018'), 'and the call is on the list')
    return ['the words are shown and the call is on the list']
  })

  await report.step('withdraw by link', async () => {
    await visitor.open(here(withdrawal))
    prove((await gateFor(host, margaret.person))['close-the-loop'] === 'allow', 'opening withdraws nothing')
    const page = await visitor.send('/withdraw/link')
    prove(page.address === '/withdrawn' && page.status === 200, 'one press withdraws')
    const gate = await gateFor(host, margaret.person)
    prove(gate['close-the-loop'] === 'withdrawn' && gate['share-verbatims'] === 'withdrawn', 'the gate shuts')
    const answers = await visitor.open('/operator/answers')
    prove(!answers.html.includes('The night crew was splendid'), 'words are withheld')
    await visitor.open(desk)
    return ['gate: close-the-loop allow -> deny (withdrawn), share-verbatims allow -> deny (withdrawn); words withheld']
  })

  await report.step('another respondent, by opaque link', async () => {
    await visitor.open(opaque)
    await visitor.send('/respond/claim')
    await visitor.choose({ 'follow-up': 'refused', verbatims: 'given', insights: 'refused' })
    const page = await visitor.answer({ nps: 7, npsComment: 'Une belle traversée.' })
    prove(page.address === '/respond/receipt', 'the answer is received')
    const [record] = await listRecords(host.sql)
    prove(record?.person === null && record.fields.email === undefined, 'it is kept without any reference to them')
    receipt = await visitor.download('/respond/receipt.txt')
    return ['refused the matching: the answer is kept without name, address or reference']
  })

  await report.step('withdraw by receipt', async () => {
    await visitor.open(here('/withdraw'))
    const refused = await visitor.send('/withdraw/receipt', { receipt: flip(receipt) })
    prove(refused.status === 422, 'a changed receipt is refused')
    const page = await visitor.send('/withdraw/receipt', { receipt })
    prove(page.address === '/withdrawn' && page.status === 200, 'the receipt withdraws')
    prove((await gateFor(host, helene.person))['share-verbatims'] === 'withdrawn', 'the gate shuts')
    const again = await visitor.open(here(host.withdrawalLink(helene.person)))
    prove(again.status === 200 && !again.html.includes('/withdraw/link'), 'there is nothing left to withdraw')
    return ['gate: share-verbatims allow -> deny (withdrawn)']
  })

  await report.step('revoke', async () => {
    const issued = await visitor.open('/operator/links')
    prove(issued.html.includes('/operator/links/revoke'), 'open invitations can be revoked')
    const page = await visitor.send('/operator/links/revoke')
    prove(page.address === '/operator/links' && page.status === 200, 'one press revokes')
    return ['an open link is stopped']
  })

  await report.step('anonymize: preview', async () => {
    prove((await bytesHold(folder, knownOf(margaret))) !== 'none', 'the records hold the person before')
    await visitor.open(here('/operator/anonymize'))
    const nobody = await visitor.send('/operator/anonymize/find', { identifier: 'nobody@mail.example' })
    prove(nobody.status === 200, 'an unknown address finds nobody')
    const page = await visitor.send('/operator/anonymize/find', { identifier: margaret.telephone })
    const count = page.html.match(/name="record"/g)?.length ?? 0
    prove(count === margaret.answers.length + 1, 'every record of the person is found')
    prove(!page.html.includes(planted), 'values are masked')
    const wrong = await visitor.send('/operator/anonymize/confirm', { retyped: '+44 20 7946 0000' })
    prove(wrong.status === 422 && (await findRecords(host.sql, margaret)).length === count, 'a wrong number is refused')
    return [`${count} records found by telephone number; a wrong number typed again is refused (422)`]
  })

  await report.step('anonymize', async () => {
    const before = (await listRecords(host.sql)).length
    const page = await visitor.send('/operator/anonymize/confirm', { retyped: margaret.telephone })
    prove(page.status === 200 && page.html.includes('id="done-records"'), 'it is done')
    prove((await findRecords(host.sql, margaret)).length === 0, 'the address finds nothing')
    prove((await listRecords(host.sql)).length === before, 'answers still count')
    const customers = await listCustomers(host.sql)
    prove(!customers.some(({ person }) => person === margaret.person), 'the customer is gone')
    prove((await visitor.open(desk)).status === 404, 'and so is their page')
    return [`nothing is found by address or number; all ${before} answers still count`]
  })

  await report.step('nothing left', async () => {
    const dead = await fetch(withdrawal)
    prove(dead.status === 404, 'the withdrawal link is stopped too')
    const known = [...knownOf(margaret), planted]
    const rows = JSON.stringify([await listRecords(host.sql), await listCustomers(host.sql)])
    prove(!known.some((text) => rows.includes(text)), 'no row holds anything of the person')
    const left = await bytesHold(folder, known)
    if (left === 'no file')
      return ['no row holds a thing of them; dead rows and backups of PostgreSQL are its own business']
    prove(left === 'none', 'the database file holds nothing of the person')
    return ['not one byte of name, address, number, plate, job or words in the database file and its log']
  })

  await report.step('accessibility and content policy', async () => {
    prove(visitor.complaints.length === 0, `${visitor.complaints.length} complaints:\n${visitor.complaints.join('\n')}`)
    return [visitor.looked]
  })
}

/** What anyone would recognise the person by. */
function knownOf(customer: SeedCustomer): string[] {
  const { email, telephone, firstName, lastName, customerNumber, jobLevel, jobPosition, vehiclePlate, answers } =
    customer
  const numbers = [telephone, telephone.replace(/[^\d+]/g, '')]
  const details = [firstName, lastName, customerNumber, jobLevel, jobPosition, vehiclePlate]
  return [email, ...numbers, ...details, ...answers.map(({ comment }) => comment)]
}

/** Searches the bytes of the database's own files. */
async function bytesHold(folder: string, texts: readonly string[]): Promise<'none' | 'some' | 'no file'> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('survey-app.db'))
  if (files.length === 0) return 'no file'
  const contents = await Promise.all(files.map((name) => readFile(join(folder, name))))
  return contents.some((bytes) => texts.some((text) => bytes.includes(text))) ? 'some' : 'none'
}

function gateOf({ html }: Seen, practice: ProgrammePractice): string {
  return new RegExp(`data-practice="${practice}" data-outcome="(\\w+)"`).exec(html)?.[1] ?? 'not shown'
}

/** The gate's answer for every practice: `allow`, or the reason why not. */
async function gateFor(host: Host, person: string): Promise<Record<ProgrammePractice, string>> {
  const answers = practices.map(async (practice) => {
    const permission = await host.mayRun(practice, person)
    return [practice, permission.outcome === 'allow' ? 'allow' : permission.reason] as const
  })
  return Object.fromEntries(await Promise.all(answers)) as Record<ProgrammePractice, string>
}

function issuedLink({ html }: Seen): string {
  const link = /id="issued-link" href="([^"]+)"/.exec(html)?.[1]
  prove(link !== undefined, 'the new link is shown')
  return link
}

function tokenOf(link: string): string {
  return new URL(link).pathname.split('/').at(-1) ?? ''
}

/** In a browser the token leaves the address bar; over plain HTTP there is none. */
function addressBar({ address }: Seen): string {
  return address.startsWith('/i/') ? '' : `; the token left the address bar, which says ${address}`
}

/** Changes one character in the middle. */
function flip(text: string): string {
  const middle = Math.floor(text.length / 2)
  return `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`
}
