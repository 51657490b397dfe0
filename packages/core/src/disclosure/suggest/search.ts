/**
 * Looking for what to generalise.
 *
 * @module
 */

import type { Outcomes, State } from './outcomes.js'

/** After so many tuples were recoded, a good answer is good enough. */
const PATIENCE = 2 ** 24

/** Losses are sums of rounded shares. */
const NOTHING = 1e-12

/** One change of a state. */
interface Move {
  readonly column: number
  readonly rung: number
  /** The state's loss after it. */
  readonly loss: number
}

/**
 * Searches from both ends, and keeps the better: changes one column after the other until nobody is below `k`, and takes back one
 * change after the other from where everything is masked. Then tries whether one change more saves others. Of the state it ends
 * in, no column can be left more precise without more persons below `k`.
 */
export class Search {
  readonly #outcomes: Outcomes
  readonly #maxLoss: number

  constructor(outcomes: Outcomes, maxLoss: number) {
    this.#outcomes = outcomes
    this.#maxLoss = maxLoss + NOTHING
  }

  best(): State {
    const climbed = this.#lowered(this.#climbed())
    const descended = this.#lowered(this.#outcomes.ladders.map(({ length }) => length - 1))
    return this.#improved(this.#isBetter(descended, climbed) ? descended : climbed)
  }

  /** Fewer persons below, within the bound, or as many for less. */
  #isBetter(one: State, another: State): boolean {
    const [loss, below] = [this.#outcomes.loss(one), this.#outcomes.of(one).below]
    if (loss > this.#maxLoss) return false
    const other = this.#outcomes.of(another).below
    return below < other || (below === other && loss < this.#outcomes.loss(another) - NOTHING)
  }

  /** Changes one column after the other until nobody is below, or nothing helps within the bound. */
  #climbed(): State {
    let state: State = this.#outcomes.ladders.map(() => 0)
    while (this.#outcomes.of(state).below > 0) {
      const next = this.#mostHelpful(state)
      if (next === null) return state
      state = next
    }
    return state
  }

  /** What helps most persons for what it loses; what helps nobody yet is taken when nothing else is left. */
  #mostHelpful(state: State): State | null {
    let best: { state: State; worth: number } | null = null
    const { below } = this.#outcomes.of(state)
    const lost = this.#outcomes.loss(state)
    for (const { column, rung, loss } of this.#moves(state)) {
      if (rung < (state[column] as number) || loss > this.#maxLoss) continue
      const next = state.with(column, rung)
      const helped = below - this.#outcomes.of(next).below
      const worth = (helped + 1e-3) / (Math.max(0, loss - lost) + 1e-6)
      if (helped >= 0 && (best === null || worth > best.worth)) best = { state: next, worth }
    }
    return best?.state ?? null
  }

  /** Takes back what saves most, one change after the other, until no single one can be taken back. */
  #lowered(state: State, kept?: number): State {
    const { below } = this.#outcomes.of(state)
    const isPossible = (lower: State) => this.#outcomes.of(lower).below <= below
    let [low, refused] = [state, new Set<string>()]
    for (;;) {
      const loss = this.#outcomes.loss(low) - NOTHING
      const tried = this.#moves(low).filter((move) => move.loss < loss && move.column !== kept)
      const move = tried.find((move) => {
        const key = `${move.column} ${move.rung}`
        const isRefused = refused.has(key) || !isPossible(low.with(move.column, move.rung))
        if (isRefused) refused.add(key)
        return !isRefused
      })
      if (move !== undefined) low = low.with(move.column, move.rung)
      // What was refused once is seldom possible later on, but it may be: rungs do not nest.
      else if (refused.size === 0 || low === state) return low
      else [state, refused] = [low, new Set()]
    }
  }

  /** Loses more in one column where that saves more in the others. */
  #improved(state: State): State {
    const enough = this.#outcomes.recoded + PATIENCE
    let best = state
    for (let isBetter = true; isBetter; ) {
      isBetter = false
      for (const { column, rung, loss } of this.#moves(best)) {
        if (loss <= this.#outcomes.loss(best) || this.#outcomes.recoded > enough) continue
        const other = this.#lowered(this.#lowered(best.with(column, rung), column))
        isBetter = this.#isBetter(other, best)
        if (isBetter) best = other
        if (isBetter) break
      }
    }
    return best
  }

  /** Every change of one column, from the least loss to the most. */
  #moves(state: State): Move[] {
    return this.#outcomes.ladders
      .flatMap((ladder, column) =>
        Array.from(ladder.keys(), (rung) => ({ column, rung, loss: this.#outcomes.loss(state.with(column, rung)) })),
      )
      .filter(({ column, rung }) => rung !== state[column])
      .sort((one, other) => one.loss - other.loss)
  }
}
