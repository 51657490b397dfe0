/**
 * `Strict-Transport-Security`.
 *
 * @module
 */

/** A header's value as RFC 6797 section 6.1 reads it; `null` when it is absent or unusable, as a browser would ignore it. */
export function parseHsts(header: string | undefined): { maxAge: number; includeSubDomains: boolean } | null {
  if (header === undefined || header.length > 1024) return null
  const directives = new Map<string, string>()
  for (const directive of header.split(';')) {
    const [name = '', ...value] = directive.split('=')
    const key = name.trim().toLowerCase()
    if (key === '') continue
    if (directives.has(key)) return null
    directives.set(key, value.join('=').trim())
  }
  const maxAge = /^(?:"(\d{1,15})"|(\d{1,15}))$/.exec(directives.get('max-age') ?? '')
  if (maxAge === null) return null
  return { maxAge: Number(maxAge[1] ?? maxAge[2]), includeSubDomains: directives.get('includesubdomains') === '' }
}
