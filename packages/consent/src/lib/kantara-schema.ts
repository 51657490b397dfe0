/**
 * The members of a Kantara Consent Receipt 1.1, as a schema.
 *
 * @module
 */

import type { JsonSchema } from './json-schema.js'

/** `version` of a receipt. */
export const KANTARA_VERSION = 'KI-CR-v1.1.0'

const text: JsonSchema = { type: 'string', maxLength: 20_000 }
const identifier: JsonSchema = { type: 'string', maxLength: 2048 }
const texts: JsonSchema = { type: 'array', maxItems: 256, items: text }
const flag: JsonSchema = { type: 'boolean' }
const open: JsonSchema = { type: 'object' }

function object(
  required: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  return {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  }
}

const controller = object(
  { piiController: text, contact: text, address: open, email: text, phone: text },
  { onBehalf: flag, piiControllerUrl: text },
)

const purpose: JsonSchema = {
  ...object(
    { consentType: text, purposeCategory: texts, piiCategory: texts, termination: text, thirdPartyDisclosure: flag },
    { purpose: text, primaryPurpose: flag, thirdPartyName: text },
  ),
  if: { properties: { thirdPartyDisclosure: { const: true } }, required: ['thirdPartyDisclosure'] },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
  then: { required: ['thirdPartyName'] },
}

const many = (items: JsonSchema): JsonSchema => ({ type: 'array', minItems: 1, maxItems: 256, items })

const receipt = object(
  {
    version: { ...text, pattern: '^KI-CR-v1\\.1\\.\\d+$' },
    jurisdiction: text,
    consentTimestamp: { type: 'integer', minimum: 0, maximum: 253_402_300_799 },
    collectionMethod: text,
    consentReceiptID: identifier,
    piiPrincipalId: identifier,
    piiControllers: many(controller),
    services: many(object({ service: text, purposes: many(purpose) }, {})),
    policyUrl: text,
    sensitive: flag,
    spiCat: texts,
  },
  { publicKey: text, language: text },
)

/** The schema; it refuses members the specification does not have, and receipts without a controller, service or purpose. */
export function kantaraSchema(): JsonSchema {
  return receipt
}

/** Every member's name. */
export const KANTARA_MEMBERS: readonly string[] = membersOf(receipt)

function membersOf(schema: JsonSchema): readonly string[] {
  const own = Object.entries(schema.properties ?? {})
  return own.flatMap(([name, member]) => [name, ...membersOf(member), ...membersOf(member.items ?? {})])
}
