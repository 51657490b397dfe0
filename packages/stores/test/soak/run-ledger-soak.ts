import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { generateLedgerKeys, type LedgerStore, verifyLedger } from '@surveyseal/ledger'
import { verifyTlogProof } from '@surveyseal/ledger/verify'
import { ledgerStore } from '../../src/ledger-store.js'
import { migrate } from '../../src/migrate.js'
import type { Sql } from '../../src/sql.js'
import type { LedgerAssignment } from '../children/soak-ledger.js'
import type { Children } from '../support/children.js'
import type { TestDatabase } from '../support/engines.js'

/** What is appended, by how many, and how roughly. */
export interface LedgerSoakOptions {
  /** Events, shared out evenly. */
  readonly events: number
  readonly processes: number
  /** How often one of the processes is killed and started again. */
  readonly kills: number
  readonly database: TestDatabase
  readonly children: Children
  /** Whether they run the store of the negative control. */
  readonly broken?: boolean
}

/** What came of a soak. */
export interface LedgerSoakReport {
  /** Entries of the log in the end. */
  readonly size: number
  readonly acknowledged: number
  readonly kills: number
  readonly failures: Readonly<Record<string, number>>
  /** Acknowledged events that are not at the place that was told; a few of them. */
  readonly lost: readonly string[]
  /** Events that are in the log more than once, or were never to be appended. */
  readonly surplus: number
  /** What `verifyLedger` said with every checkpoint that was signed meanwhile: `verified`, or a code. */
  readonly verdict: string
  readonly checkpoints: number
  /** Proofs given out meanwhile, and those among them that do not hold. */
  readonly proofs: number
  readonly brokenProofs: number
  readonly seconds: number
}

const LOG = 'soak.example/events'

/** Lets processes append at once, kills them at random, then holds the log against what was acknowledged. */
export async function runLedgerSoak(options: LedgerSoakOptions): Promise<LedgerSoakReport> {
  const directory = mkdtempSync(join(tmpdir(), 'surveyseal-soak-'))
  try {
    await migrate(options.database.sql)
    const { signerKey, verifierKey } = await generateLedgerKeys(LOG)
    const started = performance.now()
    const { journals, kills } = await race(options, { directory, signerKey })
    const seconds = (performance.now() - started) / 1000
    return { ...(await judge(options, journals.map(readJournal), verifierKey)), kills, seconds }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Runs every process to its end, killing one now and then; a killed one is started again where it was. */
async function race(options: LedgerSoakOptions, course: { directory: string; signerKey: string }) {
  const runners = Array.from({ length: options.processes }, (_, worker) => new Runner(options, course, worker))
  let over = false
  const end = Promise.all(runners.map((runner) => runner.run())).finally(() => {
    over = true
  })
  end.catch(() => undefined)
  let killed = 0
  let next = Math.random()
  while (!over && killed < options.kills) {
    await setTimeout(5)
    const written = runners.reduce((sum, runner) => sum + runner.written(), 0)
    if (written / (options.events * bytesOfEvent) < next / options.kills) continue
    if (runners[Math.floor(Math.random() * runners.length)]?.kill() !== true) continue
    killed += 1
    next = killed + Math.random()
  }
  await end
  return { journals: runners.map(({ journal }) => journal), kills: killed }
}

// A line of a journal, about.
const bytesOfEvent = 15

class Runner {
  readonly journal: string
  readonly #options: LedgerSoakOptions
  readonly #signerKey: string
  readonly #worker: number
  #kill: (() => boolean) | undefined

  constructor(options: LedgerSoakOptions, course: { directory: string; signerKey: string }, worker: number) {
    this.#options = options
    this.#signerKey = course.signerKey
    this.#worker = worker
    this.journal = join(course.directory, `${worker}.log`)
  }

  async run(): Promise<void> {
    while ((await this.#live()) !== 0);
  }

  /** Only a process that has written since it was born is killed, or none would ever get further. */
  kill(): boolean {
    return this.#kill?.() ?? false
  }

  written(): number {
    return existsSync(this.journal) ? statSync(this.journal).size : 0
  }

  async #live(): Promise<number | null> {
    const { database, children, events, processes, broken = false } = this.#options
    const from = existsSync(this.journal) ? readJournal(this.journal).events.length : 0
    const assignment: LedgerAssignment = {
      target: database.target,
      ...{
        worker: this.#worker,
        from,
        to: events / processes,
        journal: this.journal,
        signerKey: this.#signerKey,
        broken,
      },
    }
    const before = this.written()
    const child = children.spawn('soak-ledger', { args: [assignment] })
    this.#kill = () => this.written() > before && child.process.kill('SIGKILL')
    const code = await child.exit
    this.#kill = undefined
    if (code !== 0 && child.process.signalCode !== 'SIGKILL') throw new Error(`a process failed: ${child.errors()}`)
    return code
  }
}

interface Journal {
  readonly events: readonly { readonly index: number; readonly text: string }[]
  readonly checkpoints: readonly string[]
  readonly proofs: readonly { readonly index: number; readonly proof: string }[]
  readonly failures: readonly string[]
}

type Line = ['e', number, string] | ['c', string] | ['p', number, string] | ['x', string]

/** Reads what was acknowledged. A process is killed between two writes, so every line is whole. */
function readJournal(file: string): Journal {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
  return {
    events: lines.flatMap((line) => (line[0] === 'e' ? [{ index: line[1], text: line[2] }] : [])),
    checkpoints: lines.flatMap((line) => (line[0] === 'c' ? [line[1]] : [])),
    proofs: lines.flatMap((line) => (line[0] === 'p' ? [{ index: line[1], proof: line[2] }] : [])),
    failures: lines.flatMap((line) => (line[0] === 'x' ? [line[1]] : [])),
  }
}

async function judge({ database, events, processes }: LedgerSoakOptions, journals: readonly Journal[], key: string) {
  const store = ledgerStore(database.sql, { tenant: 'acme' })
  const { size } = await store.head(LOG)
  const texts = await textsOf(store, size)
  const acknowledged = journals.flatMap((journal) => journal.events)
  const lost = acknowledged.filter(({ index, text }) => texts[index] !== text).map(({ text }) => text)
  const known = journals.flatMap(({ checkpoints }) => checkpoints)
  const expected = new Set(Array.from({ length: events }, (_, at) => `${at % processes}-${Math.floor(at / processes)}`))
  const proofs = journals.flatMap((journal) => journal.proofs)
  const failures = journals.flatMap((journal) => journal.failures)
  return {
    size,
    acknowledged: acknowledged.length,
    failures: Object.fromEntries(failures.map((code) => [code, failures.filter((other) => other === code).length])),
    lost,
    surplus: texts.filter((text) => !expected.delete(text)).length,
    verdict: await verifyLedger(store, { policy: { log: key }, known }).then(
      () => 'verified',
      (error: unknown) => String((error as { code?: unknown }).code ?? error),
    ),
    checkpoints: known.length,
    proofs: proofs.length,
    brokenProofs: await countBroken(store, { proofs, key }),
  }
}

async function textsOf(store: LedgerStore<Sql>, size: number): Promise<readonly string[]> {
  const texts: string[] = []
  while (texts.length < size) {
    const entries = await store.entries(LOG, { from: texts.length, to: texts.length + 1024 })
    texts.push(...entries.map(({ bytes }) => new TextDecoder().decode(bytes ?? new Uint8Array())))
    if (entries.length === 0) break
  }
  return texts
}

async function countBroken(
  store: LedgerStore<Sql>,
  { proofs, key }: { proofs: Journal['proofs']; key: string },
): Promise<number> {
  const commitments = await store.commitments(
    LOG,
    proofs.map(({ index }) => index),
  )
  const verdicts = proofs.map(({ proof }, at) =>
    verifyTlogProof(proof, { entry: commitments[at] ?? new Uint8Array(32), policy: { log: key } }).then(
      () => 0,
      () => 1,
    ),
  )
  return (await Promise.all(verdicts)).reduce<number>((sum, one) => sum + one, 0)
}
