// Asks of links what its plan says, several things at a time, and writes down each question before it is asked and each
// answer after it came. It may be killed at any instant and started again where it was.
import { openSync, readFileSync, writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { createLinkService, type LinkService } from '@surveyseal/links'
import { linkStore } from '../../src/link-store.js'
import type { Sql } from '../../src/sql.js'
import { brokenLinkStore } from '../soak/broken-store.js'
import { invocationInstant, type Request, responseInstant } from '../soak/history.js'
import { type Plan, type Task, tasksOf } from '../soak/plan.js'
import { type SoakService, soakService } from '../soak/service.js'
import { openTarget, readArguments, type Target } from './host.js'

interface Assignment {
  readonly target: Target
  readonly plan: Plan
  readonly worker: number
  /** How many tasks of the plan were answered before. */
  readonly from: number
  readonly log: string
  readonly service: SoakService
  /** One URL a line. */
  readonly urls: string
  readonly broken: boolean
  /** Things under way at once. */
  readonly lanes: number
}

const [{ target, plan, worker, from, log, service, urls: file, broken, lanes }] = readArguments<[Assignment]>()
const sql = await openTarget(target)
const links = createLinkService(soakService(service, (broken ? brokenLinkStore : linkStore)(sql, { tenant: 'acme' })))
const urls = readFileSync(file, 'utf8').split('\n')
const journal = openSync(log, 'a')

const tasks = numbered(tasksOf(plan, worker))
await Promise.all(Array.from({ length: lanes }, work))
process.exit(0)

function* numbered(all: Iterable<Task>): Generator<[number, Task]> {
  let number = 0
  for (const task of all) {
    if (number >= from) yield [number, task]
    number += 1
  }
}

async function work(): Promise<void> {
  for (const [number, { link, request }] of tasks) {
    write(['?', number, link, invocationInstant(), request])
    try {
      const answer = await ask(links, urls[link] as string, request)
      write(['!', number, responseInstant(), answer])
    } catch (error) {
      write(['x', number, responseInstant(), String((error as { code?: unknown }).code ?? error)])
    }
    // Gives way: whoever waits for the lock of a file looks for it only now and then.
    if ('file' in target) await setTimeout(1)
  }
}

async function ask(service: LinkService<Sql>, url: string, request: Request): Promise<string> {
  if (request.kind === 'open') return (await service.open(url)).state
  if (request.kind === 'revoke') return String(await service.revoke({ link: url }))
  if (request.kind === 'audit') throw new TypeError('only the parent audits')
  const { outcome } = await service.submit(url, {
    idempotencyKey: request.key,
    accept: async (tx, { respondent }) => {
      const row = [String(respondent), request.key]
      await tx.query('INSERT INTO answers (link, idempotency_key) VALUES ($1, $2)', row)
    },
  })
  return outcome
}

/** One write, which the system keeps when the process is killed. */
function write(entry: readonly unknown[]): void {
  writeSync(journal, `${JSON.stringify(entry)}\n`)
}
