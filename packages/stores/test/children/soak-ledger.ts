// Appends its share of events, a few at a time, and writes down what was acknowledged after it was. It may be killed at any
// instant and started again: what was not acknowledged is appended once more, with the same salts.
import { createHash } from 'node:crypto'
import { openSync, writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { createLedger, type EntryInput, loadSigner } from '@surveyseal/ledger'
import { ledgerStore } from '../../src/ledger-store.js'
import { forgetfulLedgerStore } from '../soak/forgetful-ledger-store.js'
import { openTarget, readArguments, type Target } from './host.js'

/** What a process is to do. */
export interface LedgerAssignment {
  readonly target: Target
  readonly worker: number
  /** Events of this process that were acknowledged before. */
  readonly from: number
  /** Events of this process. */
  readonly to: number
  readonly journal: string
  readonly signerKey: string
  readonly broken: boolean
}

const [{ target, worker, from, to, journal: file, signerKey, broken }] = readArguments<[LedgerAssignment]>()
const store = ledgerStore(await openTarget(target), { tenant: 'acme' })
const signer = await loadSigner(signerKey)
const ledger = createLedger({ store: broken ? forgetfulLedgerStore(store) : store, signer })
const journal = openSync(file, 'a')

for (let next = from; next < to; ) {
  const count = Math.min(1 + Math.floor(Math.random() * 24), to - next)
  const texts = Array.from({ length: count }, (_, at) => `${worker}-${next + at}`)
  try {
    const entries = await ledger.appendAll(texts.map(eventOf))
    write(entries.map(({ index }, at) => ['e', index, texts[at]]))
    next += count
    // Nobody else signs in between only if the log lets nobody: what is signed here is held against the whole log later.
    if (Math.random() < 0.02) write([['c', await ledger.checkpoint()]])
    if (Math.random() < 0.02) {
      const place = entries[0]?.index ?? 0
      write([['p', place, await ledger.attest(place)]])
    }
  } catch (error) {
    write([['x', String((error as { code?: unknown }).code ?? error)]])
  }
  // Gives way: whoever waits for the lock of a file looks for it only now and then.
  if ('file' in target) await setTimeout(1)
}
process.exit(0)

/** The same text has the same salt in every life of the process. */
function eventOf(text: string): EntryInput {
  const salt = createHash('sha256').update(`${signerKey} ${text}`).digest()
  return { bytes: new TextEncoder().encode(text), salt: Uint8Array.from(salt) }
}

/** One write, which the system keeps when the process is killed. */
function write(lines: readonly (readonly unknown[])[]): void {
  writeSync(journal, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}
