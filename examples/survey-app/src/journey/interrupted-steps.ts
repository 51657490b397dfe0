/**
 * The process dies while a person is taken out of the records; whoever comes next finishes it.
 *
 * @module
 */
import { anonymize, previewAnonymization } from '../anonymize.js'
import { listCustomers } from '../data/customers.js'
import { findRecords } from '../data/records.js'
import type { Host } from '../host.js'
import { type Proof, prove } from './report.js'
import { inLanguage, type Scene } from './scene.js'

/** Begun by a process that dies after the first step. */
export async function interruptErasure(scene: Scene): Promise<Proof> {
  const { host, visitor, helene, language } = scene
  await visitor.open(inLanguage(host.rightsLink(helene.person), language))
  await visitor.send('/rights/open')
  await visitor.send('/rights/ask/erasure')
  const asked = await host.requests.ofPerson(host.nameOf(helene.person))
  scene.erasure = asked.find(({ right }) => right === 'erasure')?.id ?? ''
  const preview = await previewAnonymization(host, helene.email, language)
  prove(preview !== null, 'the person is found')
  const { plan } = preview
  const confirmed = plan.records.filter(({ relation }) => relation !== 'dependent').map(({ key }) => key)
  const died = await anonymize(dying(host), { plan, retyped: helene.email, confirmed, kept: [] }, language).then(
    () => false,
    (error: unknown) => error instanceof PowerCut,
  )
  prove(died, 'the process dies')
  prove((await host.erasures.journal.pending()).length === 1, 'what was begun is remembered')
  prove((await findRecords(host.sql, helene)).length > 0, 'and not done')
  return ['died after the first step; the journal remembers what is left, and not whom it is about']
}

/** The page offers it, to whoever knows whom it was about. */
export async function finishErasure(scene: Scene): Promise<Proof> {
  const { host, visitor, helene, erasure, language } = scene
  const page = await visitor.open(inLanguage('/operator/anonymize', language))
  prove(page.html.includes('/operator/anonymize/finish'), 'the page says that something was interrupted')
  const wrong = await visitor.send('/operator/anonymize/finish', { retyped: 'nobody@mail.example' })
  prove(wrong.status === 422 && (await findRecords(host.sql, helene)).length > 0, 'another address finishes nothing')
  const done = await visitor.send('/operator/anonymize/finish', { retyped: helene.email })
  prove(done.status === 200 && done.html.includes('id="certificate"'), 'it is finished, and certified')
  prove((await findRecords(host.sql, helene)).length === 0, 'the address finds nothing')
  prove(!(await listCustomers(host.sql)).some(({ person }) => person === helene.person), 'the customer is gone')
  prove((await host.erasures.journal.pending()).length === 0, 'nothing is under way any more')
  prove((await host.requests.find(erasure))?.state === 'fulfilled', 'what they had asked for is answered')
  const again = await visitor.open(inLanguage('/operator/anonymize', language))
  prove(!again.html.includes('/operator/anonymize/finish'), 'nothing is offered any more')
  return ['refused for another address (422), then finished and certified; the request is answered']
}

/** A receipt still verifies, and there is nothing left to withdraw. */
export async function withdrawErased({ visitor, receipt, language }: Scene): Promise<Proof> {
  await visitor.open(inLanguage('/withdraw', language))
  const page = await visitor.send('/withdraw/receipt', { receipt })
  prove(page.status === 200 && page.html.includes('data-why="erased"'), 'the page says that everything was erased')
  return ['told that everything about them was erased, and that nothing rests on the receipt']
}

class PowerCut extends Error {}

/** The same host, whose process dies when the first step is to be noted as done. */
function dying(host: Host): Host {
  const mark = (): Promise<never> => Promise.reject(new PowerCut())
  return { ...host, erasures: { ...host.erasures, journal: { ...host.erasures.journal, mark } } }
}
