/**
 * What a respondent does, and what someone else may try.
 *
 * @module
 */
import { verifyReceipt } from '@surveyseal/consent'
import { listRecords } from '../data/records.js'
import { lintedNotice, notice } from '../notice.js'
import { type Proof, prove } from './report.js'
import { flip, gateFor, inLanguage, planted, type Scene } from './scene.js'
import type { Seen } from './visitor.js'

/** What a mail scanner does. */
export async function openInertly({ host, sealed }: Scene): Promise<Proof> {
  for (const method of ['HEAD', 'GET', 'GET']) {
    const { status, headers } = await fetch(sealed, { method })
    prove(status === 200, `${method} is answered`)
    prove(headers.get('referrer-policy') === 'no-referrer', 'the address travels nowhere')
    prove(headers.get('cache-control') === 'no-store', 'the page is kept nowhere')
    prove(headers.get('x-robots-tag')?.includes('noindex') === true, 'the page is listed nowhere')
  }
  prove((await host.surveyLinks.open(sealed)).state === 'usable', 'the link is as usable as before')
  return ['HEAD and GET answered 200 and left the link usable; no-referrer, no-store, noindex']
}

/** What another site may try. */
export async function refuseForeign({ host }: Scene): Promise<Proof> {
  const statusOf = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`${host.origin}/operator/links/issue`, { method: 'POST', headers })).status
  prove((await statusOf({ Origin: 'https://elsewhere.example' })) === 403, 'another origin is refused')
  prove((await statusOf({ Origin: host.origin, 'Sec-Fetch-Site': 'cross-site' })) === 403, 'another site is refused')
  prove((await statusOf({})) === 403, 'no origin at all is refused')
  return ['a form sent by another site is refused (403)']
}

/** From the link to the choices. */
export async function showNotice({ host, visitor, sealed, language }: Scene): Promise<Proof> {
  const invite = await visitor.open(inLanguage(sealed, language))
  prove(invite.status === 200, 'the link opens')
  const page = await visitor.send('/respond/claim')
  prove(page.address === '/respond/notice', 'the notice comes before the survey')
  prove(page.ticked === 0, 'nothing is ticked beforehand')
  prove(lintedNotice(host.assess()).length === 0, 'the notice says what its practices demand')
  return [
    `shown with three choices, none made beforehand${addressBar(invite)}`,
    'the notice lacks nothing that lintNotice looks for, in two languages',
  ]
}

/** Two of three uses are permitted. */
export async function signConsent({ host, visitor, language, margaret }: Scene): Promise<Proof> {
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
}

/** The words hold a name and a number, as free text always may. */
export async function answerSurvey({ host, visitor, margaret }: Scene): Promise<Proof> {
  const before = (await listRecords(host.sql)).length
  const page = await visitor.answer({ nps: 9, npsComment: planted, followUpDetails: 'After six, 020 7946 0018' })
  prove(page.address === '/respond/receipt' && page.status === 200, 'the answer is received')
  const records = await listRecords(host.sql)
  prove(records.length === before + 1 && records[0]?.person === margaret.person, 'and kept, matched as permitted')
  return ['kept and the link spent in one transaction']
}

/** A second press, a second tab, a bad connection. */
export async function answerAgain({ host, visitor }: Scene): Promise<Proof> {
  const before = (await listRecords(host.sql)).length
  await visitor.open('/respond/survey')
  const page = await visitor.answer({ nps: 1, npsComment: 'again' })
  prove(page.status === 200 && (await listRecords(host.sql)).length === before, 'a repetition changes nothing')
  return [`“${page.heading.trim()}”, ${before} records as before`]
}

/** A guesser learns nothing from any of them. */
export async function refuseClosed({ host, visitor, sealed }: Scene): Promise<Proof> {
  const used = await visitor.open(sealed)
  const forged = await visitor.open(`${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`)
  const unknown = await visitor.open(`${host.origin}/i/never-issued`)
  prove(
    [used, forged, unknown].every(({ status }) => status === 404),
    'they do not open',
  )
  prove(used.html === forged.html && forged.html === unknown.html, 'and say the same to everyone')
  return ['one page, one status (404), byte for byte the same']
}

/** What the respondent can prove, without asking anybody. */
export async function takeReceipt(scene: Scene): Promise<Proof> {
  const { host, visitor } = scene
  const page = await visitor.open('/respond/receipt')
  scene.withdrawal = /id="withdrawal-link" href="([^"]+)"/.exec(page.html)?.[1] ?? ''
  prove(scene.withdrawal !== '', 'the receipt page holds a withdrawal link')
  scene.receipt = await visitor.download('/respond/receipt.txt')
  const keys = JSON.parse(await visitor.download('/keys.json')) as typeof host.keys.controllerKeys
  const { proved, notProved } = await verifyReceipt(scene.receipt, { keys })
  const broken = verifyReceipt(flip(scene.receipt), { keys }).then(
    () => false,
    () => true,
  )
  prove(await broken, 'one changed character is noticed')
  prove(proved.includes('included-in-log'), 'the receipt proves its place in the log')
  const printed = await visitor.download('/respond/receipt.html')
  prove(printed.includes('<main>') && !printed.includes(scene.receipt), 'a page to print is given')
  return [`verified with the public keys alone`, `proved: ${proved.join(', ')}`, `not proved: ${notProved.join(', ')}`]
}

/** Staff see what the person permitted. */
export async function readAnswers({ visitor, language }: Scene): Promise<Proof> {
  const page = await visitor.open(inLanguage('/operator/answers', language))
  prove(page.html.includes('The night crew was splendid'), 'permitted words are shown')
  prove(page.html.includes('After six, 020 7946 0018'), 'and the call is on the list')
  return ['the words are shown and the call is on the list']
}

/** Someone who permits their words to be read, but no matching. */
export async function answerUnmatched(scene: Scene): Promise<Proof> {
  const { host, visitor, opaque } = scene
  await visitor.open(opaque)
  await visitor.send('/respond/claim')
  await visitor.choose({ 'follow-up': 'refused', verbatims: 'given', insights: 'refused' })
  const page = await visitor.answer({ nps: 7, npsComment: 'Une belle traversée.' })
  prove(page.address === '/respond/receipt', 'the answer is received')
  const [record] = await listRecords(host.sql)
  prove(record?.person === null && record.fields.email === undefined, 'it is kept without any reference to them')
  scene.receipt = await visitor.download('/respond/receipt.txt')
  return ['refused the matching: the answer is kept without name, address or reference']
}

/** In a browser the token leaves the address bar; over plain HTTP there is none. */
function addressBar({ address }: Seen): string {
  return address.startsWith('/i/') ? '' : `; the token left the address bar, which says ${address}`
}
