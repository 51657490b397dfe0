/**
 * `surveyseal keys new`: a keyring file, or a pepper file.
 *
 * @module
 */

import { generateKeyring } from '@surveyseal/links'
import type { Command } from '../lib/command.js'
import { defineCommand, OK } from '../lib/command.js'
import { makeFile } from '../lib/files.js'
import { write } from '../lib/output.js'
import { generatePeppers } from '../lib/pepper-file.js'

/** `surveyseal keys new` */
export const keysNew: Command = defineCommand({
  summary: 'Makes a keyring file with one primary key, or a pepper file, readable by its owner only',
  operand: null,
  options: {
    out: { type: 'string', hint: 'FILE', does: 'where; a file that is there already is not touched', required: true },
    pepper: {
      type: 'boolean',
      does: 'a pepper for opaque links instead of a keyring: keep it apart from the database',
    },
    json: { type: 'boolean', does: 'prints one JSON object' },
  },
  async run({ values: { out, pepper, json } }, io) {
    const { content, shown, line } = pepper ? newPepper(io.now()) : newKeyring(io.now())
    await makeFile(out, 0o600, (write) => write(content))
    await write(io.stdout, json ? `${JSON.stringify({ file: out, ...shown })}\n` : `${out}: ${line}\n`)
    return OK
  },
})

/** What goes into the file, and what may be shown of it. */
interface Made {
  readonly content: string
  readonly shown: Readonly<Record<string, unknown>>
  readonly line: string
}

function newKeyring(now: Date): Made {
  const keyring = generateKeyring({ now })
  const keys = keyring.keys.map(({ id, status, createdAt }) => ({ id, status, createdAt }))
  return { content: `${JSON.stringify(keyring, null, 2)}\n`, shown: { keys }, line: `primary key ${keys[0]?.id}` }
}

function newPepper(now: Date): Made {
  const { id, text } = generatePeppers(now)
  return { content: text, shown: { peppers: [{ id }] }, line: `pepper ${id}` }
}
