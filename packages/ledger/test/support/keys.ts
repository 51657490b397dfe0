import { generateLedgerKeys, type LedgerSigner, loadSigner } from '../../src/signer.js'

export const ORIGIN = 'feedback.example/consents'

/** A key that is the same in every run. */
export async function signerOf(
  name: string,
  fill: number,
  kind: 'note' | 'cosignature' = 'note',
): Promise<LedgerSigner> {
  const { signerKey } = await generateLedgerKeys(name, {
    kind,
    randomBytes: (length) => new Uint8Array(length).fill(fill),
  })
  return loadSigner(signerKey)
}
