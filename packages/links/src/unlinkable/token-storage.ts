/**
 * Where a page keeps its token between visits.
 *
 * @module
 */

import { UnlinkableError } from './errors.js'

/** What a browser remembers of one invitation, as text. */
export interface TokenStorage {
  /** Keeps `state` unless one is there, and gives what is there then: two tabs must end up with the same. */
  begin(name: string, state: string): Promise<string>
  /** Reads what is there, or `null`. */
  read(name: string): Promise<string | null>
  /** Puts `state` in the place of what is there. */
  replace(name: string, state: string): Promise<void>
}

const DATABASE = 'surveyseal-unlinkable'
const STORE = 'tokens'
/** In milliseconds. */
const PATIENCE = 4000

/**
 * Keeps tokens in IndexedDB: it outlives the tab, unlike `sessionStorage`, so that a crash or a lost reply does not cost a
 * person their only token; and its transactions let two tabs agree, which `localStorage` has none of.
 *
 * @param factory - IndexedDB, if not the browser's own.
 * @returns The storage. Its calls reject with `ERR_UNLINKABLE_STORAGE_UNAVAILABLE` where the browser keeps nothing.
 */
export function indexedDbStorage(factory?: IDBFactory): TokenStorage {
  const use = <T>(mode: IDBTransactionMode, run: (states: IDBObjectStore) => IDBRequest<T>) =>
    unlessUnavailable(inTransaction(factory, mode, run))
  const read = async (name: string) => (await use('readonly', (states) => states.get(name))) ?? null
  return {
    read,
    async begin(name, state) {
      // Another tab's state stays. What is read back counts, never that writing succeeded.
      await use('readwrite', (states) => {
        const found = states.get(name)
        found.onsuccess = () => found.result === undefined && states.put(state, name)
        return found
      })
      const kept = await read(name)
      if (typeof kept !== 'string') throw unavailable()
      return kept
    },
    async replace(name, state) {
      await use('readwrite', (states) => states.put(state, name))
    },
  }
}

async function inTransaction<T>(
  factory: IDBFactory | undefined,
  mode: IDBTransactionMode,
  run: (states: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    // Where storage is forbidden, naming it throws.
    const opening = (factory ?? indexedDB).open(DATABASE, 1)
    opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = reject
  })
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: 'strict' })
      const request = run(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = reject
    })
  } finally {
    database.close()
  }
}

/** Private windows, lockdown modes and full disks fail in all kinds of ways, or never answer. */
async function unlessUnavailable<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, PATIENCE)
  })
  try {
    return await Promise.race([work, patience])
  } catch {
    throw unavailable()
  } finally {
    clearTimeout(timer)
  }
}

/** The refusal of a browser that does not give back what it was given. */
export function unavailable(): UnlinkableError {
  return new UnlinkableError('ERR_UNLINKABLE_STORAGE_UNAVAILABLE', 'the browser keeps nothing here')
}
