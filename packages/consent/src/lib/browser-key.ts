/**
 * The browser's signing key: made on first use, kept where the browser can really keep it.
 *
 * @module
 */

import type { KeyAssurance } from '../consent-event.js'

const DATABASE = 'surveyseal-consent'
const STORE = 'keys'
/** In milliseconds. */
const PATIENCE = 2000
const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A key and where it is kept. */
export interface BrowserKey {
  readonly pair: CryptoKeyPair
  readonly keyAssurance: KeyAssurance
}

/** Finds the key of a name, or makes and keeps one; where it cannot be kept it serves once. */
export async function signingKey(
  subtle: SubtleCrypto,
  indexedDB: IDBFactory | null,
  name: string,
): Promise<BrowserKey> {
  if (indexedDB !== null) {
    try {
      const pair = await Promise.race([keptKey(subtle, indexedDB, name), giveUp()])
      return { pair, keyAssurance: 'stored' }
    } catch {
      // Private windows, lockdown modes and full disks throw all kinds of errors here, and all mean the same.
    }
  }
  return { pair: await generate(subtle), keyAssurance: 'ephemeral' }
}

/** Some browsers leave a request to IndexedDB unanswered for ever; nobody's decision waits for that. */
function giveUp(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new TypeError('no answer')), PATIENCE)
  })
}

/** What is read back counts, never that writing succeeded: some browsers keep a null, or a key that cannot sign. */
async function keptKey(subtle: SubtleCrypto, indexedDB: IDBFactory, name: string): Promise<CryptoKeyPair> {
  const database = await settled(openDatabase(indexedDB))
  try {
    const kept = await settled(keys(database, 'readonly').get(name))
    if (await canSign(subtle, kept)) return kept
    const fresh = await generate(subtle)
    const written = keys(database, 'readwrite')
    // Another tab may have been faster: its key stays, unless it is the one that cannot sign.
    await settled(kept === undefined ? written.add(fresh, name) : written.put(fresh, name)).catch(() => undefined)
    const back = await settled(keys(database, 'readonly').get(name))
    if (await canSign(subtle, back)) return back
    throw new TypeError('the key was not kept')
  } finally {
    database.close()
  }
}

function generate(subtle: SubtleCrypto): Promise<CryptoKeyPair> {
  return subtle.generateKey(ES256, false, ['sign', 'verify'])
}

async function canSign(subtle: SubtleCrypto, pair: unknown): Promise<boolean> {
  try {
    const { privateKey, publicKey } = pair as CryptoKeyPair
    const bytes = new Uint8Array(1)
    const signature = await subtle.sign(ES256, privateKey, bytes)
    return !privateKey.extractable && (await subtle.verify(ES256, publicKey, signature, bytes))
  } catch {
    return false
  }
}

function openDatabase(indexedDB: IDBFactory): IDBOpenDBRequest {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE)
  }
  return request
}

function keys(database: IDBDatabase, mode: IDBTransactionMode): IDBObjectStore {
  return database.transaction(STORE, mode).objectStore(STORE)
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
