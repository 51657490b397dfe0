/**
 * A clock that stands still.
 *
 * @module
 */

/** A clock to pass where a `clock` option is taken; it moves only when told. */
export interface FixedClock {
  (): Date
  /** Sets it forward, or back by a negative number, in milliseconds. */
  advance(milliseconds: number): void
}

/**
 * Makes a clock that stands at `start` until it is advanced.
 *
 * @param start - What it shows first.
 * @returns The clock.
 */
export function fixedClock(start: Date): FixedClock {
  let time = start.getTime()
  return Object.assign(() => new Date(time), {
    advance(milliseconds: number): void {
      time += milliseconds
    },
  })
}
