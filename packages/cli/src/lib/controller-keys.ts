/**
 * The published keys of a controller, from a file.
 *
 * @module
 */

import type { ControllerKey, ControllerKeys } from '@surveyseal/consent'
import { CliError } from '../errors.js'
import { readJson } from './input.js'
import type { Io } from './io.js'

const MEMBERS = ['kid', 'kty', 'crv', 'x', 'y'] as const

/**
 * Reads a JSON Web Key Set. Keys of other kinds are passed over, as RFC 7517 §5 says; its member `logs` holds verifier keys of logs.
 *
 * @throws {@link CliError} those of `readJson`, and `ERR_CLI_JSON_MALFORMED`
 */
export async function readControllerKeys(path: string, io: Io): Promise<ControllerKeys> {
  const set = await readJson(path, io)
  const { keys, logs = [] }: { keys?: unknown; logs?: unknown } = isObject(set) ? set : {}
  if (!Array.isArray(keys) || !Array.isArray(logs) || !logs.every((log) => typeof log === 'string')) {
    throw new CliError('ERR_CLI_JSON_MALFORMED', `${JSON.stringify(path)} is not a JSON Web Key Set`)
  }
  return { keys: keys.filter(isControllerKey), logs }
}

function isControllerKey(key: unknown): key is ControllerKey {
  return (
    isObject(key) &&
    key['kty'] === 'EC' &&
    key['crv'] === 'P-256' &&
    MEMBERS.every((member) => typeof key[member] === 'string')
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
