import type { Request } from './history.js'

/** What a soak consists of; the same plan asks the same of the same links. */
export interface Plan {
  readonly seed: number
  readonly links: number
  readonly processes: number
}

/** One request of one process to one link. */
export interface Task {
  readonly link: number
  readonly request: Request
}

/** How many uses a link is issued with: one mostly, fewer than will be asked for always. */
export function usesOf({ seed }: Plan, link: number): number {
  const random = randomOf(seed, 'uses', link)
  if (random < 0.02) return 12
  return random < 0.12 ? 3 : 1
}

// Processes take blocks of links in one order, so that they meet, and the links of a block each in an order of its own.
const block = 16

/** What a process asks, in the order in which it does. */
export function* tasksOf(plan: Plan, worker: number): Generator<Task> {
  for (let first = 0; first < plan.links; first += block) {
    const links = Array.from({ length: Math.min(block, plan.links - first) }, (_, at) => first + at)
    const order = (link: number) => randomOf(plan.seed, 'order', worker, link)
    for (const link of links.sort((a, b) => order(a) - order(b))) {
      for (const request of requestsOf(plan, worker, link)) yield { link, request }
    }
  }
}

function* requestsOf(plan: Plan, worker: number, link: number): Generator<Request> {
  const { seed, processes } = plan
  const mostly = (what: string, share: number) => randomOf(seed, what, worker, link) < share
  const own = (use: number): Request => ({ kind: 'submit', key: `own-key-of-${worker}-${use}-${link}` })

  if (mostly('early look', 0.2)) yield { kind: 'open' }
  // One form that reached several servers: whoever comes second must be told that it is known.
  const posted = randomOf(seed, 'posted twice', link) < 0.1
  if (posted && mostly('posted', 0.6)) yield { kind: 'submit', key: `key-of-everybody-${link}` }
  const revoker = randomOf(seed, 'revoker', link) * processes * 20
  if (revoker >= worker && revoker < worker + 1) yield { kind: 'revoke' }
  const submissions = usesOf(plan, link) > 1 ? 3 : 1
  for (let use = 0; use < submissions; use++) yield own(use)
  if (mostly('repeated', 0.15)) yield own(0)
  if (mostly('late look', 0.2)) yield { kind: 'open' }
}

/** A number from 0 to 1 that depends on its name only. FNV-1a, then the last rounds of MurmurHash3. */
function randomOf(...name: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const character of name.join()) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
