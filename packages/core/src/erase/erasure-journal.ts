/**
 * Where an erasure under way is remembered, so that it is finished after a crash.
 *
 * What it holds groups one person's records, and is destroyed when they are done.
 */
export interface ErasureJournal {
  /** Keeps the text of an erasure durably; of one that is kept already nothing changes. */
  begin(id: string, text: string): Promise<void>
  /** The text of an erasure, and the steps that were marked; `null` when there is none. */
  read(id: string): Promise<{ readonly text: string; readonly done: readonly number[] } | null>
  /** Marks a step as done. Of an erasure that is not kept nothing is marked. */
  mark(id: string, step: number): Promise<void>
  /** The ids of all erasures under way. */
  pending(): Promise<readonly string[]>
  /** Destroys everything of an erasure, as far as the medium can. */
  destroy(id: string): Promise<void>
}

/**
 * Makes a journal in memory: after a crash an erasure is not resumed but has to be planned anew, which finds the rest.
 *
 * @returns The journal.
 */
export function memoryErasureJournal(): ErasureJournal {
  const kept = new Map<string, { text: string; done: Set<number> }>()
  return {
    async begin(id, text) {
      if (!kept.has(id)) kept.set(id, { text, done: new Set() })
    },
    async read(id) {
      const entry = kept.get(id)
      return entry === undefined ? null : { text: entry.text, done: [...entry.done] }
    },
    async mark(id, step) {
      kept.get(id)?.done.add(step)
    },
    async pending() {
      return [...kept.keys()]
    },
    async destroy(id) {
      kept.delete(id)
    },
  }
}
