/**
 * `surveyseal consent validate`: a consent record or receipt of another system.
 *
 * @module
 */

import { type RecordValidation, validateConsentRecord } from '@surveyseal/consent/export'
import type { Command } from '../lib/command.js'
import { defineCommand, FINDINGS, OK } from '../lib/command.js'
import { FINDING_WORDS } from '../lib/finding-words.js'
import { readText } from '../lib/input.js'
import { write } from '../lib/output.js'

/** `surveyseal consent validate FILE` */
export const consentValidate: Command = defineCommand({
  summary: 'Checks a consent record or receipt of ISO/IEC TS 27560 (JSON-LD with DPV), or a Kantara receipt 1.1',
  operand: 'FILE',
  options: { json: { type: 'boolean', does: 'prints one JSON object: {"valid","format","findings"}' } },
  async run({ operand, values }, io) {
    const validation = validateConsentRecord(await readText(operand, io))
    await write(io.stdout, values.json ? `${JSON.stringify(validation)}\n` : textOf(validation))
    return validation.valid ? OK : FINDINGS
  },
})

/** Findings hold no value of the document, and only names that the formats have. */
function textOf({ valid, format, findings }: RecordValidation): string {
  const verdict = valid ? 'valid' : 'refused'
  const isUnread = findings.some(({ code, path }) => code === 'not-json' && path === '')
  const lines = findings.map(
    ({ severity, code, path }) => `${severity}: ${code} ${path === '' ? '/' : path} (${FINDING_WORDS[code]})`,
  )
  return [isUnread ? verdict : `${verdict}: ${NAMES[format]}`, ...lines, ''].join('\n')
}

const NAMES = { 27560: 'ISO/IEC TS 27560', kantara: 'Kantara Consent Receipt 1.1' } as const
