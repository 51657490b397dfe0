/**
 * `surveyseal keys rotate`, `keys retire` and `keys revoke`: the life of a key in a keyring file.
 *
 * @module
 */

import { addKey, generateKey, type KeyringDocument, promoteKey, retireKey, revokeKey } from '@surveyseal/links'
import { CliError } from '../errors.js'
import { changeKeyring } from '../lib/change-keyring.js'
import type { Command, ExitCode } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import type { Io } from '../lib/io.js'
import { keyringOption } from '../lib/keyring-file.js'
import { write } from '../lib/output.js'

const json = { type: 'boolean', does: 'prints one JSON object' } as const
const id = { type: 'string', hint: 'N', does: 'the id of the key, as keys list shows it', required: true } as const

/** `surveyseal keys rotate` */
export const keysRotate: Command = defineCommand({
  summary: 'Step 1: adds a key that opens; take the file to every host. Step 2, --promote: seals under it from then on',
  operand: null,
  options: {
    ...keyringOption,
    promote: { type: 'string', hint: 'N', does: 'step 2, when every host has loaded key N; old links keep opening' },
    json,
  },
  async run({ values: { keyring, promote, json } }, io) {
    const step = (document: KeyringDocument): KeyringDocument =>
      promote === undefined
        ? addKey(document, generateKey(nextId(document), { now: io.now() }))
        : promoteKey(document, keyId(promote))
    return change({ keyring, json, step }, io)
  },
})

/** `surveyseal keys retire` */
export const keysRetire: Command = defineCommand({
  summary: 'Retires a key that does not seal any more: its links open, it is never promoted again',
  operand: null,
  options: { ...keyringOption, id, json },
  run: async ({ values: { keyring, id, json } }, io) =>
    change({ keyring, json, step: (document) => retireKey(document, keyId(id)) }, io),
})

/** `surveyseal keys revoke` */
export const keysRevoke: Command = defineCommand({
  summary: 'Revokes a key for good: every link sealed under it is refused, on each host that loads the file',
  operand: null,
  options: { ...keyringOption, id, json },
  run: async ({ values: { keyring, id, json } }, io) =>
    change({ keyring, json, step: (document) => revokeKey(document, keyId(id)) }, io),
})

interface Change {
  readonly keyring: string
  readonly json: boolean | undefined
  step(document: KeyringDocument): KeyringDocument
}

async function change({ keyring, json, step }: Change, io: Io): Promise<ExitCode> {
  const document = await changeKeyring(keyring, step)
  const keys = document.keys.map(({ id, status, createdAt }) => ({ id, status, createdAt }))
  const lines = keys.map(({ id, status }) => `${String(id).padStart(3)}  ${status}\n`)
  await write(io.stdout, json ? `${JSON.stringify({ file: keyring, keys })}\n` : lines.join(''))
  return OK
}

/** One more than any id in the file: the id of a key that was there is not given again. */
function nextId({ keys }: KeyringDocument): number {
  const next = 1 + Math.max(...keys.map(({ id }) => id))
  if (next > 255) throw new CliError('ERR_CLI_USAGE', 'key 255 was the last one: begin a new keyring')
  return next
}

function keyId(text: string): number {
  if (!/^[1-9][0-9]{0,2}$/.test(text)) throw new CliError('ERR_CLI_USAGE', 'a key id is a number from 1 to 255')
  return Number(text)
}
