/**
 * Making the proof that a checkpoint grew out of an older state.
 *
 * @module
 */

import { parseCheckpoint } from './checkpoint.js'
import { LedgerError } from './errors.js'
import { assertGrowth, formatGrowthProof } from './growth-proof.js'
import type { LedgerReader } from './ledger-store.js'
import { rootAt, subtreeRoots } from './lib/log-tree.js'
import { isCount } from './lib/proof-input.js'
import { consistencyRanges } from './lib/ranges.js'

/**
 * Proves from a log's store that a checkpoint grew out of the first `from` entries, for whoever kept a checkpoint of that
 * size, or as the body of an `add-checkpoint` request to a witness (c2sp.org/tlog-witness).
 *
 * The proof was verified before it is given out; the signature of the checkpoint was not.
 *
 * @param reader - The log's store.
 * @param options - `checkpoint` is the log's newer one, `from` how many entries the older one has.
 * @returns The text; `verifyGrowthProof` of `@surveyseal/ledger/verify` reads it.
 * @throws {@link LedgerError} `ERR_LEDGER_NOTE_MALFORMED`, `ERR_LEDGER_CHECKPOINT_MALFORMED`; `ERR_LEDGER_INDEX_OUT_OF_RANGE`
 *   when the checkpoint has fewer entries; `ERR_LEDGER_FORK`, `ERR_LEDGER_NODE_MISMATCH` when the log has others or is damaged.
 *
 * @example
 * What a witness is sent that has seen the log before.
 *
 * ```ts
 * import { type Ledger, type LedgerReader, proveGrowth } from '@surveyseal/ledger'
 *
 * export async function bodyFor<Tx>(store: LedgerReader, ledger: Ledger<Tx>, lastCosigned: number): Promise<string> {
 *   return proveGrowth(store, { checkpoint: await ledger.checkpoint(), from: lastCosigned })
 * }
 * ```
 */
export async function proveGrowth(
  reader: LedgerReader,
  options: { readonly checkpoint: string; readonly from: number },
): Promise<string> {
  const { checkpoint, from } = options
  const newer = parseCheckpoint(checkpoint)
  const { origin, size } = newer
  if (!isCount(from) || from > size) {
    throw new LedgerError('ERR_LEDGER_INDEX_OUT_OF_RANGE', 'the checkpoint is smaller than what it is to grow out of')
  }
  const path = from === 0 ? [] : await subtreeRoots(reader, origin, consistencyRanges(from, size))
  const older = { size: from, root: await rootAt(reader, origin, from) }
  try {
    assertGrowth(path, { older, newer })
  } catch {
    throw new LedgerError('ERR_LEDGER_FORK', 'the log has other entries than a checkpoint it signed')
  }
  return formatGrowthProof({ from, path, checkpoint })
}
