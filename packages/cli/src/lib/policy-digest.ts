/**
 * The name of a policy's content.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import type { Policy } from '@surveyseal/core/anonymize'

/** SHA-256, in base64url, of a policy's canonical JSON. */
export function policyDigest(policy: Policy): string {
  return createHash('sha256').update(canonicalJson(policy)).digest('base64url')
}

/** RFC 8785; its numbers are those of `JSON.stringify`. */
function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value).sort(([one], [another]) => (one < another ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
}
