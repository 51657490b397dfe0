/**
 * The options of the handlers, checked once.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { ConsentHandlersOptions, ConsentStep } from '../consent-handlers.js'

const DEFAULT_MAX_BODY_BYTES = 800_000

/** What every step works with. */
export interface Settings<Tx> {
  readonly options: ConsentHandlersOptions<Tx>
  /** Whose pages may post. */
  readonly origins: ReadonlySet<string>
  readonly maxBodyBytes: number
}

/** Checks the options. */
export function readSettings<Tx>(options: ConsentHandlersOptions<Tx>): Settings<Tx> {
  const { consents, identify, origin, origins = [], maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options
  if (typeof consents?.record !== 'function') throw invalidArgumentType('consents', 'ConsentService', consents)
  if (typeof identify !== 'function') throw invalidArgumentType('identify', 'function', identify)
  if (!Number.isSafeInteger(maxBodyBytes) || maxBodyBytes < 1) {
    throw invalidArgumentValue('maxBodyBytes', 'a positive integer')
  }
  return { options, origins: new Set([origin, ...origins].map(originArgument)), maxBodyBytes }
}

/** Tells the host of a failure; a failing log changes nothing for the person. */
export function report({ options }: Settings<never>, error: unknown, step: ConsentStep): void {
  try {
    options.onError?.(error, step)
  } catch {
    // There is nobody left to tell.
  }
}

function originArgument(origin: string): string {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    throw invalidArgumentValue('origins', 'origins such as https://app.example')
  }
  return origin
}
