import {
  type ConsentLedger,
  type ControllerKeys,
  refreshReceipt,
  type VerifyReceiptOptions,
  verifyReceipt,
} from '@surveyseal/consent'
import { cosignCheckpoint, createLedger, generateLedgerKeys, type LedgerStore, loadSigner } from '@surveyseal/ledger'
import { memoryLedgerStore } from '@surveyseal/ledger/testing'
import { base64url } from 'jose'
import { SUBJECT, SURVEY } from './fixtures.js'
import { createWorld } from './service.js'

export const logKeys = await generateLedgerKeys('feedback.example/consents')
const logSigner = await loadSigner(logKeys.signerKey)
export const witnesses = await Promise.all(
  ['one.example', 'two.example'].map((name) => generateLedgerKeys(name, { kind: 'cosignature' })),
)
export const WITNESSED_AT = new Date('2026-03-02T12:00:00Z')
export const witnessKeys = witnesses.map(({ verifierKey }) => verifierKey)

/** A log in memory; `grow` adds commitments of other people's events. */
export function createLog(store: LedgerStore<unknown> = memoryLedgerStore()) {
  const ledger = createLedger({ store, signer: logSigner })
  const consentLedger: ConsentLedger<unknown> = {
    commit: async (hash) => void (await ledger.commitAll([base64url.decode(hash)])),
    erase: async (hash) => {
      const index = await ledger.find(base64url.decode(hash))
      if (index !== null) await ledger.erase(index, { of: 'consent event' })
    },
    attest: async (hash) => ledger.attest((await ledger.find(base64url.decode(hash))) ?? -1),
  }
  return {
    store,
    ledger,
    consentLedger,
    grow: (count: number) =>
      ledger.commitAll(Array.from({ length: count }, () => crypto.getRandomValues(new Uint8Array(32)))),
    async witness(by = witnesses, at = WITNESSED_AT) {
      let note = await ledger.checkpoint()
      for (const { signerKey } of by) {
        note = await cosignCheckpoint(note, { signer: await loadSigner(signerKey), at })
      }
      await ledger.keepCheckpoint(note)
      return note
    },
  }
}

export async function createLoggedWorld() {
  const log = createLog()
  const world = await createWorld({ ledger: log.consentLedger })
  const keys: ControllerKeys = { ...world.keys, logs: [logKeys.verifierKey] }
  const refresh = (receipt: string, ledger = log.consentLedger) =>
    refreshReceipt(receipt, { keys, signer: world.signer, ledger })
  const verify = (receipt: string, options: Omit<VerifyReceiptOptions, 'keys'> = {}) =>
    verifyReceipt(receipt, { keys, ...options })
  const withdraw = () => world.service.withdraw({ subject: SUBJECT, survey: SURVEY, via: 'operator' })
  return { ...world, log, keys, refresh, verify, withdraw }
}
