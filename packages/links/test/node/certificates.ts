import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A private key and its certificate, in PEM. */
export interface Identity {
  readonly key: string
  readonly cert: string
}

/** Certificates of one authority, made by the machine's OpenSSL. */
export interface Authority {
  /** The authority's own certificate. */
  readonly ca: string
  issue(host: string, days: number): Promise<Identity>
  selfSigned(host: string): Promise<Identity>
  close(): Promise<void>
}

/** A new authority that nobody trusts. */
export async function createAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'surveyseal-tls-'))
  const openssl = (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: folder })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test CA', '-days', '30')
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  let count = 0
  return {
    ca: await read('ca.pem'),
    async issue(host, days) {
      const name = `leaf${count++}`
      await openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${host}`)
      await writeFile(join(folder, `${name}.ext`), `subjectAltName=DNS:${host}`)
      const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-set_serial', String(count), '-extfile', `${name}.ext`]
      await openssl('x509', '-req', '-in', `${name}.csr`, ...signer, '-days', String(days), '-out', `${name}.pem`)
      return { key: await read(`${name}.key`), cert: await read(`${name}.pem`) }
    },
    async selfSigned(host) {
      const name = `own${count++}`
      const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`, '-days', '365']
      await openssl('req', '-x509', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.pem`, ...subject)
      return { key: await read(`${name}.key`), cert: await read(`${name}.pem`) }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
