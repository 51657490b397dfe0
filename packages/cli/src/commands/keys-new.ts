/**
 * `surveyseal keys new`: a keyring file.
 *
 * @module
 */

import { generateKeyring } from '@surveyseal/links'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { makeFile } from '../lib/files.js'
import { write } from '../lib/output.js'

/** `surveyseal keys new` */
export const keysNew: Command = defineCommand({
  summary: 'Makes a keyring file with one primary key, readable by its owner only',
  operand: null,
  options: {
    out: { type: 'string', hint: 'FILE', does: 'where; a file that is there already is not touched', required: true },
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ values: { out, json } }, io) {
    const keyring = generateKeyring({ now: io.now() })
    await makeFile(out, 0o600, (write) => write(`${JSON.stringify(keyring, null, 2)}\n`))
    const keys = keyring.keys.map(({ id, status, createdAt }) => ({ id, status, createdAt }))
    await write(io.stdout, json ? `${JSON.stringify({ file: out, keys })}\n` : `${out}: primary key ${keys[0]?.id}\n`)
    return OK
  },
})
