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

/** Parameters of making keys and of signing with them. */
const ALGORITHMS = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  Ed25519: { name: 'Ed25519' },
}

/** Where to keep which key. */
export interface KeyPlace {
  /** Null keeps it nowhere. */
  readonly indexedDB: IDBFactory | null
  readonly name: string
  /** Of a new key; one that was kept before stays what it is. */
  readonly algorithm: keyof typeof ALGORITHMS
}

/** A key and where it is kept. */
export interface BrowserKey {
  readonly pair: CryptoKeyPair
  readonly keyAssurance: KeyAssurance
}

/** Finds the key of a name, or makes and keeps one; where it cannot be kept it serves once. */
export async function signingKey(subtle: SubtleCrypto, place: KeyPlace): Promise<BrowserKey> {
  // Some browsers sign with Ed25519 and cannot keep its keys: what cannot be kept as one may be kept as the other.
  for (const algorithm of new Set([place.algorithm, 'ES256' as const])) {
    if (place.indexedDB === null) break
    try {
      const pair = await Promise.race([keptKey(subtle, place.indexedDB, { ...place, algorithm }), giveUp()])
      return { pair, keyAssurance: 'stored' }
    } catch {
      // Private windows, lockdown modes and full disks throw all kinds of errors here, and all mean the same.
    }
  }
  return { pair: await generate(subtle, 'ES256'), keyAssurance: 'ephemeral' }
}

/** How a key signs. */
export function parametersOf({ algorithm }: CryptoKey): Algorithm {
  return algorithm.name === 'Ed25519' ? ALGORITHMS.Ed25519 : ALGORITHMS.ES256
}

/** Some browsers leave a request to IndexedDB unanswered for ever; nobody's decision waits for that. */
function giveUp(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new TypeError('no answer')), PATIENCE)
  })
}

/** What is read back counts, never that writing succeeded: some browsers keep a null, or a key that cannot sign. */
async function keptKey(
  subtle: SubtleCrypto,
  indexedDB: IDBFactory,
  { name, algorithm }: KeyPlace,
): Promise<CryptoKeyPair> {
  const database = await settled(openDatabase(indexedDB))
  try {
    const kept = await settled(keys(database, 'readonly').get(name))
    if (await canSign(subtle, kept)) return kept
    const fresh = await generate(subtle, algorithm)
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

function generate(subtle: SubtleCrypto, algorithm: KeyPlace['algorithm']): Promise<CryptoKeyPair> {
  return subtle.generateKey(ALGORITHMS[algorithm], false, ['sign', 'verify']) as Promise<CryptoKeyPair>
}

async function canSign(subtle: SubtleCrypto, pair: unknown): Promise<boolean> {
  try {
    const { privateKey, publicKey } = pair as CryptoKeyPair
    const bytes = new Uint8Array(1)
    const parameters = parametersOf(privateKey)
    const signature = await subtle.sign(parameters, privateKey, bytes)
    return !privateKey.extractable && (await subtle.verify(parameters, publicKey, signature, bytes))
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
