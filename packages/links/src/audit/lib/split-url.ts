/**
 * Taking a URL apart without losing where its parts stand.
 *
 * @module
 */

/** Where a part stands. */
type Place = 'scheme' | 'userinfo' | 'path' | 'matrix' | 'query' | 'fragment'

/** A part of a URL that can carry data. */
export interface UrlPart {
  readonly place: Place
  /** Its position among parts of its place, from 1; for `matrix` the position of its path segment. */
  readonly index: number
  /** The name of a parameter, still encoded; of a path segment, the segment before it. */
  readonly name: string
  /** The value, still encoded. */
  readonly value: string
  /** Where the whole part starts, its name included. */
  readonly start: number
  /** Where it ends (exclusive). */
  readonly end: number
}

/**
 * Splits a URL, absolute, relative or opaque (`mailto:`), in one pass. The host carries no data and is left out.
 *
 * @param url - Anything.
 * @returns The parts in the order of the URL.
 */
export function splitUrl(url: string): UrlPart[] {
  const parts: UrlPart[] = []
  const hash = indexOrEnd(url, '#', 0, url.length)
  const question = indexOrEnd(url, '?', 0, hash)
  const path = splitOrigin(url, question, parts)
  splitPath(url, path, question, parts)
  if (question < hash) splitQuery(url, question + 1, hash, parts)
  if (hash + 1 < url.length) {
    parts.push({ place: 'fragment', index: 1, name: '', value: url.slice(hash + 1), start: hash + 1, end: url.length })
  }
  return parts
}

/** Adds scheme and userinfo, and returns where the path starts. */
function splitOrigin(url: string, end: number, parts: UrlPart[]): number {
  const scheme = /^[a-z][a-z0-9+.-]{0,30}:/i.exec(url)?.[0] ?? ''
  if (scheme !== '')
    parts.push({ place: 'scheme', index: 1, name: '', value: scheme.toLowerCase(), start: 0, end: scheme.length })
  if (!url.startsWith('//', scheme.length)) return scheme.length
  const authority = scheme.length + 2
  const path = indexOrEnd(url, '/', authority, end)
  const at = url.lastIndexOf('@', path - 1)
  if (at >= authority) {
    parts.push({
      place: 'userinfo',
      index: 1,
      name: '',
      value: url.slice(authority, at),
      start: authority,
      end: at + 1,
    })
  }
  return path
}

function splitPath(url: string, from: number, to: number, parts: UrlPart[]): void {
  let before = ''
  for (let start = from, index = 0; start < to; ) {
    const end = indexOrEnd(url, '/', start, to)
    if (end > start) {
      index++
      const segment = url.slice(start, end)
      const semicolon = indexOrEnd(segment, ';', 0, segment.length)
      const value = segment.slice(0, semicolon)
      parts.push({ place: 'path', index, name: before, value, start, end: start + semicolon })
      splitParameters({ url, from: start + semicolon + 1, to: end, separator: ';', place: 'matrix', index }, parts)
      before = value
    }
    start = end + 1
  }
}

function splitQuery(url: string, from: number, to: number, parts: UrlPart[]): void {
  splitParameters({ url, from, to, separator: '&', place: 'query', index: 0 }, parts)
}

function splitParameters(
  list: { url: string; from: number; to: number; separator: string; place: 'matrix' | 'query'; index: number },
  parts: UrlPart[],
): void {
  const { url, to, separator, place } = list
  for (let start = list.from, index = list.index; start < to; ) {
    const end = indexOrEnd(url, separator, start, to)
    const pair = url.slice(start, end)
    const equals = pair.indexOf('=')
    if (place === 'query') index++
    if (end > start) {
      const name = pair.slice(0, Math.max(0, equals))
      const value = pair.slice(equals + 1)
      parts.push({ place, index, name: name.startsWith('amp;') ? name.slice(4) : name, value, start, end })
    }
    start = end + 1
  }
}

function indexOrEnd(text: string, search: string, from: number, end: number): number {
  const index = text.indexOf(search, from)
  return index === -1 || index > end ? end : index
}
