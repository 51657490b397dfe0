/**
 * What the totals of a table leave open.
 *
 * @module
 */

/** A count of a table, as an arc of a network in which changes of counts are circulations. */
export interface Cell {
  readonly count: number
  readonly from: number
  readonly to: number
  suppressed: boolean
}

/** One way along an arc: forward the count grows, backward it shrinks. */
interface Step {
  readonly cell: Cell
  readonly forward: boolean
}

/** From one end of a cell's arc to the other, leaving out the arc itself. */
interface Route {
  readonly around: Cell
  readonly source: number
  readonly sink: number
}

/** How much each count changes. */
type Flow = Map<Cell, number>

/** The arcs of a table by their ends. */
export class TableNetwork {
  readonly #steps = new Map<number, Step[]>()

  constructor(cells: readonly Cell[]) {
    for (const cell of cells) {
      this.#stepsFrom(cell.from).push({ cell, forward: true })
      this.#stepsFrom(cell.to).push({ cell, forward: false })
    }
  }

  /**
   * The width of the range a suppressed count may lie in, as far as all that is published tells; no more than `enough`.
   *
   * What a count can grow or shrink by is the largest flow from one end of its arc back to the other through other suppressed
   * counts.
   */
  slack(cell: Cell, enough: number): number {
    const up = this.#largestFlow(growing(cell), enough).amount
    return up + this.#largestFlow(shrinking(cell), Math.min(cell.count, enough - up)).amount
  }

  /** The counts whose suppression widens the range most cheaply, when all that can be done without is used already. */
  cheapestWidening(cell: Cell, enough: number): Cell[] {
    const routes = [growing(cell), ...(cell.count > 0 ? [shrinking(cell)] : [])]
    const paths = routes.map((route) => {
      const most = route.source === cell.to ? enough : Math.min(cell.count, enough)
      const { flow, amount } = this.#largestFlow(route, most)
      return amount < most ? this.#cheapestPath(route, flow) : null
    })
    const found = paths.filter((path) => path !== null)
    const price = (path: readonly Step[]) => path.reduce((sum, step) => sum + costOf(step), 0)
    const [best = []] = found.sort((one, other) => price(one) - price(other))
    return best.map((step) => step.cell)
  }

  /** Augmenting paths through suppressed counts, shortest first. */
  #largestFlow(route: Route, enough: number): { amount: number; flow: Flow } {
    const flow: Flow = new Map()
    let amount = 0
    while (amount < enough) {
      const path = this.#suppressedPath(route, flow)
      if (path === null) break
      const width = Math.min(enough - amount, ...path.map((step) => capacityOf(step, flow)))
      for (const { cell, forward } of path) flow.set(cell, (flow.get(cell) ?? 0) + (forward ? width : -width))
      amount += width
    }
    return { amount, flow }
  }

  #suppressedPath({ around, source, sink }: Route, flow: Flow): Step[] | null {
    const arrivals = new Map<number, Step>()
    const queue = [source]
    for (const node of queue) {
      for (const step of this.#stepsFrom(node)) {
        const { cell } = step
        if (!cell.suppressed || cell === around || capacityOf(step, flow) <= 0) continue
        const next = endOf(step)
        if (next === source || arrivals.has(next)) continue
        arrivals.set(next, step)
        if (next === sink) return traced(arrivals, source, sink)
        queue.push(next)
      }
    }
    return null
  }

  /** Bellman and Ford's algorithm with a queue. */
  #cheapestPath({ around, source, sink }: Route, flow: Flow): Step[] | null {
    const costs = new Map([[source, 0]])
    const arrivals = new Map<number, Step>()
    const queue = [source]
    for (const node of queue) {
      for (const step of this.#stepsFrom(node)) {
        if (step.cell === around || capacityOf(step, flow) <= 0) continue
        const total = (costs.get(node) as number) + costOf(step)
        const next = endOf(step)
        if (total >= (costs.get(next) ?? Number.POSITIVE_INFINITY)) continue
        costs.set(next, total)
        arrivals.set(next, step)
        queue.push(next)
      }
    }
    return arrivals.has(sink) ? traced(arrivals, source, sink) : null
  }

  #stepsFrom(node: number): Step[] {
    const steps = this.#steps.get(node) ?? []
    this.#steps.set(node, steps)
    return steps
  }
}

function growing(around: Cell): Route {
  return { around, source: around.to, sink: around.from }
}

function shrinking(around: Cell): Route {
  return { around, source: around.from, sink: around.to }
}

/** A count can grow without end, and shrink to 0. */
function capacityOf({ cell, forward }: Step, flow: Flow): number {
  return forward ? Number.POSITIVE_INFINITY : cell.count + (flow.get(cell) ?? 0)
}

/** What is lost by a suppression: the count, and the fact that it is there. */
function costOf({ cell }: Step): number {
  return cell.suppressed ? 0 : cell.count + 1
}

function endOf({ cell, forward }: Step): number {
  return forward ? cell.to : cell.from
}

function traced(arrivals: ReadonlyMap<number, Step>, source: number, sink: number): Step[] {
  const path: Step[] = []
  for (let node = sink; node !== source; ) {
    const step = arrivals.get(node) as Step
    path.push(step)
    node = step.forward ? step.cell.from : step.cell.to
  }
  return path
}
