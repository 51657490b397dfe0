import { randomFillSync } from 'node:crypto'

/** Random bytes drawn 64 KiB at a time. */
export function pooledRandom(length) {
  const pool = Buffer.alloc(65_536)
  let used = pool.length
  return () => {
    if (used + length > pool.length) {
      randomFillSync(pool)
      used = 0
    }
    used += length
    return pool.subarray(used - length, used)
  }
}
