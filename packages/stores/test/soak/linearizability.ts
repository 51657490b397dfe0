/**
 * Decides whether what several processes were told by one link could have been told by one that does one thing at a time.
 *
 * Wing and Gong, "Testing and Verifying Concurrent Objects" (1993), with the memory of Lowe, "Testing for Linearizability"
 * (2017): an operation may come next if none that is left over was answered before it was asked, and no set of operations
 * is tried twice in one state. Links do not know of each other, so each has its history by itself, which keeps the search
 * exact.
 */
import type { Operation } from './history.js'
import { type LinkModel, step } from './link-model.js'

/**
 * Whether there is an order of the operations, each at an instant between question and answer, in which the model gives
 * the answers that were given. Operations without an answer are put wherever they help, or left out.
 */
export function isLinearizable(start: LinkModel, history: readonly Operation[]): boolean {
  // An open that was never answered neither told nor changed anything.
  const operations = history.filter(({ kind, answer }) => answer !== null || kind !== 'open')
  return new Search(operations.sort((a, b) => a.invoked - b.invoked)).reaches(start)
}

/** A place in the search: what has been done, and what the link is then. */
interface Place {
  readonly done: bigint
  readonly link: LinkModel
}

class Search {
  readonly #operations: readonly Operation[]
  readonly #answered: bigint
  readonly #seen = new Set<string>()

  constructor(operations: readonly Operation[]) {
    this.#operations = operations
    this.#answered = operations.reduce((set, { answer }, at) => (answer === null ? set : set | bit(at)), 0n)
  }

  reaches(start: LinkModel): boolean {
    const places: Place[] = [{ done: 0n, link: start }]
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      if ((place.done & this.#answered) === this.#answered) return true
      // The last one pushed is tried first: the earliest question, which is mostly right.
      for (const next of this.#after(place).reverse()) if (this.#isNew(next)) places.push(next)
    }
    return false
  }

  #after({ done, link }: Place): Place[] {
    const next: Place[] = []
    const deadline = this.#earliestResponse(done)
    for (const [at, operation] of this.#operations.entries()) {
      if (operation.invoked > deadline) break
      if ((done & bit(at)) !== 0n) continue
      const result = step(link, operation)
      if (operation.answer !== null && operation.answer !== result.answer) continue
      next.push({ done: done | bit(at), link: result.link })
    }
    return next
  }

  /** Whatever was asked after this instant cannot come before the operation that was answered at it. */
  #earliestResponse(done: bigint): number {
    let earliest = Number.POSITIVE_INFINITY
    for (const [at, { responded }] of this.#operations.entries()) {
      if ((done & bit(at)) === 0n && responded < earliest) earliest = responded
    }
    return earliest
  }

  #isNew({ done, link }: Place): boolean {
    const name = `${done} ${link.usesLeft} ${link.revoked} ${[...link.keys].sort()}`
    if (this.#seen.has(name)) return false
    this.#seen.add(name)
    return true
  }
}

function bit(at: number): bigint {
  return 1n << BigInt(at)
}
