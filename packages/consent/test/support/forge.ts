import type { ConsentRequest } from '@surveyseal/consent'
import { base64url, calculateJwkThumbprint, exportJWK, type JWK } from 'jose'

type Json = Record<string, unknown>

/** A browser that signs whatever it is told. */
export interface Forger {
  readonly jwk: JWK
  readonly thumbprint: string
  /** Signs raw text as header and payload. */
  signText(header: string, payload: string): Promise<string>
  /** Signs an honest answer to the request with some members changed. */
  sign(request: ConsentRequest, changes?: { header?: Json; payload?: Json }): Promise<string>
}

export async function createForger(): Promise<Forger> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty, crv, x, y } = await exportJWK(pair.publicKey)
  const jwk = { kty, crv, x, y } as JWK

  async function signText(header: string, payload: string): Promise<string> {
    const input = `${base64url.encode(header)}.${base64url.encode(payload)}`
    const bytes = new TextEncoder().encode(input)
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes)
    return `${input}.${base64url.encode(new Uint8Array(signature))}`
  }

  return {
    jwk,
    thumbprint: await calculateJwkThumbprint(jwk),
    signText,
    sign: (request, { header = {}, payload = {} } = {}) =>
      signText(
        JSON.stringify({ alg: 'ES256', typ: 'consent-event+jwt', jwk, ...header }),
        JSON.stringify({ ...honestPayload(request), ...payload }),
      ),
  }
}

export function honestPayload(request: ConsentRequest): Json {
  return {
    aud: request.audience,
    jti: 'AAAAAAAAAAAAAAAAAAAAAA',
    iat: Math.floor(request.issuedAt / 1000),
    nonce: request.nonce,
    sub: request.subject,
    survey: request.survey,
    notice: request.notice,
    lang: request.language,
    decisions: Object.fromEntries(request.purposes.map((id) => [id, 'given'])),
    keyAssurance: 'ephemeral',
    seq: request.seq,
    prev: request.prev,
  }
}
