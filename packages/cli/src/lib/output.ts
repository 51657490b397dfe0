/**
 * Writing with back-pressure.
 *
 * @module
 */

import type { Writable } from 'node:stream'

/** Nobody reads any more (`surveyseal … | head`): the command ends without a word. */
export class ReaderGone extends Error {}

/**
 * Writes text and waits for the stream when its buffer is full.
 *
 * @throws {@link ReaderGone} when the other end of a pipe has closed.
 */
export async function write(stream: Writable, text: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === null || error === undefined) resolve()
      else reject('code' in error && error.code === 'EPIPE' ? new ReaderGone() : error)
    })
  })
}
