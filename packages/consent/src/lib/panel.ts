/**
 * The sheet everything stands on: a title, a place for one message, what it is about, and what happens meanwhile.
 *
 * @module
 */

import type { FormWording } from '../element/form-wording.js'
import { type Content, heading, make, moveTo } from './form-dom.js'
import type { Speech } from './form-speech.js'

/** A sheet on the page. */
export interface Panel {
  readonly root: HTMLElement
  readonly title: HTMLElement
  /** Tells in a live region, without moving the reader. */
  say(content: Content): void
  /** Shows a message above everything, and moves the reader to it. */
  tell(title: keyof FormWording, ...contents: readonly Content[]): void
  /** Takes the message away. */
  clear(): void
  /**
   * Runs a call that has so many milliseconds to answer, and says so meanwhile. False when it failed, which the panel has
   * then told; what comes later than that is not heard.
   */
  run(
    milliseconds: number,
    call: (signal: AbortSignal) => Promise<unknown>,
  ): Promise<{ readonly error: unknown } | null>
}

/** After so many milliseconds the form says that it still waits. */
const SLOW_AFTER = 5000

/** Makes a sheet. */
export function panel(
  { speech, level }: { readonly speech: Speech; readonly level: number },
  words: Content,
  ...contents: readonly HTMLElement[]
): Panel {
  const title = heading(level, 'title', words)
  const problem = make('div', { part: 'problem', role: 'group', 'aria-labelledby': 'problem', hidden: true })
  const status = make('p', { part: 'status', role: 'status' })
  const [first, ...others] = contents
  const made: Panel = {
    title,
    root: make('div', { part: 'form' }, title, first ?? '', problem, ...others, status),
    say: (content) => status.replaceChildren(content),
    tell: (name, ...more) => {
      problem.replaceChildren(make('strong', { id: 'problem' }, speech.say(name)), ...more)
      problem.hidden = false
      moveTo(problem)
    },
    clear: () => {
      problem.hidden = true
    },
    run: async (milliseconds, call) => {
      const busy = (name: 'sending' | 'slow'): void => status.replaceChildren(make('i', {}), speech.say(name))
      busy('sending')
      const slow = setTimeout(busy, SLOW_AFTER, 'slow')
      try {
        const signal = AbortSignal.timeout(milliseconds)
        const late = new Promise((_, reject) => {
          signal.onabort = () => reject(signal.reason)
        })
        await Promise.race([call(signal), late])
        return null
      } catch (error) {
        return { error }
      } finally {
        clearTimeout(slow)
        made.say('')
      }
    },
  }
  return made
}
