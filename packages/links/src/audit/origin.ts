/**
 * How an origin is reached.
 *
 * @module
 */

import type { FindingKind } from './finding.js'

/**
 * What was wrong with how an origin is reached:
 *
 * - `origin-unreachable`: no TLS connection, or no HTTP answer, within the time allowed.
 * - `tls-outdated`: a version before TLS 1.2 (RFC 8996).
 * - `tls-weak-cipher`: a cipher without forward secrecy or without authenticated encryption (RFC 9325).
 * - `certificate-untrusted`: no chain to a trusted authority; a self-signed certificate.
 * - `certificate-host`: the certificate is for other hosts.
 * - `certificate-expired`: no longer valid, or not yet.
 * - `certificate-expiring`: valid for fewer days than asked for.
 * - `hsts-missing`: no usable `Strict-Transport-Security` header (RFC 6797).
 * - `hsts-short`: its `max-age` is below half a year.
 * - `no-https-redirect`: plain HTTP is answered without a redirect to `https:`.
 *
 * @group Transport
 */
export type TransportFindingKind =
  | 'origin-unreachable'
  | 'tls-outdated'
  | 'tls-weak-cipher'
  | 'certificate-untrusted'
  | 'certificate-host'
  | 'certificate-expired'
  | 'certificate-expiring'
  | 'hsts-missing'
  | 'hsts-short'
  | 'no-https-redirect'

/**
 * One thing wrong with how an origin is reached, in the shape of a finding in a URL.
 *
 * @group Transport
 */
export interface TransportFinding {
  /** What it is; `insecure-transport` when the origin itself is `http:`. */
  readonly kind: TransportFindingKind | Extract<FindingKind, 'insecure-transport'>
  /** Where it is: the origin as a whole. */
  readonly location: 'origin'
  /** Nothing had to be decoded. */
  readonly decoded: readonly []
}

/**
 * What was seen of an origin.
 *
 * @group Transport
 */
export interface OriginAudit {
  /** Scheme, host and port. */
  readonly origin: string
  /** `TLSv1.3`; `null` without a TLS connection. */
  readonly protocol: string | null
  /** The cipher's standard name (IANA). */
  readonly cipher: string | null
  /** Whole days that are left are negative once it has expired. */
  readonly certificate: { readonly validFrom: string; readonly validTo: string; readonly daysLeft: number } | null
  /** `null` when there is no usable header. */
  readonly hsts: { readonly maxAge: number; readonly includeSubDomains: boolean } | null
  /** Whether plain HTTP leads to `https:`; `null` when nothing answers there, or it was not asked. */
  readonly redirects: boolean | null
  /** What is wrong with it. */
  readonly findings: readonly TransportFinding[]
}
