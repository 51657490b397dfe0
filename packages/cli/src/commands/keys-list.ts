/**
 * `surveyseal keys list`: what a keyring holds, its secrets left out.
 *
 * @module
 */

import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { keyringOption, readKeyring } from '../lib/keyring-file.js'
import { write } from '../lib/output.js'

/** `surveyseal keys list` */
export const keysList: Command = defineCommand({
  summary: 'Lists the keys of a keyring file, never their secrets',
  operand: null,
  options: { ...keyringOption, json: { type: 'boolean', does: 'prints one JSON object' } },
  async run({ values }, io) {
    const { keys } = await readKeyring(values.keyring, io)
    const lines = keys.map(
      ({ id, status, createdAt }) => `${String(id).padStart(3)}  ${status.padEnd(8)}  ${createdAt}\n`,
    )
    await write(io.stdout, values.json ? `${JSON.stringify({ keys })}\n` : lines.join(''))
    return OK
  },
})
