import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createLinkService } from '@surveyseal/links'
import { linkStore } from '../../src/link-store.js'
import { migrate } from '../../src/migrate.js'
import type { Children } from '../support/children.js'
import type { TestDatabase } from '../support/engines.js'
import { auditAnswer, invocationInstant, type Operation, responseInstant } from './history.js'
import { type Journal, readJournal } from './journal.js'
import { isLinearizable } from './linearizability.js'
import { type Plan, usesOf } from './plan.js'
import { type SoakService, soakService } from './service.js'

/** What is raced on, by whom, and how roughly. */
export interface SoakOptions {
  readonly plan: Plan
  readonly database: TestDatabase
  readonly children: Children
  /** How often one of the processes is killed and started again. */
  readonly kills: number
  /** Whether they run the store of the negative control. */
  readonly broken?: boolean
}

/** What came of a soak. */
export interface SoakReport {
  readonly operations: number
  readonly spent: number
  /** Operations that were never answered. */
  readonly pending: number
  readonly kills: number
  readonly failures: Readonly<Record<string, number>>
  /** Links whose history and last state no order of its operations explains. */
  readonly unexplained: readonly number[]
  /** Links with more answers than uses, counted without the checker. */
  readonly overspent: readonly number[]
  /** Acknowledged spends without exactly one answer, counted without the checker. */
  readonly withoutAnswer: number
  readonly seconds: number
}

/** Races processes for the same links, then holds what each link told and what the tables hold against the model. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const directory = mkdtempSync(join(tmpdir(), 'surveyseal-soak-'))
  try {
    const { service, urls } = await issueLinks(options, directory)
    const started = performance.now()
    const { journals, kills } = await race(options, { directory, service, urls })
    const seconds = (performance.now() - started) / 1000
    return { ...(await judge(options, journals)), kills, seconds }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function issueLinks({ plan, database }: SoakOptions, directory: string) {
  const { sql } = database
  await migrate(sql)
  await sql.query('CREATE TABLE answers (link TEXT NOT NULL, idempotency_key TEXT NOT NULL)')
  const service: SoakService = { survey: 'soak', pepper: randomBytes(32).toString('hex') }
  const links = createLinkService(soakService(service, linkStore(sql, { tenant: 'acme' })))
  const invitations = Array.from({ length: plan.links }, (_, link) => ({
    respondent: nameOf(link),
    uses: usesOf(plan, link),
  }))
  const lines: string[] = []
  for await (const { url } of links.issue(invitations)) lines.push(url)
  const urls = join(directory, 'urls')
  writeFileSync(urls, lines.join('\n'))
  return { service, urls }
}

interface Course {
  readonly directory: string
  readonly service: SoakService
  readonly urls: string
}

/** Runs every process to its end, killing one now and then; a killed one is started again where it was. */
async function race(options: SoakOptions, course: Course) {
  const { plan, kills } = options
  const runners = Array.from({ length: plan.processes }, (_, worker) => new Runner(options, course, worker))
  const ends = Promise.all(runners.map((runner) => runner.run()))
  let over = false
  const end = ends.finally(() => {
    over = true
  })
  end.catch(() => undefined)
  let killed = 0
  // Spread over the whole course by what has been written, whatever the speed of the machine.
  const total = plan.links * plan.processes * bytesOfTask
  while (!over && killed < kills) {
    await setTimeout(5)
    const written = runners.reduce((sum, runner) => sum + runner.written(), 0)
    if (written < ((killed + 0.5) / kills) * total) continue
    const victim = runners[Math.floor(Math.random() * runners.length)]
    if (victim?.kill() === true) killed += 1
  }
  return { journals: (await end).flat(), kills: killed }
}

// A question and its answer in a journal, about; a process asks each link once and a half.
const bytesOfTask = 130

class Runner {
  readonly #options: SoakOptions
  readonly #course: Course
  readonly #worker: number
  readonly #logs: string[] = []
  #kill: (() => boolean) | undefined

  constructor(options: SoakOptions, course: Course, worker: number) {
    this.#options = options
    this.#course = course
    this.#worker = worker
  }

  async run(): Promise<readonly Journal[]> {
    const journals: Journal[] = []
    for (let from = 0; ; ) {
      const log = join(this.#course.directory, `${this.#worker}-${this.#logs.length}.log`)
      this.#logs.push(log)
      const code = await this.#live(log, from)
      if (existsSync(log)) {
        const journal = readJournal(log, from)
        journals.push(journal)
        from = journal.answered
      }
      if (code === 0) return journals
    }
  }

  kill(): boolean {
    return this.#kill?.() ?? false
  }

  written(): number {
    return this.#logs.reduce((sum, log) => sum + (existsSync(log) ? statSync(log).size : 0), 0)
  }

  async #live(log: string, from: number): Promise<number | null> {
    const { plan, database, children, broken = false } = this.#options
    const { service, urls } = this.#course
    const { target } = database
    const lanes = 'file' in target ? 2 : 4
    const assignment = { target, plan, worker: this.#worker, from, log, service, urls, broken, lanes }
    const child = children.spawn('soak', { args: [assignment] })
    this.#kill = () => existsSync(log) && child.process.kill('SIGKILL')
    const code = await child.exit
    this.#kill = undefined
    if (code !== 0 && child.process.signalCode !== 'SIGKILL') throw new Error(`a process failed: ${child.errors()}`)
    return code
  }
}

async function judge({ plan, database }: SoakOptions, journals: readonly Journal[]) {
  const histories = Array.from({ length: plan.links }, (): Operation[] => [])
  for (const { operations } of journals) {
    for (const { link, operation } of operations) histories[link]?.push(operation)
  }
  const answers = await audit(database, histories)
  const unexplained: number[] = []
  const overspent: number[] = []
  let withoutAnswer = 0
  for (const [link, history] of histories.entries()) {
    const usesLeft = usesOf(plan, link)
    const given = answers[link] ?? []
    if (given.length > usesLeft) overspent.push(link)
    withoutAnswer += spentKeys(history).filter((key) => given.filter((other) => other === key).length !== 1).length
    if (!isLinearizable({ usesLeft, revoked: false, keys: [] }, history)) unexplained.push(link)
  }
  const all = histories.flat()
  return {
    operations: all.filter(({ kind }) => kind !== 'audit').length,
    spent: all.filter(({ answer }) => answer === 'spent').length,
    pending: all.filter(({ answer }) => answer === null).length,
    failures: Object.fromEntries(sum(journals.map(({ failures }) => failures))),
    unexplained,
    overspent,
    withoutAnswer,
  }
}

/** Adds to every history what the tables hold in the end. Returns the keys of the host's answers, by link. */
async function audit({ sql }: TestDatabase, histories: Operation[][]): Promise<readonly string[][]> {
  const invoked = invocationInstant()
  const answers = histories.map((): string[] => [])
  for (const { link, idempotency_key } of await sql.query('SELECT link, idempotency_key FROM answers')) {
    answers[numberOf(link)]?.push(String(idempotency_key))
  }
  const rows = await sql.query('SELECT respondent, uses_left, revoked_at FROM surveyseal_links')
  for (const { respondent, uses_left, revoked_at } of rows) {
    const link = numberOf(respondent)
    const answer = auditAnswer(Number(uses_left), revoked_at !== null, answers[link] ?? [])
    histories[link]?.push({ kind: 'audit', invoked, responded: responseInstant(), answer })
  }
  return answers
}

function spentKeys(history: readonly Operation[]): readonly string[] {
  return history.flatMap((operation) =>
    operation.kind === 'submit' && operation.answer === 'spent' ? [operation.key] : [],
  )
}

function sum(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const total = new Map<string, number>()
  for (const [name, count] of counts.flatMap((each) => [...each])) total.set(name, (total.get(name) ?? 0) + count)
  return total
}

function nameOf(link: number): string {
  return `invitee-${link}`
}

function numberOf(name: unknown): number {
  return Number(String(name).slice('invitee-'.length))
}
