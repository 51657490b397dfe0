/**
 * A log to which entries are added and from which none is taken: the side that keeps it.
 *
 * @module
 */

export { cosignCheckpoint } from './checkpoint.js'
export { BadEntryError, LedgerError, type LedgerErrorCode } from './errors.js'
export { generateLedgerKeys, type LedgerKeys, type LedgerSigner, loadSigner } from './signer.js'
