/**
 * The secrets of this host, made on the first start. A real host keeps them in a vault, apart from its database.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ControllerKeys, createSigner, type Signer } from '@surveyseal/consent'
import { generateLedgerKeys, type LedgerSigner, loadSigner } from '@surveyseal/ledger'
import { generateKeyring, type Keyring, type KeyringDocument, loadKeyring, type PepperRing } from '@surveyseal/links'

/** What the app signs, seals and derives with. */
export interface Keys {
  /** Seals and opens links. */
  readonly keyring: Keyring
  /** Turns opaque link ids into what the database holds of them. */
  readonly peppers: PepperRing
  /** Turns a customer's reference into the pseudonym their consent is kept under. */
  readonly pseudonymSecret: Uint8Array
  /** Signs receipts and withdrawals. */
  readonly signer: Signer
  /** Signs the log that every choice is committed to. */
  readonly logSigner: LedgerSigner
  /** Verifies them all: public. */
  readonly controllerKeys: ControllerKeys
}

interface KeyFile {
  readonly keyring: KeyringDocument
  readonly pepper: string
  readonly pseudonymSecret: string
  readonly controllerKey: JsonWebKey
  readonly logKey: string
}

const controllerKeyId = 'controller-1'
const logName = 'rivage-ferries.example/consents'

/** Reads the keys of a folder, making them when there are none; nobody but their owner can read the file. */
export async function loadKeys(folder: string): Promise<Keys> {
  const file = await readOrMake(join(folder, 'keys.json'))
  const secret = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'))
  const { x = '', y = '' } = file.controllerKey
  const logSigner = await loadSigner(file.logKey)
  return {
    keyring: await loadKeyring(file.keyring),
    peppers: { current: { id: 'pepper-1', secret: secret(file.pepper) } },
    pseudonymSecret: secret(file.pseudonymSecret),
    signer: await createSigner(file.controllerKey, { keyId: controllerKeyId }),
    logSigner,
    controllerKeys: {
      keys: [{ kid: controllerKeyId, kty: 'EC', crv: 'P-256', x, y }],
      logs: [logSigner.verifierKey],
    },
  }
}

async function readOrMake(path: string): Promise<KeyFile> {
  const known = await readKeys(path)
  if (known?.logKey !== undefined) return known as KeyFile
  // A folder of an earlier version has no key of a log yet; all its other keys stay.
  const made: KeyFile = { ...(await makeKeys()), ...known }
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  await writeFile(path, JSON.stringify(made, null, 2), { mode: 0o600, flag: known === null ? 'wx' : 'w' })
  return made
}

async function readKeys(path: string): Promise<Partial<KeyFile> | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Partial<KeyFile>
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

async function makeKeys(): Promise<KeyFile> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  return {
    keyring: generateKeyring(),
    pepper: randomBytes(32).toString('base64url'),
    pseudonymSecret: randomBytes(32).toString('base64url'),
    controllerKey: await crypto.subtle.exportKey('jwk', pair.privateKey),
    logKey: (await generateLedgerKeys(logName)).signerKey,
  }
}
