/**
 * One request for `/`, and what the connection said of itself.
 *
 * @module
 */

import { type ClientRequest, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { checkServerIdentity, type PeerCertificate, rootCertificates, TLSSocket } from 'node:tls'

/** An answer, of which only the head is read. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
}

/** What a TLS connection showed. */
export interface TlsFacts {
  readonly protocol: string | null
  readonly cipher: string
  readonly certificate: PeerCertificate
  /** The code of what OpenSSL holds against the chain, dates included. */
  readonly chainError: string | null
  readonly isForHost: boolean
}

/** Where to ask, and for how long. */
export interface Question {
  readonly hostname: string
  readonly port: number
  readonly timeout: number
  /** Authorities in PEM that count besides the usual ones. */
  readonly ca?: string | undefined
}

/**
 * Asks over TLS, whatever version and certificate the server has: this is a look, and nothing is sent but the host's name.
 *
 * @returns What was seen; `tls` without `answer` when the server is mute after the handshake, nothing when there is none.
 */
export async function askHttps({
  hostname,
  port,
  timeout,
  ca,
}: Question): Promise<{ tls?: TlsFacts; answer?: Answer }> {
  const seen: { tls?: TlsFacts; answer?: Answer } = {}
  const request = httpsRequest({
    ...target(hostname, port, timeout),
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT:@SECLEVEL=0',
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  })
  request.on('socket', (socket) => {
    socket.on('secureConnect', () => {
      if (socket instanceof TLSSocket) seen.tls = factsOf(socket, hostname)
    })
  })
  const answer = await answerOf(request)
  if (answer !== null) seen.answer = answer
  return seen
}

/** Asks without TLS; `null` when nobody answers. */
export function askHttp({ hostname, port, timeout }: Question): Promise<Answer | null> {
  return answerOf(httpRequest(target(hostname, port, timeout)))
}

/** A connection of its own, and a limit on all of it, not on silence alone. */
function target(hostname: string, port: number, timeout: number): object {
  return {
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    path: '/',
    method: 'GET',
    agent: false,
    headers: { accept: '*/*', 'user-agent': 'surveyseal' },
    signal: AbortSignal.timeout(timeout),
  }
}

function answerOf(request: ClientRequest): Promise<Answer | null> {
  return new Promise((resolve) => {
    request.on('response', (response: IncomingMessage) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
      response.on('error', () => {})
      request.destroy()
    })
    request.on('error', () => resolve(null))
    request.on('close', () => resolve(null))
    request.end()
  })
}

function factsOf(socket: TLSSocket, hostname: string): TlsFacts {
  const certificate = socket.getPeerCertificate()
  const error: unknown = socket.authorizationError
  return {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().standardName,
    certificate,
    chainError: socket.authorized ? null : String(error),
    isForHost: checkServerIdentity(hostname.replace(/^\[(.*)\]$/, '$1'), certificate) === undefined,
  }
}
