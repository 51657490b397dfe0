import type { SubjectMatch } from '../recognize.js'
import type { ErasureJournal } from './erasure-journal.js'
import { subjectFingerprint } from './fingerprint.js'
import { parseEntry } from './journal-entry.js'

/**
 * @internal The erasures of a person that are not completed: what they know, and records no longer tell, is where to look for
 * what came or changed while they ran.
 */
export async function unfinished(journal: ErasureJournal, subject: SubjectMatch): Promise<readonly string[]> {
  const ids: string[] = []
  for (const id of await journal.pending()) {
    const kept = await journal.read(id)
    if (kept === null) continue
    const entry = parseEntry(kept.text)
    if (entry.subject === (await subjectFingerprint(subject, entry.salt))) ids.push(id)
  }
  return ids.sort()
}

/** @internal The references those erasures are about; of one that is completed meanwhile there are none. */
export async function referencesOf(journal: ErasureJournal, ids: readonly string[]): Promise<readonly string[]> {
  const texts = await Promise.all(ids.map(async (id) => (await journal.read(id))?.text))
  return [...new Set(texts.flatMap((text) => (text === undefined ? [] : parseEntry(text).references)))]
}
