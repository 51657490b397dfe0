import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type AuditOriginOptions, auditOrigin, type OriginAudit } from '../../src/node.js'
import { type Authority, createAuthority, type Identity } from './certificates.js'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const YEAR = 31_536_000
let authority: Authority
let good: Identity

beforeAll(async () => {
  authority = await createAuthority()
  good = await authority.issue('localhost', 300)
})
afterAll(() => authority.close())

/** Listens on loopback until the test is over. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

const withHsts =
  (hsts: string | null): RequestListener =>
  (_request, response) => {
    if (hsts !== null) response.setHeader('strict-transport-security', hsts)
    response.end('x')
  }

async function look(
  server: ServerOptions,
  hsts: string | null = `max-age=${YEAR}; includeSubDomains`,
  options: AuditOriginOptions = {},
): Promise<OriginAudit> {
  const port = await listen(createHttpsServer(server, withHsts(hsts)))
  return auditOrigin(`https://localhost:${port}`, { ca: authority.ca, ...options })
}

const kindsOf = ({ findings }: OriginAudit): string[] => findings.map(({ kind }) => kind)

describe('auditOrigin', () => {
  test('a good origin has no finding, and what was seen is told', async () => {
    const seen = await look(good)
    expect(seen).toMatchObject({
      protocol: 'TLSv1.3',
      cipher: expect.stringMatching(/^TLS_/),
      hsts: { maxAge: YEAR, includeSubDomains: true },
      redirects: null,
      findings: [],
    })
    expect(seen.certificate?.daysLeft).toBeGreaterThan(290)
  })

  test('findings have the shape of findings in URLs', async () => {
    expect((await look(good, null)).findings).toEqual([{ kind: 'hsts-missing', location: 'origin', decoded: [] }])
  })

  test('certificate-untrusted: an authority that was not named, and a self-signed certificate', async () => {
    expect(kindsOf(await look(good, null, { ca: undefined }))).toContain('certificate-untrusted')
    const own = await authority.selfSigned('localhost')
    expect(kindsOf(await look(own))).toEqual(['certificate-untrusted'])
    expect(kindsOf(await look(own, `max-age=${YEAR}`, { ca: own.cert }))).toEqual([])
  })

  test('certificate-host: the certificate of another host', async () => {
    expect(kindsOf(await look(await authority.issue('other.example', 300)))).toEqual(['certificate-host'])
  })

  test('certificate-expired: after its last day, and before its first', async () => {
    const seen = await look(await authority.issue('localhost', -1))
    expect(kindsOf(seen)).toEqual(['certificate-expired'])
    expect(seen.certificate?.daysLeft).toBeLessThan(0)
    for (const year of [2020, 2090]) {
      const now = (): Date => new Date(Date.UTC(year, 0))
      expect(kindsOf(await look(good, `max-age=${YEAR}`, { now }))).toEqual(['certificate-expired'])
    }
  })

  test('certificate-expiring: fewer days left than asked for', async () => {
    const soon = await authority.issue('localhost', 5)
    expect(kindsOf(await look(soon))).toEqual(['certificate-expiring'])
    expect(kindsOf(await look(soon, `max-age=${YEAR}`, { minimumDaysLeft: 3 }))).toEqual([])
  })

  test('TLS 1.2 with a modern cipher is no finding', async () => {
    const seen = await look({ ...good, maxVersion: 'TLSv1.2' })
    expect(seen).toMatchObject({ protocol: 'TLSv1.2', findings: [] })
  })

  test('tls-outdated: TLS 1.1', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const
    const seen = await look({ ...good, ...old })
    expect(seen.protocol).toBe('TLSv1.1')
    expect(kindsOf(seen)).toEqual(['tls-outdated', 'tls-weak-cipher'])
  })

  test('tls-weak-cipher: a cipher without authenticated encryption', async () => {
    const cbc = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' } as const
    expect(kindsOf(await look({ ...good, ...cbc }))).toEqual(['tls-weak-cipher'])
  })

  test.each([
    ['hsts-missing', 'max-age=0'],
    ['hsts-missing', 'includeSubDomains'],
    ['hsts-missing', `max-age=${YEAR}; max-age=1`],
    ['hsts-missing', 'max-age=soon'],
    ['hsts-short', 'max-age=86400'],
    [undefined, `MAX-AGE="${YEAR}" ; preload`],
  ])('%s: %s', async (kind, header) => {
    expect(kindsOf(await look(good, header))).toEqual(kind === undefined ? [] : [kind])
  })

  test.each([
    ['no-https-redirect: an answer', 200, undefined, false],
    ['no-https-redirect: a redirect to http', 302, 'http://localhost/', false],
    ['a redirect to https', 301, 'https://localhost/', true],
    ['a redirect to https on another host', 308, 'https://www.example/', true],
  ])('%s', async (_name, status, location, redirects) => {
    const answer: RequestListener = (_request, response) =>
      response.writeHead(status, location === undefined ? {} : { location }).end()
    const httpPort = await listen(createHttpServer(answer))
    const seen = await look(good, `max-age=${YEAR}`, { httpPort })
    expect([seen.redirects, kindsOf(seen)]).toEqual([redirects, redirects ? [] : ['no-https-redirect']])
  })

  test('insecure-transport: an http: origin is asked for its redirect and nothing else', async () => {
    const port = await listen(createHttpServer(withHsts(null)))
    const seen = await auditOrigin(`http://localhost:${port}`)
    expect(seen).toMatchObject({ protocol: null, certificate: null, redirects: false })
    expect(kindsOf(seen)).toEqual(['insecure-transport', 'no-https-redirect'])
  })

  test('only / is requested, without cookie, token or query, and redirects are not followed', async () => {
    const requests: unknown[] = []
    const port = await listen(
      createHttpsServer(good, ({ method, url, headers }, response) => {
        requests.push([method, url, Object.keys(headers).sort()])
        response.writeHead(302, { location: '/secret' }).end()
      }),
    )
    await auditOrigin(`https://localhost:${port}/`, { ca: authority.ca })
    expect(requests).toEqual([['GET', '/', ['accept', 'connection', 'host', 'user-agent']]])
  })

  test('origin-unreachable: nobody listens, no TLS, and silence until the time is over', async () => {
    const closed = createTcpServer()
    const port = await new Promise<number>((resolve) => {
      closed.listen(0, 'localhost', () => resolve((closed.address() as AddressInfo).port))
    })
    await new Promise((resolve) => closed.close(resolve))
    expect(kindsOf(await auditOrigin(`https://localhost:${port}`))).toEqual(['origin-unreachable'])
    const plain = await listen(createHttpServer(withHsts(null)))
    expect(kindsOf(await auditOrigin(`https://localhost:${plain}`))).toEqual(['origin-unreachable'])
    const mute = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => {})
        socket.resume()
      }),
    )
    expect(kindsOf(await auditOrigin(`https://localhost:${mute}`, { timeout: 200 }))).toEqual(['origin-unreachable'])
  })

  test('an origin that never ends its answer is let go', async () => {
    const port = await listen(
      createHttpsServer(good, (_request, response) => {
        response.setHeader('strict-transport-security', `max-age=${YEAR}`)
        response.write('x'.repeat(100_000))
      }),
    )
    expect(kindsOf(await auditOrigin(`https://localhost:${port}`, { ca: authority.ca }))).toEqual([])
  })

  test.each([
    'https://survey.example/s/token',
    'https://survey.example/?t=1',
    'https://user@survey.example',
    'https://survey.example#x',
    'ftp://survey.example',
    'survey.example',
    'https://survey.example:99999',
    '',
  ])('ERR_INVALID_ARG_VALUE for %j, which the message does not repeat', async (origin) => {
    const error: unknown = await auditOrigin(origin).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' })
    if (origin.length > 14) expect(String(error)).not.toContain(origin)
  })

  test('ERR_INVALID_ARG_TYPE when the origin is no string', async () => {
    // @ts-expect-error no string
    await expect(auditOrigin(1)).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
  })
})
