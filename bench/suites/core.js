// What is done to records and texts, and how much risk is left.
import { anonymizeNdjson } from './core/anonymize-ndjson.js'
import { anonymizeRecord } from './core/anonymize-record.js'
import { disclosure } from './core/disclosure.js'
import { pushdown } from './core/pushdown.js'
import { redaction } from './core/redact.js'

/** @type {import('../harness.js').Suite} */
export const core = { name: 'core', parts: [anonymizeRecord, anonymizeNdjson, redaction, disclosure, pushdown] }
