/**
 * Changing one’s mind.
 *
 * @module
 */
import { type Proof, prove } from './report.js'
import { deskOf, flip, gateFor, inLanguage, type Scene } from './scene.js'

/** Opening the link withdraws nothing; one press does. */
export async function withdrawByLink({ host, visitor, margaret, withdrawal, language }: Scene): Promise<Proof> {
  await visitor.open(inLanguage(withdrawal, language))
  prove((await gateFor(host, margaret.person))['close-the-loop'] === 'allow', 'opening withdraws nothing')
  const page = await visitor.send('/withdraw/link')
  prove(page.address === '/withdrawn' && page.status === 200, 'one press withdraws')
  const gate = await gateFor(host, margaret.person)
  prove(gate['close-the-loop'] === 'withdrawn' && gate['share-verbatims'] === 'withdrawn', 'the gate shuts')
  const answers = await visitor.open('/operator/answers')
  prove(!answers.html.includes('The night crew was splendid'), 'words are withheld')
  await visitor.open(deskOf(margaret))
  return ['gate: close-the-loop allow -> deny (withdrawn), share-verbatims allow -> deny (withdrawn); words withheld']
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
