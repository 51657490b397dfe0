/**
 * Looking for personal data in one URL.
 *
 * @module
 */

import { invalidArgumentType } from '@surveyseal/core/errors'
import type { RecognizeOptions } from '@surveyseal/core/recognize'
import type { DecoderName, Finding, FindingKind } from './finding.js'
import type { KnownSubjects } from './known-subjects.js'
import { decodeEverything, decodePercent } from './lib/decoders.js'
import { kindsOfMergeTags } from './lib/merge-tags.js'
import { isNamedValue } from './lib/named-values.js'
import { isOrdinaryUrl } from './lib/ordinary-url.js'
import { kindOfName, vocabularyName } from './lib/parameter-names.js'
import { kindsInText } from './lib/plain-values.js'
import { SIGN, signsOf } from './lib/signs.js'
import { splitUrl, type UrlPart } from './lib/split-url.js'

/**
 * Options of {@link auditUrl} and everything built on it.
 *
 * @group Auditing
 */
export interface AuditOptions extends Pick<RecognizeOptions, 'regions' | 'nationalIds'> {
  /** People to look for by value and by hash, see {@link indexSubjects}. @defaultValue nobody */
  readonly known?: KnownSubjects | undefined
  /** Whether `http:` to a host that is not loopback is a finding. @defaultValue true */
  readonly transport?: boolean | undefined
}

/** Parameters that things have too. */
const BARE_NAME = /^(?:name|first|last)$/i
/** Parameters whose four numbers are no address. */
const VERSION = /^(?:v|ver|version|rev|release|build)$/i
/** How many decodings deep a value is followed. */
const MAX_DEPTH = 10
/** All decodings of one URL together may be this many times as long as the URL. */
const MAX_GROWTH = 24

/**
 * Finds personal data in a URL, however it is written there.
 *
 * Looks at userinfo, path, matrix parameters, query and fragment, and through up to ten layers of percent-encoding, base64,
 * base64url, hexadecimal, JWT and JWE headers, JSON, nested URLs and queries, and rewriting by mail scanners. Takes time
 * proportional to the length of the URL. Does not see what is encrypted, compressed or hashed with a salt, binary
 * messages (protocol buffers) in base64, addresses that avoid the "@" (`(at)`, `&#64;`, `-40`), or names in lower case in a
 * path, and does not look at the host.
 *
 * @example
 * An address behind two encodings.
 *
 * ```ts
 * import { auditUrl } from '@surveyseal/links/audit'
 *
 * auditUrl('https://survey.example/s/7?q=am9AZXhhbXBsZS5vcmc%3D')
 * // [{ kind: 'email', location: 'query.q', decoded: ['percent', 'base64'] }]
 * ```
 *
 * @param url - A URL, absolute or relative; malformed ones are read as far as they go.
 * @param options - See {@link AuditOptions}.
 * @returns What was found, in the order of the URL; nothing in it repeats a value.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when `url` is no string.
 * @group Auditing
 */
export function auditUrl(url: string, options: AuditOptions = {}): Finding[] {
  if (typeof url !== 'string') throw invalidArgumentType('url', 'string', url)
  return auditParts(url, options).flatMap(({ findings }) => findings)
}

/** A part of a URL with what was found in it. */
export interface AuditedPart {
  readonly part: UrlPart
  readonly findings: readonly Finding[]
}

/** Audits a URL part by part, so that a scrubber knows what to take out. */
export function auditParts(url: string, options: AuditOptions): AuditedPart[] {
  if (options.known === undefined && options.nationalIds === undefined && isOrdinaryUrl(url)) return []
  return auditEveryPart(url, options)
}

/** What {@link auditParts} does, without turning ordinary URLs away first. */
export function auditEveryPart(url: string, options: AuditOptions): AuditedPart[] {
  const audited: AuditedPart[] = []
  const run: Run = { options, seen: new Set(), found: [], budget: MAX_GROWTH * url.length + 4096 }
  for (const part of splitUrl(url)) {
    if (part.place === 'scheme' ? isInsecure(url, options) : part.place === 'userinfo') {
      add(run, part.place === 'scheme' ? 'insecure-transport' : 'userinfo', { parts: [part], decoded: [] })
    }
    if (part.place !== 'scheme') auditPart(run, part, TOP)
    if (run.found.length === 0) continue
    audited.push({ part, findings: unique(run.found) })
    run.found.length = 0
  }
  return audited
}

/** One audit. */
interface Run {
  readonly options: AuditOptions
  /** What was decoded from the current part, by name and text, so that two ways to a text cost no more than one. */
  readonly seen: Set<string>
  /** What was found in the current part. */
  readonly found: Finding[]
  /** How many more characters may be read. */
  budget: number
}

/** How a text was reached: a part of the URL, then parts of URLs nested in it, and every decoding on the way. */
interface Trail {
  readonly parts: readonly UrlPart[]
  readonly decoded: readonly DecoderName[]
}

const TOP: Trail = { parts: [], decoded: [] }

function auditPart(run: Run, part: UrlPart, { parts, decoded }: Trail): void {
  if (parts.length === 0) run.seen.clear()
  const name = part.name.includes('%') ? decodePercent(part.name) : part.name
  const canName = part.place !== 'path' && canHold(run, part.name, '')
  const canValue = canHold(run, part.value, name)
  if (!canName && !canValue) return
  const trail = { parts: [...parts, part], decoded }
  if (canName) auditText(run, part.name, '', trail)
  if (canValue) auditText(run, part.value, name, trail)
}

/** Most parts of most URLs are turned away here. */
function canHold({ options: { known, nationalIds } }: Run, text: string, name: string): boolean {
  if (text.length < 2) return false
  return known !== undefined || nationalIds !== undefined || signsOf(text) !== 0 || kindOfName(name) !== null
}

/** Audits a text and everything it decodes to. */
function auditText(run: Run, text: string, name: string, trail: Trail): void {
  const { known, nationalIds } = run.options
  const signs = signsOf(text)
  const named = name === '' ? null : kindOfName(name)
  if (signs === 0 && named === null && known === undefined && nationalIds === undefined) return
  if (trail.decoded.length > 0) {
    const key = `${name}=${text}`
    if (run.seen.has(key)) return
    run.seen.add(key)
  }
  run.budget -= text.length + 16
  if (run.budget < 0 || trail.decoded.length > MAX_DEPTH) {
    add(run, 'undecoded', trail)
    return
  }
  if (named !== null && isNamedValue(named, text.replaceAll('+', ' ').trim(), BARE_NAME.test(name)))
    add(run, named, trail)
  // A number that says what it is, under a name that says so too, needs no second opinion.
  if (named !== 'phone' || !/^\+[1-9]\d{7,14}$/.test(text) || known !== undefined)
    auditReadable(run, { text, name, signs }, trail)
  for (const { decoder, text: next, name: inner = name } of decodeEverything(text, signs)) {
    auditText(run, next, inner, through(trail, decoder))
  }
  if ((signs & SIGN.separator) !== 0 && isNestedUrl(text)) auditNested(run, text, through(trail, 'url'))
}

/** What the text says as it stands, whatever its name; in a query `+` is a space. */
function auditReadable(
  run: Run,
  { text, name, signs }: { text: string; name: string; signs: number },
  trail: Trail,
): void {
  const spaced = text.includes('+') ? text.replace(/(?<=\d)\+(?=\d)/g, ' ') : text
  const kinds = kindsInText(text, signs, run.options)
  if (spaced !== text) kinds.push(...kindsInText(spaced, signs, run.options))
  for (const kind of kinds) if (kind !== 'ip' || !VERSION.test(name)) add(run, kind, trail)
  if ((signs & SIGN.tag) !== 0) for (const kind of kindsOfMergeTags(text)) add(run, kind, through(trail, 'merge-tag'))
  if (run.options.known !== undefined) auditKnown(run, text, run.options.known, trail)
}

/** The text, its words, and its tokens, which may be digests. */
function auditKnown(run: Run, text: string, known: KnownSubjects, trail: Trail): void {
  const words = [...text.split(/[^\p{L}\p{N}\p{M}@.+_/=-]/u), ...text.split(/[^A-Za-z0-9]/)]
  for (const value of new Set([text, ...words])) {
    const match = known.find(value)
    if (match !== null) add(run, 'known-subject', match.decoded.reduce(through, trail), match.row)
  }
}

/** A URL or a query inside a value; hosts are not looked at. */
function auditNested(run: Run, text: string, trail: Trail): void {
  const isQuery = !/[?#]|:\/\/|^\//.test(text)
  for (const part of splitUrl(isQuery ? `?${text.replaceAll(';', '&')}` : text)) {
    if (part.place === 'userinfo') add(run, 'userinfo', { ...trail, parts: [...trail.parts, part] })
    if (part.place !== 'scheme') auditPart(run, part, trail)
  }
}

function isNestedUrl(text: string): boolean {
  return /:\/\/|^[/?#][^/?#]|=[^=]/.test(text)
}

function isInsecure(url: string, { transport = true }: AuditOptions): boolean {
  if (!transport || !/^http:\/\//i.test(url)) return false
  return !/^http:\/\/(?:[^/?#@]{0,256}@)?(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?:[:/?#]|$)/i.test(url)
}

/** Path segments count from 1; a parameter's name shows only when it is in the vocabulary. */
function locate({ place, index, name }: UrlPart): string {
  if (place === 'path') return `path[${index}]`
  const shown = vocabularyName(name)
  if (place === 'matrix') return `path[${index}];${shown ?? ''}`
  if (place === 'query') return shown === null ? `query[${index}]` : `query.${shown}`
  return place
}

function through(trail: Trail, decoder: DecoderName): Trail {
  return { ...trail, decoded: [...trail.decoded, decoder] }
}

function add(run: Run, kind: FindingKind, { parts, decoded }: Trail, row?: number): void {
  const location = parts.map(locate).join(' > ')
  run.found.push(row === undefined ? { kind, location, decoded } : { kind, location, decoded, row })
}

/** One way to the same thing at the same place is enough: the shortest. */
function unique(findings: readonly Finding[]): Finding[] {
  if (findings.length < 2) return [...findings]
  const shortest = new Map<string, Finding>()
  for (const finding of findings) {
    const key = `${finding.location} ${finding.kind} ${finding.row ?? ''}`
    const other = shortest.get(key)
    if (other === undefined || finding.decoded.length < other.decoded.length) shortest.set(key, finding)
  }
  return [...shortest.values()]
}
