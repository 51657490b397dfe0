/**
 * Finding the URLs in a line of a log, a table or a template.
 *
 * @module
 */

/** Merge tags may hold what ends a URL elsewhere. Nothing follows the repetition, so it never has to be undone. */
const ABSOLUTE =
  /[a-z][a-z0-9+.-]{1,30}:\/\/(?:\{\{[^{}"]{0,100}\}\}|\*\|[^|"]{0,100}\|\*|<%[^%"]{0,100}%>|%%[^%"]{1,100}%%|[^\s"'<>`])*/gi
const REQUEST = /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/[^\s"]*)/g

/**
 * Finds absolute URLs, the targets of request lines as in the combined log format, the URLs among the strings of a JSON line,
 * and a line that is itself a URL without a scheme.
 *
 * @param line - One line.
 */
export function findUrls(line: string): string[] {
  const strings = stringsOfJson(line)
  if (strings !== null) return strings.flatMap(findInText)
  return findInText(line.replaceAll('\\/', '/'))
}

function findInText(text: string): string[] {
  const urls = Array.from(text.matchAll(REQUEST), ({ 1: target = '' }) => target)
  for (const { 0: url } of text.matchAll(ABSOLUTE)) urls.push(url)
  if (urls.length > 0) return urls
  const bare = text.trim()
  return /^[^\s"]{1,}$/.test(bare) && /[/?=]/.test(bare) ? [bare] : []
}

/** `null` when the line is no JSON object or array. */
function stringsOfJson(line: string): string[] | null {
  if (!/^\s{0,9}[{[]/.test(line)) return null
  try {
    const strings: string[] = []
    JSON.parse(line, (_key, value: unknown) => {
      if (typeof value === 'string') strings.push(value)
      return value
    })
    return strings
  } catch {
    return null
  }
}
