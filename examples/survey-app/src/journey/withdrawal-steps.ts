/**
 * Changing one’s mind.
 *
 * @module
 */
import { recordsOf } from '../data/records.js'
import type { SeedCustomer } from '../data/seed-customers.js'
import { survey } from '../notice.js'
import { issuedLink } from './desk-steps.js'
import { type Proof, prove, until } from './report.js'
import { deskOf, flip, gateFor, inLanguage, type Scene } from './scene.js'

/** Opening the link withdraws nothing; one press does. */
export async function withdrawByLink(scene: Scene): Promise<Proof> {
  const { host, visitor, margaret, withdrawal, language } = scene
  await visitor.open('/operator/links')
  const issued = await visitor.send('/operator/links/issue', { person: margaret.person, kind: 'opaque' })
  scene.second = issuedLink(issued)
  await visitor.open(inLanguage(withdrawal, language))
  prove((await gateFor(host, margaret.person))['close-the-loop'] === 'allow', 'opening withdraws nothing')
  const page = await visitor.send('/withdraw/link')
  prove(page.address === '/withdrawn' && page.status === 200, 'one press withdraws')
  for (const practice of ['link-answers-to-record', 'close-the-loop', 'share-verbatims']) {
    prove(page.html.includes(`data-stops="${practice}"`), `the page says that ${practice} stops`)
  }
  const gate = await gateFor(host, margaret.person)
  prove(gate['close-the-loop'] === 'withdrawn' && gate['share-verbatims'] === 'withdrawn', 'the gate shuts')
  const answers = await visitor.open('/operator/answers')
  prove(!answers.html.includes('The night crew was splendid'), 'words are withheld')
  await visitor.open(deskOf(margaret))
  return ['gate: close-the-loop allow -> deny (withdrawn), share-verbatims allow -> deny (withdrawn); words withheld']
}

/** What the withdrawal ends is told through the outbox, and done: the call they asked for, the link they had not used. */
export async function readEffects({ host, visitor, margaret, second, language }: Scene): Promise<Proof> {
  await until(async () => (await host.surveyLinks.open(second)).state === 'revoked', 'the open invitation is revoked')
  await until(async () => !(await callsOf(host, margaret)), 'the call is taken off the list')
  prove((await visitor.open(second)).status === 404, 'its link leads nowhere')
  await until(async () => {
    const desk = await visitor.open(inLanguage(deskOf(margaret), language))
    return [...desk.html.matchAll(/data-effect="(\w+)"/g)].length === 4
  }, 'the desk sees what was stopped')
  return ['told through the outbox: one invitation revoked, three practices stopped, the planned call cancelled']
}

/** The receipt is enough, and only the real one is. */
export async function withdrawByReceipt({ host, visitor, helene, receipt, language }: Scene): Promise<Proof> {
  await visitor.open(inLanguage('/withdraw', language))
  const refused = await visitor.send('/withdraw/receipt', { receipt: flip(receipt) })
  prove(refused.status === 422, 'a changed receipt is refused')
  const page = await visitor.send('/withdraw/receipt', { receipt })
  prove(page.address === '/withdrawn' && page.status === 200, 'the receipt withdraws')
  prove((await gateFor(host, helene.person))['share-verbatims'] === 'withdrawn', 'the gate shuts')
  const again = await visitor.open(inLanguage(host.withdrawalLink(helene.person), language))
  prove(again.status === 200 && !again.html.includes('/withdraw/link'), 'there is nothing left to withdraw')
  return ['gate: share-verbatims allow -> deny (withdrawn)']
}

async function callsOf(host: Scene['host'], { person }: SeedCustomer): Promise<boolean> {
  const records = await recordsOf(host.sql, person)
  return records.some((record) => record.survey === survey && record.fields.followUpDetails !== undefined)
}
