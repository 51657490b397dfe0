/**
 * Looking for personal data in the URLs of logs, tables and templates.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import { type AuditOptions, auditUrl } from './audit-url.js'
import type { Finding } from './finding.js'
import { findUrls } from './lib/find-urls.js'

/** A longer line is audited in pieces of this many characters, so that memory stays bounded. */
const MAX_LINE = 4 * 1024 * 1024

/**
 * A finding and where the URL stood.
 *
 * @group Auditing
 */
export interface LineFinding extends Finding {
  /** The line of the URL, counted from 1. */
  readonly line: number
}

/**
 * A line with URLs in it.
 *
 * @group Auditing
 */
export interface AuditedLine {
  /** Counted from 1. */
  readonly line: number
  /** How many URLs it holds. */
  readonly scanned: number
  /** What was found in them. */
  readonly findings: readonly LineFinding[]
}

/**
 * Audits the URLs of a stream, line by line: plain lists, server logs in combined format, JSON lines, columns of a database.
 *
 * A line may hold any number of URLs: absolute ones, targets of request lines, strings of a JSON object or array, or the line
 * itself. Lines without one are left out. Memory stays bounded whatever the stream holds: a line of more than 4 million
 * characters is audited in pieces, and what a cut separates is not found.
 *
 * @example
 * A server log.
 *
 * ```ts
 * import { auditLines } from '@surveyseal/links/audit'
 *
 * export async function countLeaks(log: AsyncIterable<Uint8Array>): Promise<number> {
 *   let leaks = 0
 *   for await (const { findings } of auditLines(log)) leaks += findings.length
 *   return leaks
 * }
 * ```
 *
 * @param source - Text or UTF-8 bytes, cut anywhere.
 * @param options - See {@link AuditOptions}.
 * @returns The lines that hold URLs, in order.
 * @group Auditing
 */
export async function* auditLines(
  source: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  options: AuditOptions = {},
): AsyncGenerator<AuditedLine, void, undefined> {
  let number = 0
  for await (const { text, continues } of splitLines(source)) {
    if (!continues) number++
    const audited = auditLine(text, number, options)
    if (audited.scanned > 0) yield audited
  }
}

/**
 * Audits the URLs of a template: an e-mail, a message, a page with merge tags such as `{{email}}`, `*|EMAIL|*`, `%%email%%` or
 * `${e://Field/RecipientEmail}`.
 *
 * @example
 * An invitation.
 *
 * ```ts
 * import { auditTemplate } from '@surveyseal/links/audit'
 *
 * auditTemplate('<a href="https://survey.example/s?e={{ contact.email }}">Your opinion</a>')
 * // [{ line: 1, scanned: 1, findings: [{ kind: 'email', location: 'query[1]', decoded: ['merge-tag'], line: 1 }] }]
 * ```
 *
 * @param template - The whole text.
 * @param options - See {@link AuditOptions}.
 * @returns The lines that hold URLs, in order.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when `template` is no string.
 * @group Auditing
 */
export function auditTemplate(template: string, options: AuditOptions = {}): AuditedLine[] {
  if (typeof template !== 'string') throw invalidArgumentType('template', 'string', template)
  return template
    .split(/\r?\n/)
    .map((line, index) => auditLine(line, index + 1, options))
    .filter(({ scanned }) => scanned > 0)
}

function auditLine(text: string, line: number, options: AuditOptions): AuditedLine {
  const urls = findUrls(text)
  return {
    line,
    scanned: urls.length,
    findings: urls.flatMap((url) => auditUrl(url, options).map((finding) => ({ ...finding, line }))),
  }
}

/** Lines, and pieces of lines that are too long: `continues` marks a piece that is not the first of its line. */
async function* splitLines(
  source: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): AsyncGenerator<{ text: string; continues: boolean }, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  let continues = false
  for await (const chunk of source) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n')
    rest = lines.pop() ?? ''
    for (const text of lines) {
      yield { text: text.replace(/\r$/, ''), continues }
      continues = false
    }
    if (rest.length < MAX_LINE) continue
    yield { text: rest, continues }
    rest = ''
    continues = true
  }
  rest += decoder.decode()
  if (rest !== '') yield { text: rest, continues }
}
