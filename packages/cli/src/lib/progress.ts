/**
 * The progress bar.
 *
 * @module
 */

import type { Io } from './io.js'

const WIDTH = 30

/** Shows how far reading has come. */
export interface Progress {
  advance(bytes: number): void
  /** Wipes the bar. */
  end(): void
}

/**
 * Starts a progress bar on a terminal; anywhere else nothing is written.
 *
 * @param stderr - Where to draw.
 * @param total - Bytes to expect, or `null` when that is not known.
 */
export function startProgress(stderr: Io['stderr'], total: number | null): Progress {
  if (stderr.isTTY !== true) return { advance: () => {}, end: () => {} }
  let done = 0
  let drawn = ''
  return {
    advance(bytes) {
      done += bytes
      const bar = total === null || total === 0 ? mebibytes(done) : `${gauge(done / total)} ${mebibytes(done)}`
      if (bar === drawn) return
      drawn = bar
      stderr.write(`\r${bar}`)
    },
    end() {
      if (drawn !== '') stderr.write(`\r${' '.repeat(drawn.length)}\r`)
    },
  }
}

function gauge(fraction: number): string {
  const full = Math.min(WIDTH, Math.floor(fraction * WIDTH))
  const percent = Math.min(100, Math.floor(fraction * 100))
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${String(percent).padStart(3)} %`
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
