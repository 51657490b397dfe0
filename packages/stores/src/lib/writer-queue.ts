import { StoreError } from '../errors.js'

interface Waiting {
  readonly enter: () => void
  readonly giveUp: (error: StoreError) => void
}

/**
 * Lets one writer of this process in at a time, in the order of arrival.
 *
 * Whoever waits gives up when a single writer stays inside for `patience` milliseconds, just as one in another process
 * would; that also ends a writer that waits for itself. A long queue that moves is no reason to give up.
 */
export class WriterQueue {
  readonly #patience: number
  #occupied = false
  #waiting: Waiting[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(patience: number) {
    this.#patience = patience
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.#enter()
    try {
      return await task()
    } finally {
      this.#leave()
    }
  }

  #enter(): Promise<void> {
    if (!this.#occupied) {
      this.#occupied = true
      return Promise.resolve()
    }
    return new Promise((enter, giveUp) => {
      this.#waiting.push({ enter, giveUp })
      this.#timer ??= setTimeout(() => this.#giveUp(), this.#patience)
    })
  }

  #leave(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const next = this.#waiting.shift()
    if (next === undefined) {
      this.#occupied = false
      return
    }
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#giveUp(), this.#patience)
    next.enter()
  }

  #giveUp(): void {
    this.#timer = undefined
    const waiting = this.#waiting
    this.#waiting = []
    for (const { giveUp } of waiting) {
      giveUp(new StoreError('ERR_STORE_BUSY', 'another transaction of this process did not end in time'))
    }
  }
}
