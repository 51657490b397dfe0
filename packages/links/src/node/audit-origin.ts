/**
 * Looking at how a survey's origin is reached.
 *
 * @module
 */

import { invalidArgumentType, invalidArgumentValue } from '@surveyseal/core/errors'
import type { OriginAudit, TransportFinding } from '../audit/origin.js'
import { type Answer, askHttp, askHttps, type TlsFacts } from './lib/ask-origin.js'
import { parseHsts } from './lib/parse-hsts.js'

/**
 * Options of {@link auditOrigin}.
 *
 * @group Transport
 */
export interface AuditOriginOptions {
  /** Authorities in PEM that count besides the usual ones. @defaultValue none */
  readonly ca?: string | undefined
  /** Milliseconds for each of the two requests. @defaultValue 5000 */
  readonly timeout?: number | undefined
  /** Where plain HTTP is asked for its redirect. @defaultValue 80 for an origin on port 443, otherwise nowhere */
  readonly httpPort?: number | undefined
  /** A certificate that ends sooner is a finding. @defaultValue 14 days */
  readonly minimumDaysLeft?: number | undefined
  /** The clock. @defaultValue the system's */
  readonly now?: (() => Date) | undefined
}

const DAY = 86_400_000
/** Half a year in seconds; browsers forget sooner than people come back to a survey below it. */
const SHORT_MAX_AGE = 15_768_000
/** What RFC 9325 keeps of TLS 1.2; all of TLS 1.3 is as good. */
const STRONG_CIPHER = /^TLS_(?:(?:ECDHE|DHE)_(?:RSA|ECDSA)_WITH_)?(?:AES_\d{3}_(?:GCM|CCM)|CHACHA20_POLY1305)_/
/** What OpenSSL calls a certificate outside its dates. */
const DATE_ERRORS: readonly string[] = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']

/**
 * Connects to an origin and reports TLS version and cipher, certificate, HSTS and the redirect from plain HTTP.
 *
 * Asks for `/` and nothing else, twice at most, of the origin given and no other: redirects are not followed, no cookie and no
 * token is sent. Certificates are looked at and never relied on. Revocation and what other addresses of the host offer are not
 * checked.
 *
 * @example
 * Before invitations go out.
 *
 * ```ts
 * import { auditOrigin } from '@surveyseal/links/node'
 *
 * const { findings } = await auditOrigin('https://survey.example')
 * if (findings.length > 0) throw new Error(findings.map(({ kind }) => kind).join(', '))
 * ```
 *
 * @param origin - `https://host`, with a port if need be; `http:` is a finding, and asked for its redirect only.
 * @param options - See {@link AuditOriginOptions}.
 * @returns What was seen; an origin that does not answer is a finding, no error.
 * @throws `TypeError` `ERR_INVALID_ARG_TYPE` when `origin` is no string, `RangeError` `ERR_INVALID_ARG_VALUE` when it is no
 * `https:` or `http:` origin: a path, a query or a user name is refused, since those may hold a token.
 * @group Transport
 */
export async function auditOrigin(origin: string, options: AuditOriginOptions = {}): Promise<OriginAudit> {
  const url = parseOrigin(origin)
  const { hostname, protocol } = url
  const { ca, timeout = 5000, now = () => new Date(), minimumDaysLeft = 14 } = options
  if (protocol === 'http:') {
    const answer = await askHttp({ hostname, port: Number(url.port || 80), timeout })
    return { ...UNSEEN, origin: url.origin, redirects: leadsToHttps(answer), findings: plainFindings(answer) }
  }
  const { httpPort = url.port === '' ? 80 : undefined } = options
  const [{ tls, answer }, plain] = await Promise.all([
    askHttps({ hostname, port: Number(url.port || 443), timeout, ca }),
    httpPort === undefined ? null : askHttp({ hostname, port: httpPort, timeout }),
  ])
  const certificate = tls === undefined ? null : datesOf(tls, now())
  const hsts = parseHsts(headerOf(answer))
  const seen = { certificate, hsts, redirects: leadsToHttps(plain) }
  return {
    origin: url.origin,
    protocol: tls?.protocol ?? null,
    cipher: tls?.cipher ?? null,
    ...seen,
    findings: [
      ...(tls === undefined || answer === undefined ? [found('origin-unreachable')] : []),
      ...(tls === undefined ? [] : tlsFindings(tls, certificate?.daysLeft ?? 0, minimumDaysLeft)),
      ...(answer === undefined ? [] : hstsFindings(hsts)),
      ...(seen.redirects === false ? [found('no-https-redirect')] : []),
    ],
  }
}

const UNSEEN = { protocol: null, cipher: null, certificate: null, hsts: null } as const

function parseOrigin(origin: string): URL {
  if (typeof origin !== 'string') throw invalidArgumentType('origin', 'string', origin)
  const url = URL.canParse(origin) ? new URL(origin) : null
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && /^https?:\/\/[^/?#@\\]{1,300}\/?$/i.test(origin)
  if (!isOrigin) throw invalidArgumentValue('origin', 'scheme, host and port of an https: URL, without path or query')
  return url
}

function plainFindings(answer: Answer | null): TransportFinding[] {
  const kinds: TransportFinding['kind'][] = ['insecure-transport']
  if (answer === null) kinds.push('origin-unreachable')
  if (leadsToHttps(answer) === false) kinds.push('no-https-redirect')
  return kinds.map(found)
}

function tlsFindings(tls: TlsFacts, daysLeft: number, minimumDaysLeft: number): TransportFinding[] {
  const kinds: TransportFinding['kind'][] = []
  const isDated = tls.chainError !== null && DATE_ERRORS.includes(tls.chainError)
  if (tls.protocol !== 'TLSv1.3' && tls.protocol !== 'TLSv1.2') kinds.push('tls-outdated')
  if (!STRONG_CIPHER.test(tls.cipher)) kinds.push('tls-weak-cipher')
  if (tls.chainError !== null && !isDated) kinds.push('certificate-untrusted')
  if (!tls.isForHost) kinds.push('certificate-host')
  if (isDated || daysLeft < 0) kinds.push('certificate-expired')
  else if (daysLeft < minimumDaysLeft) kinds.push('certificate-expiring')
  return kinds.map(found)
}

function hstsFindings(hsts: OriginAudit['hsts']): TransportFinding[] {
  if (hsts === null || hsts.maxAge === 0) return [found('hsts-missing')]
  return hsts.maxAge < SHORT_MAX_AGE ? [found('hsts-short')] : []
}

function headerOf(answer: Answer | undefined): string | undefined {
  const header: unknown = answer?.headers['strict-transport-security']
  return typeof header === 'string' ? header : undefined
}

/** Before its first day a certificate has no days left either. */
function datesOf({ certificate: { valid_from, valid_to } }: TlsFacts, now: Date): OriginAudit['certificate'] {
  const [from, to] = [new Date(valid_from), new Date(valid_to)]
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return null
  const daysLeft = now < from ? -1 : Math.floor((to.getTime() - now.getTime()) / DAY)
  return { validFrom: from.toISOString(), validTo: to.toISOString(), daysLeft }
}

function leadsToHttps(answer: Answer | null): boolean | null {
  if (answer === null) return null
  return answer.status >= 301 && answer.status <= 308 && /^https:\/\//i.test(answer.headers.location ?? '')
}

function found(kind: TransportFinding['kind']): TransportFinding {
  return { kind, location: 'origin', decoded: [] }
}
