/**
 * Taking personal data out of a URL.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { type AuditedPart, type AuditOptions, auditParts } from './audit-url.js'
import type { Finding } from './finding.js'
import { decodePercent } from './lib/decoders.js'

/**
 * A URL without what was found in it.
 *
 * @group Scrubbing
 */
export interface ScrubbedUrl {
  /** The URL; the one given, to the letter, when there was nothing to take out. */
  readonly url: string
  /** What was found in the URL given, as {@link auditUrl} reports it. */
  readonly findings: readonly Finding[]
}

/**
 * Removes from a URL what {@link auditUrl} finds, and leaves it a URL that works for everything else.
 *
 * User names before the host, matrix parameters, query parameters and fragments go altogether; a path segment becomes
 * `redacted`; a URL inside a parameter is scrubbed in its place. `http:` stays, since only its owner knows whether `https:`
 * would work.
 *
 * @example
 * The address a response was sent from, before it is stored.
 *
 * ```ts
 * import { scrubUrl } from '@surveyseal/links/audit'
 *
 * scrubUrl('https://survey.example/s/7?email=jo%40example.org&lang=fr').url // 'https://survey.example/s/7?lang=fr'
 * ```
 *
 * @param url - A URL, absolute or relative.
 * @param options - See {@link AuditOptions}.
 * @returns See {@link ScrubbedUrl}. A second audit of `url` finds nothing but `insecure-transport`.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when `url` is no string.
 * @group Scrubbing
 */
export function scrubUrl(url: string, options: AuditOptions = {}): ScrubbedUrl {
  if (typeof url !== 'string') throw invalidArgumentType('url', 'string', url)
  const audited = auditParts(url, options)
  let scrubbed = ''
  let kept = 0
  let needsQuestionMark = false
  for (const { start, end, replacement } of editsOf(audited, options)) {
    const piece = url.slice(kept, start)
    scrubbed += needsQuestionMark ? piece.replace(/^&/, '?') : piece
    needsQuestionMark = (needsQuestionMark && piece === '') || url[start] === '?'
    scrubbed += replacement
    kept = end
  }
  const rest = url.slice(kept)
  return {
    url: scrubbed + (needsQuestionMark ? rest.replace(/^&/, '?') : rest),
    findings: audited.flatMap(({ findings }) => findings),
  }
}

/** A stretch of a URL and what takes its place. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly replacement: string
}

function editsOf(audited: readonly AuditedPart[], options: AuditOptions): Edit[] {
  return audited.flatMap(({ part: { place, start, end, value } }): Edit[] => {
    if (place === 'scheme') return []
    if (place === 'userinfo') return [{ start, end, replacement: '' }]
    if (place === 'path') return [{ start, end, replacement: 'redacted' }]
    const inner = place === 'query' ? scrubNested(value, options) : null
    if (inner !== null) return [{ start: end - value.length, end, replacement: inner }]
    // The separator before a parameter or a fragment goes with it.
    return [{ start: start - 1, end, replacement: '' }]
  })
}

/** A URL inside a parameter without its personal data, encoded again; `null` when the value is no URL or cannot be cleaned. */
function scrubNested(value: string, options: AuditOptions): string | null {
  const nested = decodePercent(value)
  if (!/^(?:https?:\/)?\/[^/]/i.test(nested)) return null
  const replacement = encodeURIComponent(scrubUrl(nested, options).url)
  return auditParts(`?u=${replacement}`, { ...options, transport: false }).length === 0 ? replacement : null
}
